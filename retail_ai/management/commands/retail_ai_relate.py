"""``manage.py retail_ai_relate``: write similar and bought-together products into the shop's own relation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.tasks import enqueue
from retail_ai.jobs.terminal import work
from retail_ai.recommendations.related import USUAL, start_related_job


class Command(BaseCommand):
    help = "Write related products into the shop's own relation; rows made by people stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keys", nargs="*", help="primary keys of products; all visible ones when none are given")
        parser.add_argument("--limit", type=int, default=USUAL, help=f"of each kind for a product (default: {USUAL})")
        parser.add_argument("--queue", action="store_true", help="hand the job to the workers and return")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            job = start_related_job(keys=options["keys"] or None, limit=options["limit"])
        except InvalidInput as error:
            raise CommandError(str(error)) from error
        if options["queue"]:
            enqueue(job)
            self.stdout.write(f"Job {job.pk} is queued.")
            return
        job = work(job)
        for name, count in sorted(job.report.items()):
            self.stdout.write(f"  {name}: {count}")
        if job.failed or job.error:
            raise CommandError("\n".join([job.error, *map(str, job.failures.all()[:10])]).strip())
