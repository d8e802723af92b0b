"""The catalogue's jobs, as the jobs room runs them: indexing, and learning the order of searches."""

from collections import Counter
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from retail_ai.catalog.click_learning import TooFewChoices, learn_from_showings, told
from retail_ai.catalog.clicks import keep_choices, read_showings
from retail_ai.catalog.indexing import index_keys
from retail_ai.catalog.models import SearchRanker, VectorSpace
from retail_ai.catalog.services import tidy
from retail_ai.catalog.standing import refresh_standing
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


@register
class LearnRanking(JobKind):
    """Its one key is the step ``standing``, of products; what was chosen after searches is learned at the end."""

    name = "catalog.learn_ranking"
    chunk_size = 1

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        return Outcome(counts=Counter({"products whose standing is known": refresh_standing()}))

    def finish(self, job: Job) -> None:
        """Learning is last, and once: a chunk may be done twice where a worker dies."""
        showings = read_showings()
        job.report["searches read"], job.report["choices kept by words"] = len(showings), keep_choices(showings)
        try:
            ranker = learn_from_showings(showings)
        except TooFewChoices as few:
            job.report["result"] = str(few)
            return
        job.report["searches learned from"] = ranker.report["queries"]
        job.report["result"] = told(ranker)
        Job.objects.filter(pk=job.pk).update(params={**job.params, "ranker": ranker.pk})

    def results(self, job: Job) -> list[tuple[str, str]]:
        ranker = SearchRanker.objects.filter(pk=job.params.get("ranker", 0)).first()
        if ranker is None:
            return []
        return [(_("The order that was learned"), reverse("admin:retail_ai_searchranker_change", args=[ranker.pk]))]
