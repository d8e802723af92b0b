"""The queue's door to the descriptions room: mark texts whose facts have changed."""

from celery import shared_task

from retail_ai.descriptions.stale import flag_stale


@shared_task(name="retail_ai.descriptions.flag_stale", ignore_result=True)
def flag_stale_texts() -> int:
    """Mark each draft and published text whose product's facts changed since; safe to run at any time."""
    return flag_stale()
