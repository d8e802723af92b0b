"""``manage.py retail_ai_forecast``: forecast every product's demand and refresh the reorder list, with a bar."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import Progress

from retail_ai.exceptions import MissingPackage
from retail_ai.inventory.services import start_forecast_job, take_stock
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from retail_ai.jobs.tasks import enqueue


class Command(BaseCommand):
    help = "Forecast the demand of every product and refresh the reorder list."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queue", action="store_true", help="hand the job to the workers and return")

    def handle(self, *args: Any, **options: Any) -> None:
        take_stock()
        try:
            job = start_forecast_job()
        except MissingPackage as error:
            raise CommandError(str(error)) from error
        if options["queue"]:
            enqueue(job)
            self.stdout.write(f"Job {job.pk} is queued.")
            return
        self._work(job)

    def _work(self, job: Job) -> None:
        with Progress() as bar:
            line = bar.add_task("Forecasting", total=job.total)
            run(job.pk, on_progress=lambda now: bar.update(line, completed=now.done + now.failed))
        job.refresh_from_db()
        methods = ", ".join(f"{name} {count}" for name, count in sorted(job.report.items()))
        self.stdout.write(f"{job.done} products forecast, {job.failed} failed, in {job.seconds:.1f} s ({methods}).")
        if job.failed:
            raise CommandError("\n".join(str(failure) for failure in job.failures.all()[:10]))
