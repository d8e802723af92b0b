"""What of the jobs waits for the owner: those that stopped, newest days only."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from retail_ai.jobs.models import Job
from retail_ai.waiting import Waiting, list_of, may_see

DAYS = 7


def waiting(user: Any) -> list[Waiting]:
    """Lines for this user."""
    if not may_see(user, Job):
        return []
    since = timezone.now() - timedelta(days=DAYS)
    failed = Job.objects.filter(state=Job.State.FAILED, created_at__gte=since).count()
    text = ngettext("job stopped and can be resumed", "jobs stopped and can be resumed", failed)
    return [Waiting(text, failed, list_of(Job, state__exact=Job.State.FAILED), urgent=True)]
