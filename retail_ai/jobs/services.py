"""Writes of the jobs room: create, cancel, resume and retry a job. Doing the work is in runner.py."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from retail_ai.jobs.models import Job, JobChunk
from retail_ai.jobs.registry import get_kind


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
    ``retail_ai.jobs.tasks.enqueue(job)``. Raises InvalidInput for an unknown kind."""
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
    """Queue again a job that was cancelled or failed; what is done stays done. False when it is done already."""
    changed = (
        Job.objects.filter(pk=job.pk)
        .exclude(state=Job.State.DONE)
        .update(state=Job.State.QUEUED, finished_at=None, error="")
    )
    job.refresh_from_db()
    return bool(changed)


@transaction.atomic
def retry_failed(*, job: Job) -> int:
    """Queue a job's failed items again; the number of items queued."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    failures = list(job.failures.select_for_update())
    if not failures:
        return 0
    last = job.chunks.order_by("-position").values_list("position", flat=True).first()
    _add_chunks(job, (f.key for f in failures), get_kind(job.kind).chunk_size, first=0 if last is None else last + 1)
    job.failures.filter(pk__in=[f.pk for f in failures]).delete()
    Job.objects.filter(pk=job.pk).update(
        failed=F("failed") - len(failures), state=Job.State.QUEUED, finished_at=None, error=""
    )
    return len(failures)


def _add_chunks(job: Job, keys: Iterable[str], size: int, *, first: int) -> int:
    total = 0
    rows: list[JobChunk] = []
    for position, chunk in enumerate(_batched(keys, size), start=first):
        rows.append(JobChunk(job=job, position=position, keys=chunk))
        total += len(chunk)
    JobChunk.objects.bulk_create(rows, batch_size=500)
    return total


def _batched(keys: Iterable[str], size: int) -> Iterator[list[str]]:
    iterator = iter(keys)
    while chunk := list(islice(iterator, size)):
        yield chunk
