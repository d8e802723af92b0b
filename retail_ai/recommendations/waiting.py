"""What of the recommendations waits for the owner: the newest release, where the gate held it back."""

from typing import Any

from django.utils.translation import ngettext

from retail_ai.recommendations.models import Release
from retail_ai.waiting import Waiting, list_of, may_see


def waiting(user: Any) -> list[Waiting]:
    """Lines for this user. Older releases that were held back have been overtaken and wait for nobody."""
    if not may_see(user, Release):
        return []
    newest = Release.objects.exclude(state=Release.State.TRAINING).order_by("-pk").first()
    held = int(newest is not None and newest.state == Release.State.CANDIDATE and newest.passed_gate is False)
    text = ngettext("trained release was held back", "trained releases were held back", held)
    return [Waiting(text, held, list_of(Release))]
