"""The indexing job, as the jobs room runs it."""

from collections.abc import Sequence

from retail_ai.catalog.indexing import index_keys
from retail_ai.catalog.models import VectorSpace
from retail_ai.catalog.services import tidy
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import JobKind, Outcome, register
from retail_ai.stores import get_store


@register
class IndexCatalog(JobKind):
    """Keys are products; ``params``: the space to fill, those ``beside`` it, ``full`` to redo all, ``whole`` for the
    entire catalogue."""

    name = "catalog.index"
    chunk_size = 512
    keys_are_products = True

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        spaces = VectorSpace.objects.filter(pk__in=[job.params["space"], *job.params.get("beside", ())])
        to_python = get_store().product_model._meta.pk.to_python
        counts = index_keys(keys=[to_python(key) for key in keys], spaces=list(spaces), full=job.params["full"])
        return Outcome(counts=counts)

    def finish(self, job: Job) -> None:
        tidy(job=job)
