"""Jobs as plain values for pages, JSON and terminals: figures, times in words, counts with readable names."""

from typing import Any

from django.utils import formats
from django.utils.translation import gettext, ngettext

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import get_kind


def as_dict(job: Job) -> dict[str, Any]:
    """What a page or a program that watches a job needs; times in ISO 8601, durations in seconds."""
    return {
        "id": job.pk,
        "kind": job.kind,
        "title": job.title,
        "state": job.state,
        "state_label": job.get_state_display(),
        "is_finished": job.is_finished,
        "percent": job.percent,
        "total": job.total,
        "done": job.done,
        "failed": job.failed,
        "tokens": job.tokens,
        "seconds": round(job.seconds, 1),
        "seconds_left": job.seconds_left(),
        "started_by": str(job.started_by) if job.started_by else "",
        "created_at": _iso(job.created_at),
        "started_at": _iso(job.started_at),
        "finished_at": _iso(job.finished_at),
        "heartbeat_at": _iso(job.heartbeat_at),
        "report": job.report,
        "error": job.error,
    }


def in_words(job: Job) -> dict[str, str]:
    """The moving texts of a job's page."""
    return {
        "state": job.get_state_display(),
        "progress": progress_text(job),
        "left": left_text(job),
        "cost": cost_text(job),
        "failed": formats.number_format(job.failed, use_l10n=True, force_grouping=True),
        "error": job.error,
    }


def progress_text(job: Job) -> str:
    """``120 of 300 done, 2 failed``."""
    text = gettext("%(done)s of %(total)s done") % {"done": _number(job.done), "total": _number(job.total)}
    if job.failed:
        text += ", " + gettext("%(failed)s failed") % {"failed": _number(job.failed)}
    if not job.is_finished and (now := job.report.get("now")):  # what a long item is at, in words
        text += f", {now}"
    return text


def left_text(job: Job) -> str:
    """When it may be over, in words; empty when nothing can be said."""
    if job.state == Job.State.QUEUED:
        return gettext("waiting for a worker")
    seconds = job.seconds_left()
    return "" if seconds is None else gettext("about %(time)s left") % {"time": duration(seconds)}


def cost_text(job: Job) -> str:
    """``12.3 s of work, 4,200 tokens``."""
    text = gettext("%(time)s of work") % {"time": duration(job.seconds)}
    if job.tokens:
        text += ", " + ngettext("%(n)s token", "%(n)s tokens", job.tokens) % {"n": _number(job.tokens)}
    return text


def duration(seconds: float) -> str:
    """``4.2 s``, ``3 min 5 s``, ``2 h 10 min``."""
    if seconds < 60:
        return gettext("%(s)s s") % {"s": formats.number_format(seconds, 1 if seconds < 10 else 0)}
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return gettext("%(m)d min %(s)d s") % {"m": minutes, "s": rest}
    return gettext("%(h)d h %(m)d min") % {"h": minutes // 60, "m": minutes % 60}


def report_rows(job: Job) -> list[tuple[str, str]]:
    """The job's report as readable names and values: ``vectors_made: 300`` → ("Vectors made", "300")."""
    return [(str(name).replace("_", " ").capitalize(), _value(value)) for name, value in job.report.items()]


def results_of(job: Job) -> list[tuple[str, str]]:
    """(label, URL) of the pages that show what came of a job; none before it did something."""
    try:
        return get_kind(job.kind).results(job) if job.done else []
    except InvalidInput:  # a kind that is no longer there
        return []


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dict):
        return "; ".join(f"{str(name).replace('_', ' ')}: {_value(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_value(one) for one in value)
    return "" if value is None else str(value)


def _number(value: float) -> str:
    places = None if isinstance(value, int) else 4 if abs(value) < 1 else 2
    return formats.number_format(value, places, use_l10n=True, force_grouping=True)


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
