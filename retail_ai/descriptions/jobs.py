"""The kind of job that drafts texts, in batches."""

from collections.abc import Sequence

from retail_ai.descriptions.services import draft_products
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import JobKind, Outcome, register


@register
class DraftJob(JobKind):
    """Keys are product keys; params: fields, languages, generator alias, tone."""

    name = "descriptions.draft"
    chunk_size = 16
    keys_are_products = True

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        drafts, counts, failures = draft_products(keys=keys, job=job, **job.params)
        return Outcome(failures=failures, tokens=sum(draft.tokens for draft in drafts), counts=counts)
