"""``manage.py retail_ai_train``: train recommendations, with a bar; the gate decides whether they serve."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.jobs.models import Job
from retail_ai.jobs.tasks import enqueue
from retail_ai.jobs.terminal import work
from retail_ai.recommendations.models import Release
from retail_ai.recommendations.services import start_train_job


class Command(BaseCommand):
    help = "Train recommendations from the shop's orders and visits. The new release serves if it passes the gate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--full", action="store_true", help="read the shop's whole history again")
        parser.add_argument("--queue", action="store_true", help="hand the job to the workers and return")

    def handle(self, *args: Any, **options: Any) -> None:
        job = start_train_job(full=options["full"])
        if options["queue"]:
            enqueue(job)
            self.stdout.write(f"Job {job.pk} is queued.")
            return
        self._report(work(job))

    def _report(self, job: Job) -> None:
        if job.failed or job.error:
            raise CommandError("\n".join([job.error, *map(str, job.failures.all()[:10])]).strip())
        release = Release.objects.get(pk=job.params["release"])
        self.stdout.write(f"Release {release}")
        for who, row in release.metrics.items():
            self.stdout.write(f"  {who:12} HR@10 {row['hr10']:.4f}  NDCG@10 {row['ndcg10']:.4f}  of {row['people']}")
        for note in release.notes:
            self.stdout.write(f"  {note}")
