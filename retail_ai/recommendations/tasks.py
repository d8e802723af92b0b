"""The queue's door to recommendations: nightly training, and the counts of what is popular in between."""

from celery import shared_task

from retail_ai.jobs.models import Job
from retail_ai.jobs.tasks import enqueue
from retail_ai.recommendations.popularity import refresh_popularity
from retail_ai.recommendations.services import start_train_job


@shared_task(name="retail_ai.recommendations.train", ignore_result=True)
def train() -> None:
    """Start training unless one is under way."""
    if not Job.objects.filter(kind="recommendations.train", state__in=Job.UNFINISHED).exists():
        enqueue(start_train_job())


@shared_task(name="retail_ai.recommendations.count_popular", ignore_result=True)
def count_popular() -> int:
    """Count anew what people want; how many products anyone wanted."""
    return refresh_popularity()
