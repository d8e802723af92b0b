"""Writes similar and bought-together products into the shop's own relation, as a job: for feeds, search engines and
pages that show the shop's own related products. What a person of the shop put there, the adapter leaves alone."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import JobKind, Outcome, register
from retail_ai.jobs.services import create_job
from retail_ai.recommendations.selectors import recommend
from retail_ai.stores import StoreAdapter, get_store, keys_of

# The relation's kind → the slate that fills it.
KINDS = {"similar": "similar", "together": "bought_together"}
USUAL = 8


def start_related_job(*, keys: Iterable[Any] | None = None, limit: int = USUAL, started_by: Any = None) -> Job:
    """A queued job over products (default: all that can be seen); the caller enqueues it. Raises InvalidInput where
    the shop's adapter has no ``save_related``."""
    store = get_store()
    if type(store).save_related is StoreAdapter.save_related:
        raise InvalidInput(
            f"{type(store).__name__} has no save_related(): with it, related products go into the shop's own tables."
        )
    if keys is None:
        keys = keys_of(store.visible())
    return create_job(
        kind="recommendations.relate",
        title=_("Write related products"),
        keys=keys,
        started_by=started_by,
        params={"limit": max(1, min(limit, 50))},
    )


@register
class Relate(JobKind):
    """For each product both kinds are written anew; a product that is gone is a failure with its reason."""

    name = "recommendations.relate"
    keys_are_products = True

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        outcome, store = Outcome(), get_store()
        rows = {str(row.pk): row for row in store.products().filter(pk__in=keys)}
        for key in keys:
            if key not in rows:
                outcome.failures[key] = _("There is no such product any more.")
                continue
            for kind, slate in KINDS.items():
                shown = recommend(slate=slate, product=rows[key], limit=int(job.params["limit"]))
                written = store.save_related(rows[key], kind, [item.product for item in shown])
                outcome.counts[f"related products written ({kind})"] += written
        return outcome
