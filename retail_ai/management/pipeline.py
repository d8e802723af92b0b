"""The main job, as steps in their order: each room's job that a shop runs to get everything. Starts, never waits."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from retail_ai.descriptions.models import Draft
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.stores import get_store


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of job and the room's service that starts one; ``name`` where two steps are of one kind."""

    kind: str
    label: str | Promise
    service: str
    name: str = ""

    @property
    def key(self) -> str:
        return self.name or self.kind

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
    Step(
        "descriptions.draft",
        _("Compose the other descriptions"),
        "descriptions.services.start_draft_job",
        name="descriptions.compose",
    ),
    Step("campaigns.prepare", _("Prepare a campaign"), "campaigns.services.start_prepare_job"),
    Step("assistant.index", _("Index help texts"), "assistant.services.start_index_job"),
    Step("inventory.forecast", _("Forecast demand"), "inventory.services.start_forecast_job"),
)


def get_step(key: str) -> Step:
    """The step of that key. Raises InvalidInput that lists the keys."""
    for step in STEPS:
        if step.key == key:
            return step
    raise InvalidInput(f"No step {key!r}; there are: {', '.join(step.key for step in STEPS)}")


def start_step(key: str, *, drafts: int = 12, started_by: Any = None) -> Job:
    """Create a step's job with its usual scope; ``drafts``: how many products the language model writes for."""
    options: dict[str, Any] = {"started_by": started_by}
    if key == "descriptions.draft":
        options["products"] = _spread(drafts)
    elif key == "descriptions.compose":
        options |= {"products": _undrafted(), "generator": "composer"}
    return get_step(key).start(**options)


def _undrafted() -> QuerySet[Any]:
    """Products that no text was ever drafted for."""
    return get_store().products().exclude(pk__in=Draft.objects.values("product"))


def _spread(count: int) -> QuerySet[Any]:
    """That many sellable products, evenly from the whole catalogue, so that every department gets some."""
    products = get_store().sellable()
    keys = list(products.order_by("pk").values_list("pk", flat=True))
    return products.filter(pk__in=keys[:: max(1, len(keys) // max(1, count))][:count])
