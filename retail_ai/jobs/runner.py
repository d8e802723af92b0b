"""Does a job's chunks, each exactly once, however many workers run it and whenever one is killed.

A chunk is claimed by its PostgreSQL row lock (``FOR UPDATE SKIP LOCKED``) and its results commit together with its
done mark. A killed worker's connection drops, the lock goes, the transaction rolls back, and the chunk is free again.
"""

import logging
import time
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from retail_ai.jobs.models import Job, JobChunk, JobFailure
from retail_ai.jobs.registry import JobKind, Outcome, get_kind

logger = logging.getLogger(__name__)


def run(job_id: int, *, seconds: float | None = None, on_progress: Callable[[Job], None] | None = None) -> bool:
    """Work on a job until nothing is left for this worker or ``seconds`` have passed.

    True when nothing is left to do here (done, cancelled, or other workers hold the rest); False when the caller
    should come back.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    now = timezone.now()
    Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(state=Job.State.RUNNING, started_at=now)
    while Job.objects.filter(pk=job_id, state=Job.State.RUNNING).exists():
        try:
            worked = _work_on_next_chunk(job_id)
        except Exception as error:
            logger.exception("Job %s stopped", job_id)
            _stop(job_id, error)
            return True
        if on_progress:
            on_progress(Job.objects.get(pk=job_id))
        if not worked:
            return True
        if deadline is not None and time.monotonic() >= deadline:
            return False
    return True


def _work_on_next_chunk(job_id: int) -> bool:
    """Do one free chunk; with none free and none in work, finish the job. False when there was none to do."""
    with transaction.atomic():
        chunk = (
            JobChunk.objects.select_for_update(skip_locked=True)
            .filter(job_id=job_id, finished_at=None)
            .order_by("position")
            .first()
        )
        if chunk is not None:
            _do(chunk)
            return True
    _finish_if_all_done(job_id)
    return False


def _do(chunk: JobChunk) -> None:
    job = Job.objects.get(pk=chunk.job_id)
    started = time.perf_counter()
    outcome = _handle(get_kind(job.kind), job, chunk.keys)
    now = timezone.now()
    JobChunk.objects.filter(pk=chunk.pk).update(finished_at=now)
    JobFailure.objects.bulk_create(
        JobFailure(job=job, key=key, reason=reason[:2000]) for key, reason in outcome.failures.items()
    )
    # The job's row is locked last and for an instant, so that workers on one job do not wait for each other.
    locked = Job.objects.select_for_update().get(pk=job.pk)
    for name, count in outcome.counts.items():
        locked.report[name] = locked.report.get(name, 0) + count
    locked.done = F("done") + len(chunk.keys) - len(outcome.failures)
    locked.failed = F("failed") + len(outcome.failures)
    locked.tokens = F("tokens") + outcome.tokens
    locked.seconds = F("seconds") + (time.perf_counter() - started)
    locked.heartbeat_at = now
    locked.save(update_fields=["report", "done", "failed", "tokens", "seconds", "heartbeat_at"])


def _handle(kind: JobKind, job: Job, keys: Sequence[str]) -> Outcome:
    """The kind's own handling; when that raises, item by item, so that one bad item spoils only itself."""
    try:
        with transaction.atomic():
            return kind.handle(job, keys)
    except Exception as error:
        if len(keys) == 1:
            logger.warning("Job %s, item %s: %s", job.pk, keys[0], error, exc_info=True)
            return Outcome(failures={keys[0]: f"{type(error).__name__}: {error}"})
    total = Outcome()
    for key in keys:
        one = _handle(kind, job, [key])
        total.failures.update(one.failures)
        total.tokens += one.tokens
        total.counts.update(one.counts)
    return total


def _finish_if_all_done(job_id: int) -> None:
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.state != Job.State.RUNNING or job.chunks.filter(finished_at=None).exists():
            return
        get_kind(job.kind).finish(job)
        job.state = Job.State.FAILED if job.total and job.failed >= job.total else Job.State.DONE
        job.finished_at = job.heartbeat_at = timezone.now()
        job.save(update_fields=["state", "finished_at", "heartbeat_at", "report", "error"])


def _stop(job_id: int, error: Exception) -> None:
    Job.objects.filter(pk=job_id).update(
        state=Job.State.FAILED, finished_at=timezone.now(), error=f"{type(error).__name__}: {error}"
    )
