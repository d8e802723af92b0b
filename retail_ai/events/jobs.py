"""The back-fill as a job: one step for sales, one for the shop's logs, each whole or not at all."""

from collections.abc import Sequence
from datetime import datetime

from retail_ai.events.backfill import backfill_interactions, backfill_sales
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import JobKind, Outcome, register

STEPS = ("sales", "interactions")


@register
class Backfill(JobKind):
    """Reads the shop's history. ``params["since"]``: ISO time to start at."""

    name = "events.backfill"
    chunk_size = 1

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        since = datetime.fromisoformat(job.params["since"]) if job.params.get("since") else None
        outcome = Outcome()
        for step in keys:
            counts = backfill_sales(since) if step == "sales" else backfill_interactions(since)
            outcome.counts.update({f"{step}: {name}": count for name, count in counts.items()})
        return outcome
