"""The main job, as steps in their order: each room's job that a shop runs to get everything. Starts, never waits."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.stores import get_store


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of job and the room's service that starts one."""

    kind: str
    label: str | Promise
    service: str

    def start(self, **options: Any) -> Job:
        """Create the job. Raises ImportError where this installation has no such service."""
        module, _dot, name = self.service.rpartition(".")
        create: Callable[..., Job] = getattr(import_module(f"retail_ai.{module}"), name)
        return create(**options)


STEPS = (
    Step("events.backfill", _("Read the shop's history"), "events.services.start_backfill_job"),
    Step("catalog.index", _("Index the catalogue"), "catalog.services.start_index_job"),
    Step("recommendations.train", _("Train recommendations"), "recommendations.services.start_train_job"),
    Step("descriptions.draft", _("Draft descriptions"), "descriptions.services.start_draft_job"),
    Step("campaigns.prepare", _("Prepare a campaign"), "campaigns.services.start_prepare_job"),
    Step("assistant.index", _("Index help texts"), "assistant.services.start_index_job"),
    Step("inventory.forecast", _("Forecast demand"), "inventory.services.start_forecast_job"),
)


def get_step(kind: str) -> Step:
    """The step of that kind. Raises InvalidInput that lists the kinds."""
    for step in STEPS:
        if step.kind == kind:
            return step
    raise InvalidInput(f"No step {kind!r}; there are: {', '.join(step.kind for step in STEPS)}")


def start_step(kind: str, *, drafts: int = 12, started_by: Any = None) -> Job:
    """Create a step's job with its usual scope; ``drafts``: how many products get descriptions drafted."""
    options: dict[str, Any] = {"started_by": started_by}
    if kind == "descriptions.draft":
        options["products"] = _spread(drafts)
    return get_step(kind).start(**options)


def _spread(count: int) -> QuerySet[Any]:
    """That many sellable products, evenly from the whole catalogue, so that every department gets some."""
    products = get_store().sellable()
    keys = list(products.order_by("pk").values_list("pk", flat=True))
    return products.filter(pk__in=keys[:: max(1, len(keys) // max(1, count))][:count])
