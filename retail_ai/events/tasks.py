"""The queue's door to events: forget old ones, read the shop's history."""

from celery import shared_task

from retail_ai.conf import conf
from retail_ai.events.services import delete_old_events


@shared_task(name="retail_ai.events.forget_old", ignore_result=True)
def forget_old() -> int:
    """Delete events past their keeping time (RETAIL_AI["EVENT_RETENTION_DAYS"]); how many."""
    days = conf.EVENT_RETENTION_DAYS
    return delete_old_events(older_than_days=days) if days else 0
