"""The room's scheduled tasks: note the stock and forecast anew at night, mail new alerts in the morning."""

from celery import shared_task

from retail_ai.inventory.digest import send_digest
from retail_ai.inventory.services import start_forecast_job, take_stock
from retail_ai.jobs.tasks import enqueue


@shared_task(name="retail_ai.inventory.nightly", ignore_result=True)
def nightly() -> int:
    """The key of the forecast job that was started."""
    take_stock()
    job = start_forecast_job()
    enqueue(job)
    return job.pk


@shared_task(name="retail_ai.inventory.digest", ignore_result=True)
def digest() -> dict[str, int]:
    """Mail the alerts that are new to the staff who asked for it."""
    return send_digest()
