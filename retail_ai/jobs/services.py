"""Writes of the jobs room: create, cancel, resume and retry a job. Doing the work is in runner.py."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from retail_ai.jobs.models import Job, JobChunk
from retail_ai.jobs.registry import get_kind

ROWS_AT_ONCE = 500
ITEMS_KEPT = timedelta(days=1)


@transaction.atomic
def create_job(
    *,
    kind: str,
    title: str,
    keys: Iterable[Any],
    started_by: Any = None,
    params: dict[str, Any] | None = None,
) -> Job:
    """A queued job over the items named by ``keys`` (str() of each is kept). The door enqueues it with
    ``retail_ai.jobs.tasks.enqueue(job)``. ``keys`` may be a generator over millions: it is never held whole.
    Raises InvalidInput for an unknown kind."""
    size = get_kind(kind).chunk_size
    job = Job.objects.create(
        kind=kind, title=title[:200], params=params or {}, started_by=started_by if started_by else None
    )
    job.total = _add_chunks(job, (str(key) for key in keys), size, first=0)
    job.save(update_fields=["total"])
    return job


@transaction.atomic
def cancel_job(*, job: Job) -> bool:
    """Stop after the chunks now in work. False when it had already ended."""
    changed = Job.objects.filter(pk=job.pk, state__in=Job.UNFINISHED).update(
        state=Job.State.CANCELLED, finished_at=timezone.now()
    )
    job.refresh_from_db()
    return bool(changed)


@transaction.atomic
def resume_job(*, job: Job) -> bool:
    """Queue again a job that was cancelled or failed; what is done stays done. False when it is done already.

    On a job that is still queued or running it changes nothing: enqueue it again, should its worker have died.
    """
    changed = Job.objects.filter(pk=job.pk, state__in=[Job.State.CANCELLED, Job.State.FAILED]).update(
        state=Job.State.QUEUED, finished_at=None, heartbeat_at=timezone.now(), error=""
    )
    if changed:
        job.chunks.filter(finished_at=None, attempts__gt=0).update(attempts=0)
    job.refresh_from_db()
    return bool(changed) or not job.is_finished


@transaction.atomic
def retry_failed(*, job: Job) -> int:
    """Queue a job's failed items again; the number of items queued. A cancelled job goes on with the rest, too.

    The job's row stays locked meanwhile, and chunks in work record their failures under that lock.
    """
    locked = Job.objects.select_for_update().get(pk=job.pk)
    keys = locked.failures.order_by("pk").values_list("key", flat=True).iterator(chunk_size=5_000)
    last = locked.chunks.aggregate(last=Max("position"))["last"]
    queued = _add_chunks(locked, keys, get_kind(locked.kind).chunk_size, first=0 if last is None else last + 1)
    if queued:
        locked.failures.all().delete()
        locked.failed = max(0, locked.failed - queued)
        _reopen(locked)
    job.refresh_from_db()
    return queued


def delete_old_jobs(*, older_than_days: int | None) -> int:
    """Forget jobs that ended longer ago (None: none), and which items done jobs had; the number of jobs.

    A job that failed or was cancelled keeps its items, so that it can be resumed.
    """
    now = timezone.now()
    JobChunk.objects.filter(job__state=Job.State.DONE, job__finished_at__lt=now - ITEMS_KEPT).delete()
    if older_than_days is None:
        return 0
    old = Job.objects.filter(finished_at__lt=now - timedelta(days=older_than_days))
    return old.delete()[1].get("retail_ai.Job", 0)


def _reopen(job: Job) -> None:
    if job.is_finished:
        job.state, job.finished_at = Job.State.QUEUED, None
    job.error, job.heartbeat_at = "", timezone.now()
    job.save(update_fields=["failed", "state", "finished_at", "error", "heartbeat_at"])


def _add_chunks(job: Job, keys: Iterable[str], size: int, *, first: int) -> int:
    total = 0
    chunks = enumerate(_batched(keys, size), start=first)
    while rows := [
        JobChunk(job=job, position=position, keys=chunk) for position, chunk in islice(chunks, ROWS_AT_ONCE)
    ]:
        JobChunk.objects.bulk_create(rows)
        total += sum(len(row.keys) for row in rows)
    return total


def _batched(keys: Iterable[str], size: int) -> Iterator[list[str]]:
    iterator = iter(keys)
    while chunk := list(islice(iterator, size)):
        yield chunk
