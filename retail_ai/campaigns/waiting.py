"""What of the campaigns waits for the owner: those prepared and not yet approved."""

from typing import Any

from django.utils.translation import ngettext

from retail_ai.campaigns.models import Campaign
from retail_ai.waiting import Waiting, list_of, may_see


def waiting(user: Any) -> list[Waiting]:
    """Lines for this user."""
    if not may_see(user, Campaign):
        return []
    ready = Campaign.objects.filter(state=Campaign.State.PREPARED).count()
    text = ngettext("campaign waits for approval", "campaigns wait for approval", ready)
    return [Waiting(text, ready, list_of(Campaign, state__exact=Campaign.State.PREPARED))]
