"""Holds drafts that wait to the style guide as it is now, after it was changed. It changes no text."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from retail_ai.descriptions.guides import guides_for
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.snapshots import to_facts
from retail_ai.descriptions.voiced import style_of
from retail_ai.engine.grounding import FactBase
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job

WAITING = Q(state=Draft.State.DRAFT)


def start_recheck_job(*, started_by: Any = None) -> Job | None:
    """A queued job over all waiting drafts; None where none waits. The caller enqueues it."""
    keys = [str(key) for key in Draft.objects.filter(WAITING).order_by("pk").values_list("pk", flat=True)]
    if not keys:
        return None
    title = _("Hold %(count)d waiting drafts to the style guide") % {"count": len(keys)}
    return create_job(kind="descriptions.recheck", title=title, keys=keys, started_by=started_by)


def recheck_style(drafts: Iterable[Draft]) -> tuple[int, int]:
    """Note anew what breaks the guide now in use; (drafts looked at, of them breaking it)."""
    rows = list(drafts)
    guides = guides_for({draft.language for draft in rows})
    for draft in rows:
        base = FactBase(to_facts(draft.facts))
        draft.style = style_of(draft.text, guides[draft.language], draft.language, base)
    Draft.objects.bulk_update(rows, ["style"])
    return len(rows), sum(bool(draft.style) for draft in rows)
