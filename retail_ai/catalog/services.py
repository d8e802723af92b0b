"""Writes of the catalog room: start an index job, index some products now, tidy up, drop what is retired."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.backends import get_embedder
from retail_ai.catalog.indexing import index_keys
from retail_ai.catalog.models import CatalogEntry, ProductVector, VectorSpace
from retail_ai.catalog.spaces import complete_on_commit, embedder_of, open_space
from retail_ai.catalog.vocabulary import count_values, fill_missing
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.stores import get_store

# Products that one transaction of the quick path (signals) works on.
BATCH = 256


def start_index_job(
    *, started_by: Any = None, products: QuerySet[Any] | None = None, full: bool = False, alias: str = "default"
) -> Job:
    """A queued job that indexes ``products`` (default: all) with the embedder of that alias; the caller enqueues it.

    ``full`` makes texts and vectors anew even where nothing changed. Raises ConfigurationError without embedder.
    """
    space = open_space(embedder=get_embedder(alias))
    chosen = get_store().products() if products is None else products
    keys = list(chosen.order_by("pk").values_list("pk", flat=True))
    title = _("Index the catalogue") if products is None else _("Index %(n)d products") % {"n": len(keys)}
    return create_job(
        kind="catalog.index",
        title=title,
        keys=keys,
        started_by=started_by,
        params={"space": space.pk, "full": full, "whole": products is None},
    )


def index_products(*, keys: Iterable[Any]) -> Counter[str]:
    """Index these products now, in every space that serves or fills; for a few products, within one call."""
    counts: Counter[str] = Counter()
    iterator = iter(keys)
    while batch := list(islice(iterator, BATCH)):
        counts += _index_batch(batch)
    return counts


def _index_batch(keys: Sequence[Any]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for space in VectorSpace.objects.filter(state__in=[VectorSpace.State.ACTIVE, VectorSpace.State.FILLING]):
        if embedder_of(space):
            counts += index_keys(keys=keys, space=space)
    return counts


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
    complete_on_commit(space=VectorSpace.objects.get(pk=job.params["space"]), may_lack=job.failed)


def remove_gone() -> int:
    """Delete entries and vectors of products that the adapter no longer lists; how many entries."""
    listed = get_store().products().order_by().values("pk")
    ProductVector.objects.exclude(product__in=listed).delete()
    return CatalogEntry.objects.exclude(product__in=listed).delete()[0]


def count_terms() -> None:
    """Count anew in how many entries each word stands; rarity and the mending of typing mistakes live on it."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "INSERT INTO retail_ai_term (term, entries)"
            " SELECT term, count(*) FROM retail_ai_catalogentry, unnest(terms) term GROUP BY term"
            " ON CONFLICT (term) DO UPDATE SET entries = EXCLUDED.entries"
            " WHERE retail_ai_term.entries <> EXCLUDED.entries"
        )
        cursor.execute(
            "DELETE FROM retail_ai_term t WHERE NOT EXISTS"
            " (SELECT FROM retail_ai_catalogentry WHERE terms @> ARRAY[t.term])"
        )
