"""Does a job's chunks, each exactly once, however many workers run it and whenever one is killed.

A chunk is claimed by its PostgreSQL row lock (``FOR UPDATE SKIP LOCKED``) and its results commit together with its
done mark. A killed worker's connection drops, the lock goes, the transaction rolls back, and the chunk is free again.
A job's end is claimed by an advisory lock, so that the job's own row is never locked for longer than an instant and
a person who presses Cancel never waits. How one chunk is done stands in chunks.py.
"""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from retail_ai.jobs.chunks import work_on_next_chunk
from retail_ai.jobs.locks import claim_finish
from retail_ai.jobs.models import Job, JobChunk
from retail_ai.jobs.registry import get_kind
from retail_ai.jobs.time_limits import may_last

logger = logging.getLogger(__name__)

# Waits after lost connections, serialization failures and the like, before the caller's retry has to do.
PAUSES = (0.1, 1.0, 3.0, 10.0)


def run(job_id: int, *, seconds: float | None = None, on_progress: Callable[[Job], None] | None = None) -> bool:
    """Work on a job until nothing is left for this worker or ``seconds`` have passed.

    True when nothing is left to do here (done, cancelled, or other workers hold the rest); False when the caller
    should come back. Raises OperationalError when the database stays away; the job is then picked up later.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    pauses = iter(PAUSES)
    while True:
        try:
            if not _is_running(job_id):
                return True
            over = not work_on_next_chunk(job_id) and _finish_if_all_done(job_id)
        except (OperationalError, InterfaceError) as error:
            _wait_for_database(job_id, error, next(pauses, None))
            continue
        except Exception as error:
            logger.exception("Job %s stopped", job_id)
            _stop(job_id, error)
            return True
        if on_progress:
            on_progress(Job.objects.get(pk=job_id))
        if over:
            return True
        pauses = iter(PAUSES)
        if deadline is not None and time.monotonic() >= deadline:
            return False


def _is_running(job_id: int) -> bool:
    _begin(job_id)
    return Job.objects.filter(pk=job_id, state=Job.State.RUNNING).exists()


def _begin(job_id: int) -> None:
    now = timezone.now()
    Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING, started_at=Coalesce("started_at", Now()), heartbeat_at=now
    )


def _wait_for_database(job_id: int, error: Exception, pause: float | None) -> None:
    if connection.in_atomic_block or pause is None:
        raise error
    logger.warning("Job %s: %s; trying again in %s s", job_id, error, pause)
    connection.close()
    time.sleep(pause)


class _Overtaken(Exception):
    """While the job was being finished it was cancelled or got more to do: nothing of the finish is kept."""


def _finish_if_all_done(job_id: int) -> bool:
    """End the job when its last chunk is done. False when there turned out to be more to do."""
    started = time.perf_counter()
    try:
        with transaction.atomic():
            if not claim_finish(job_id) or _has_open_chunks(job_id):
                return True
            job = Job.objects.get(pk=job_id)
            if job.state != Job.State.RUNNING:
                return True
            may_last()
            get_kind(job.kind).finish(job)
            _mark_finished(job, time.perf_counter() - started)
    except _Overtaken:
        return False
    return True


def _mark_finished(job: Job, seconds: float) -> None:
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if locked.state != Job.State.RUNNING or _has_open_chunks(job.pk):
        raise _Overtaken
    all_failed = bool(locked.total) and locked.failed >= locked.total
    locked.state = Job.State.FAILED if all_failed else Job.State.DONE
    locked.report, locked.error, locked.tokens = job.report, job.error, job.tokens
    if all_failed and not locked.error:
        first = locked.failures.first()
        locked.error = f"All {locked.total} items failed. The first: {first.reason if first else '?'}"
    locked.seconds += seconds
    locked.finished_at = locked.heartbeat_at = timezone.now()
    locked.save(update_fields=["state", "report", "error", "tokens", "seconds", "finished_at", "heartbeat_at"])


def _has_open_chunks(job_id: int) -> bool:
    return JobChunk.objects.filter(job_id=job_id, finished_at=None).exists()


def _stop(job_id: int, error: Exception) -> None:
    """The job cannot go on as things are. What is done stays done; ``resume_job`` continues after it."""
    JobChunk.objects.filter(job_id=job_id, finished_at=None, attempts__gt=0).update(attempts=0)
    Job.objects.filter(pk=job_id, state__in=Job.UNFINISHED).update(
        state=Job.State.FAILED,
        finished_at=timezone.now(),
        error=f"{type(error).__name__}: {error}".replace("\0", "")[:4000],
    )
