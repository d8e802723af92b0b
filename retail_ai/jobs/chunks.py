"""Claims one chunk of a job and does it, with its results in the same transaction as its done mark.

It does not decide when a job ends (runner.py) nor what a kind of job does (registry.py).
"""

import logging
import time
from collections.abc import Sequence

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone

from retail_ai.exceptions import BackendUnavailable, ConfigurationError, RetailAIError
from retail_ai.jobs.locks import say_at_work
from retail_ai.jobs.models import Job, JobChunk, JobFailure
from retail_ai.jobs.registry import JobKind, Outcome, get_kind
from retail_ai.jobs.time_limits import may_last

logger = logging.getLogger(__name__)

# A chunk that cost this many workers their lives is taken apart, and a single item that did is given up.
MOST_ATTEMPTS = 3
# With these it is not the item's fault: the job stops, says why, and can be resumed.
STOPPING = (BackendUnavailable, ConfigurationError, SoftTimeLimitExceeded, MemoryError)


def work_on_next_chunk(job_id: int) -> bool:
    """Do one free chunk. False when there is none free (others may still be in work)."""
    chunk_id = _begin_attempt(job_id)
    if chunk_id is None:
        return False
    with transaction.atomic():
        # Between the two transactions another worker may have taken or even done it: then there is more to look for.
        chunk = (
            JobChunk.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(pk=chunk_id, finished_at=None)
            .first()
        )
        if chunk is None:
            return True
        may_last()
        say_at_work(job_id)
        if chunk.attempts > MOST_ATTEMPTS:
            _take_apart(chunk)
        else:
            _do(chunk)
    return True


def _begin_attempt(job_id: int) -> int | None:
    """Count an attempt on the first free chunk, in a transaction of its own that survives the worker's death."""
    with transaction.atomic():
        chunk = (
            JobChunk.objects.select_for_update(skip_locked=True)
            .filter(job_id=job_id, finished_at=None)
            .only("pk")
            .order_by("position")
            .first()
        )
        if chunk is not None:
            JobChunk.objects.filter(pk=chunk.pk).update(attempts=F("attempts") + 1)
    return chunk.pk if chunk else None


def _do(chunk: JobChunk) -> None:
    job = Job.objects.get(pk=chunk.job_id)
    started = time.perf_counter()
    outcome = _handle(get_kind(job.kind), job, chunk.keys)
    _record(chunk, outcome, time.perf_counter() - started)


def _handle(kind: JobKind, job: Job, keys: Sequence[str]) -> Outcome:
    """The kind's own handling; when that raises, item by item, so that one bad item spoils only itself."""
    try:
        with transaction.atomic():
            return kind.handle(job, keys)
    except STOPPING:
        raise
    except Exception as error:
        if _connection_is_lost():
            raise
        if len(keys) == 1:
            told = isinstance(error, RetailAIError)  # its message says all: where it was raised adds nothing
            logger.warning("Job %s, item %s: %s", job.pk, keys[0], error, exc_info=not told)
            return Outcome(failures={keys[0]: str(error) if told else f"{type(error).__name__}: {error}"})
    total = Outcome()
    for key in keys:
        one = _handle(kind, job, [key])
        total.failures.update(one.failures)
        total.tokens += one.tokens
        total.counts.update(one.counts)
    return total


def _connection_is_lost() -> bool:
    link = connection.connection
    return link is None or link.closed or connection.needs_rollback


def _record(chunk: JobChunk, outcome: Outcome, seconds: float) -> None:
    """The chunk's done mark, its failures, and its part of the job's figures."""
    now = timezone.now()
    failures = {key: reason for key, reason in outcome.failures.items() if key in set(chunk.keys)}
    failed = sum(key in failures for key in chunk.keys)
    JobChunk.objects.filter(pk=chunk.pk).update(finished_at=now, attempts=0)
    JobFailure.objects.bulk_create(
        JobFailure(job_id=chunk.job_id, key=key, reason=str(failures[key]).replace("\0", "")[:2000])
        for key in chunk.keys
        if key in failures
    )
    # The job's row is locked last and for an instant, so that workers on one job do not wait for each other.
    job = Job.objects.select_for_update().get(pk=chunk.job_id)
    for name, count in outcome.counts.items():
        job.report[name] = job.report.get(name, 0) + count
    job.done += len(chunk.keys) - failed
    job.failed += failed
    job.tokens += outcome.tokens
    job.seconds += seconds
    job.heartbeat_at = now
    job.save(update_fields=["report", "done", "failed", "tokens", "seconds", "heartbeat_at"])


def _take_apart(chunk: JobChunk) -> None:
    """A chunk that kills its workers: find the culprit by doing its items apart, and give up on the item that does."""
    if len(chunk.keys) == 1:
        reason = f"The worker died {MOST_ATTEMPTS} times while it worked on this item."
        _record(chunk, Outcome(failures={chunk.keys[0]: reason}), 0)
        return
    logger.warning(
        "Job %s: a chunk of %s items killed its workers; trying them one by one", chunk.job_id, len(chunk.keys)
    )
    Job.objects.select_for_update().get(pk=chunk.job_id)  # positions are given out under the job's lock
    last = JobChunk.objects.filter(job_id=chunk.job_id).aggregate(last=Max("position"))["last"]
    JobChunk.objects.bulk_create(
        JobChunk(job_id=chunk.job_id, position=last + offset, keys=[key])
        for offset, key in enumerate(chunk.keys, start=1)
    )
    chunk.delete()
