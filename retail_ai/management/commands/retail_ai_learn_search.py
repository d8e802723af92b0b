"""``manage.py retail_ai_learn_search``: learn the order of search results from what shoppers clicked and bought."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.catalog.models import SearchRanker
from retail_ai.catalog.rankers import roll_back
from retail_ai.catalog.services import start_learn_job
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.tasks import enqueue
from retail_ai.jobs.terminal import work


class Command(BaseCommand):
    help = "Learn the order of search results from clicks and purchases. It serves only where it is clearly better."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queue", action="store_true", help="hand the job to the workers and return")
        parser.add_argument(
            "--back", action="store_true", help="learn nothing: go back to the order that served before"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["back"]:
            self._go_back()
            return
        job = start_learn_job()
        if options["queue"]:
            enqueue(job)
            self.stdout.write(f"Job {job.pk} is queued.")
            return
        self._report(work(job))

    def _go_back(self) -> None:
        try:
            before = roll_back()
        except InvalidInput as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Now serving: {before or 'the order that every shop starts with'}")

    def _report(self, job: Job) -> None:
        if job.failed or job.error:
            raise CommandError("\n".join([job.error, *map(str, job.failures.all()[:10])]).strip())
        ranker = SearchRanker.objects.filter(pk=job.params.get("ranker", 0)).first()
        report = ranker.report if ranker else {"ndcg10": {}}
        for kind, ndcg in report["ndcg10"].items():
            gain, error = report["gains"][kind]
            self.stdout.write(f"  {kind:24} NDCG@10 {ndcg:.4f}  {gain:+.4f} ± {error:.4f}")
        self.stdout.write(str(job.report["result"]))
