"""The nightly task: bring the index of help texts in step. Questions do so too; this spares the first one the wait."""

from celery import shared_task

from retail_ai.assistant.passages import index_passages


@shared_task(name="retail_ai.assistant.index", ignore_result=True)
def index() -> dict[str, int]:
    """Counts of passages indexed, unchanged and deleted."""
    return index_passages()
