"""What of the descriptions waits for the owner: drafts to review, and live texts whose facts have changed."""

from typing import Any

from django.utils.translation import ngettext

from retail_ai.descriptions.models import Draft
from retail_ai.waiting import Waiting, list_of, may_see


def waiting(user: Any) -> list[Waiting]:
    """Lines for this user."""
    if not may_see(user, Draft):
        return []
    drafts = Draft.objects.filter(state=Draft.State.DRAFT).count()
    stale = Draft.objects.filter(state=Draft.State.STALE).count()
    return [
        Waiting(
            ngettext("draft waits for review", "drafts wait for review", drafts),
            drafts, list_of(Draft, state__exact=Draft.State.DRAFT),
        ),
        Waiting(
            ngettext("published text is out of date", "published texts are out of date", stale),
            stale, list_of(Draft, state__exact=Draft.State.STALE), urgent=True,
        ),
    ]  # fmt: skip
