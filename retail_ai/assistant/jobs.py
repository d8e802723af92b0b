"""The job that indexes the shop's help texts."""

from collections import Counter
from collections.abc import Sequence

from retail_ai.assistant.passages import index_passages
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import JobKind, Outcome, register


@register
class IndexPassages(JobKind):
    """One step: the texts are few."""

    name = "assistant.index"
    chunk_size = 1

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        return Outcome(counts=Counter(index_passages()))
