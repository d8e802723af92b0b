"""Template tags of the admin's pages: a number with its thousands apart; on the overview, what waits and what runs."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import ROOMS
from retail_ai.waiting import Waiting, may_see

register = template.Library()
MOST_JOBS = 10
# The order in which an owner meets them; a room that is not named here stands last under its own name.
SUBJECTS = {
    "descriptions": _("Descriptions"),
    "catalog": _("Search and catalogue"),
    "recommendations": _("Recommendations"),
    "inventory": _("Stock"),
    "campaigns": _("Campaigns"),
    "assistant": _("Assistant"),
    "jobs": _("Jobs"),
    "events": _("Customers' data"),
    "privacy": _("Customers' data"),
    "experiments": _("Experiments"),
}


@register.filter
def retail_ai_number(value: float) -> str:
    """A number as the page's language writes it, whatever the project's settings: 1,500 or 1.500."""
    return number_format(value, use_l10n=True, force_grouping=True)


@register.simple_tag
def retail_ai_waiting(user: Any) -> list[Waiting]:
    """What waits for this user in all rooms, urgent things first; lists that they may not open are left out."""
    found = [line for room in ("jobs", *ROOMS) for line in _of(room, user) if line.count]
    return sorted(found, key=lambda line: not line.urgent)


@register.simple_tag
def retail_ai_running(user: Any) -> list[Job]:
    """The newest unfinished jobs, if the user may see jobs."""
    return list(Job.objects.filter(state__in=Job.UNFINISHED)[:MOST_JOBS]) if may_see(user, Job) else []


@register.simple_tag
def retail_ai_subjects(app_list: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The admin's list of this app's models, cut by subject; each part is shaped like an app of that list."""
    groups: dict[str, dict[str, Any]] = {str(title): {} for title in SUBJECTS.values()}
    for app in app_list:
        for model in app["models"]:
            room = model["model"].__module__.split(".")[1]
            title = str(SUBJECTS.get(room, room))
            group = groups.setdefault(title, {})
            group.update(name=title, app_label=app["app_label"], app_url=app["app_url"])
            group.setdefault("models", []).append(model)
    return [group for group in groups.values() if group]


def _of(room: str, user: Any) -> list[Waiting]:
    name = f"retail_ai.{room}.waiting"
    return list(import_module(name).waiting(user)) if find_spec(name) else []
