"""The queue's door to jobs: run one for a while, and pick up those whose worker died."""

import logging
from datetime import timedelta
from functools import partial
from typing import Any

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_ready
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from retail_ai.conf import conf
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from retail_ai.jobs.selectors import abandoned_jobs
from retail_ai.jobs.services import delete_old_jobs

logger = logging.getLogger(__name__)


def enqueue(job: Job) -> None:
    """Hand a job to the workers once the present transaction has committed.

    When the broker cannot be reached the job stays queued and ``pick_up_stalled`` hands it over later.
    """
    transaction.on_commit(partial(_send, job.pk))


def _send(job_id: int) -> bool:
    try:
        run_job.delay(job_id)
    except BrokerError as error:
        logger.error("Job %s waits: the broker cannot be reached (%s)", job_id, error)
        return False
    return True


@shared_task(name="retail_ai.jobs.run_job", acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def run_job(job_id: int) -> None:
    """Work for one slice, then queue the rest, so that no message outlives the broker's visibility timeout."""
    try:
        over = run(job_id, seconds=conf.JOB_SLICE_SECONDS)
    except SoftTimeLimitExceeded:
        over = False
    if not over:
        run_job.delay(job_id)


@shared_task(name="retail_ai.jobs.pick_up_stalled", ignore_result=True)
def pick_up_stalled(older_than_seconds: int = 300) -> int:
    """Queue again each unfinished job that nobody works on and that showed no sign of life lately; how many.

    Harmless when it errs: a job that is queued twice is worked on by two workers, each chunk by one of them.
    """
    silent_since = timezone.now() - timedelta(seconds=older_than_seconds)
    ids = abandoned_jobs(silent_since)
    Job.objects.filter(pk__in=ids).update(heartbeat_at=timezone.now())
    return sum(_send(job_id) for job_id in ids)


@shared_task(name="retail_ai.jobs.forget_old", ignore_result=True)
def forget_old() -> int:
    """Delete jobs past their keeping time (RETAIL_AI["JOB_RETENTION_DAYS"]) and the items of done ones; how many."""
    return delete_old_jobs(older_than_days=conf.JOB_RETENTION_DAYS)


@worker_ready.connect(dispatch_uid="retail_ai.jobs.pick_up")
def pick_up_when_ready(sender: Any = None, **_: Any) -> None:
    """A worker that starts takes over what a dead one left. A pool process does the looking."""
    try:
        pick_up_stalled.delay(older_than_seconds=0)
    except BrokerError as error:
        logger.error("Jobs left by dead workers wait for the next look: %s", error)
