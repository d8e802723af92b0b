"""What of the search waits for the owner: things that shoppers sought in the last thirty days and did not find."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from retail_ai.catalog.search_models import SearchLog
from retail_ai.waiting import Waiting, list_of, may_see

DAYS = 30


def waiting(user: Any) -> list[Waiting]:
    """Lines for this user."""
    if not may_see(user, SearchLog):
        return []
    since = timezone.now() - timedelta(days=DAYS)
    found = SearchLog.objects.filter(total=0, event__occurred_at__gte=since).values("folded").distinct().count()
    text = ngettext("search found nothing in 30 days", "different searches found nothing in 30 days", found)
    return [Waiting(text, found, list_of(SearchLog))]
