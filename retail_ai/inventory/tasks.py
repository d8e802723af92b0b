"""The nightly task: note the stock, then forecast anew. The shop's scheduler calls it."""

from celery import shared_task

from retail_ai.inventory.services import start_forecast_job, take_stock
from retail_ai.jobs.tasks import enqueue


@shared_task(name="retail_ai.inventory.nightly", ignore_result=True)
def nightly() -> int:
    """The key of the forecast job that was started."""
    take_stock()
    job = start_forecast_job()
    enqueue(job)
    return job.pk
