"""Writes of the catalog room: start an index job, index some products now, tidy up, drop what is retired."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.backends import get_embedder
from retail_ai.catalog.indexing import index_keys
from retail_ai.catalog.likeness import measure_likeness
from retail_ai.catalog.models import CatalogEntry, ProductVector, VectorSpace
from retail_ai.catalog.postings import count_terms, delete_lost_postings, vacuum_on_commit
from retail_ai.catalog.spaces import complete_on_commit, embedder_of, open_beside, open_space
from retail_ai.catalog.vocabulary import count_values, fill_missing
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.stores import get_store

# Products that one transaction of the quick path (signals) works on.
BATCH = 256
State = VectorSpace.State


def start_index_job(
    *, started_by: Any = None, products: QuerySet[Any] | None = None, full: bool = False, alias: str = "default"
) -> Job:
    """A queued job that indexes ``products`` (default: all) with the embedder of that alias; the caller enqueues it.

    ``full`` makes texts and vectors anew even where nothing changed. Raises ConfigurationError without embedder.
    """
    space = open_space(embedder=get_embedder(alias))
    beside = [other.pk for other in open_beside()]
    chosen = get_store().products() if products is None else products
    keys = list(chosen.order_by("pk").values_list("pk", flat=True))
    title = _("Index the catalogue") if products is None else _("Index %(n)d products") % {"n": len(keys)}
    return create_job(
        kind="catalog.index",
        title=title,
        keys=keys,
        started_by=started_by,
        params={"space": space.pk, "beside": beside, "full": full, "whole": products is None},
    )


def start_learn_job(*, started_by: Any = None) -> Job:
    """A queued job that learns the order of searches from what shoppers chose; the caller enqueues it. One that is
    under way already is given back instead."""
    under_way = Job.objects.filter(kind="catalog.learn_ranking", state__in=Job.UNFINISHED).first()
    return under_way or create_job(
        kind="catalog.learn_ranking",
        title=_("Learn the order of searches"),
        keys=["standing"],
        started_by=started_by,
    )


def index_products(*, keys: Iterable[Any]) -> Counter[str]:
    """Index these products now, in every space that serves or fills; for a few products, within one call."""
    counts: Counter[str] = Counter()
    iterator = iter(keys)
    while batch := list(islice(iterator, BATCH)):
        counts += _index_batch(batch)
    return counts


def _index_batch(keys: Sequence[Any]) -> Counter[str]:
    serving = VectorSpace.objects.filter(state__in=[State.ACTIVE, State.BESIDE, State.FILLING])
    spaces = [space for space in serving if embedder_of(space)]
    return index_keys(keys=keys, spaces=spaces) if spaces else Counter()


@transaction.atomic
def tidy(*, job: Job) -> None:
    """What ends an index job: entries of products gone are removed, words counted, and a full space may serve."""
    if job.params["whole"]:
        removed = remove_gone()
        if removed:
            job.report["removed"] = job.report.get("removed", 0) + removed
    filled = fill_missing()
    if filled or any(job.report.get(count) for count in ("described", "removed")):
        count_terms()
        count_values()
        vacuum_on_commit()
    for space in VectorSpace.objects.filter(pk__in=[job.params["space"], *job.params.get("beside", ())]):
        complete_on_commit(space=space, may_lack=job.failed)
    if job.params["whole"]:
        transaction.on_commit(measure_likeness, robust=True)


def remove_gone() -> int:
    """Delete entries and vectors of products that the adapter no longer lists; how many entries."""
    listed = get_store().products().order_by().values("pk")
    ProductVector.objects.exclude(product__in=listed).delete()
    delete_lost_postings()
    return CatalogEntry.objects.exclude(product__in=listed).delete()[0]
