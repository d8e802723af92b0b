"""The queue's door to jobs: run one for a while, and pick up those whose worker died."""

from datetime import timedelta

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from retail_ai.conf import conf
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run


def enqueue(job: Job) -> None:
    """Hand a job to the workers once the present transaction has committed."""
    run_job.delay_on_commit(job.pk)


@shared_task(name="retail_ai.jobs.run_job", acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def run_job(job_id: int) -> None:
    """Work for one slice, then queue the rest, so that no message outlives the broker's visibility timeout."""
    if not run(job_id, seconds=conf.JOB_SLICE_SECONDS):
        run_job.delay(job_id)


@shared_task(name="retail_ai.jobs.pick_up_stalled", ignore_result=True)
def pick_up_stalled(older_than_seconds: int = 300) -> int:
    """Queue again each unfinished job that showed no sign of life lately; how many there were."""
    silent_since = timezone.now() - timedelta(seconds=older_than_seconds)
    stalled = Job.objects.filter(state__in=Job.UNFINISHED, created_at__lt=silent_since).filter(
        Q(heartbeat_at__lt=silent_since) | Q(heartbeat_at=None)
    )
    for job_id in stalled.values_list("pk", flat=True):
        run_job.delay(job_id)
    return len(stalled)
