"""How the index stands against the shop: how many products are indexed, missing or out of date for their vector."""

from dataclasses import dataclass

from retail_ai.catalog.models import CatalogEntry, VectorSpace
from retail_ai.catalog.spaces import active_space, missing
from retail_ai.jobs.models import Job
from retail_ai.stores import get_store


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """Counts of products, the spaces there are, and the job at work, if any."""

    products: int
    indexed: int
    missing: int
    without_vector: int
    active: VectorSpace | None
    filling: tuple[VectorSpace, ...]
    retired: tuple[VectorSpace, ...]
    job: Job | None


def index_status() -> IndexStatus:
    """Count now. Whether a product's facts changed without a signal is found by the index job, not here."""
    products = get_store().products().order_by()
    active = active_space()
    spaces = VectorSpace.objects.exclude(state=VectorSpace.State.ACTIVE)
    return IndexStatus(
        products=products.count(),
        indexed=CatalogEntry.objects.count(),
        missing=products.exclude(pk__in=CatalogEntry.objects.values("pk")).count(),
        without_vector=missing(active) if active else CatalogEntry.objects.count(),
        active=active,
        filling=tuple(spaces.filter(state=VectorSpace.State.FILLING)),
        retired=tuple(spaces.filter(state=VectorSpace.State.RETIRED)),
        job=Job.objects.filter(kind="catalog.index", state__in=Job.UNFINISHED).first(),
    )
