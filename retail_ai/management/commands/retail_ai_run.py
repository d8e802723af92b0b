"""``manage.py retail_ai_run``: do the main job, or some of its steps, here or through the workers, with a bar each."""

from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from retail_ai.exceptions import RetailAIError
from retail_ai.jobs.models import Job
from retail_ai.jobs.tasks import enqueue
from retail_ai.jobs.terminal import follow, work
from retail_ai.management.pipeline import STEPS, start_step


class Command(BaseCommand):
    help = "Do the main job (history, index, recommendations, descriptions, campaign, forecast) or some of its steps."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = [step.key for step in STEPS]
        parser.add_argument("steps", nargs="*", metavar="step", help=f"which steps; all when none: {', '.join(kinds)}")
        parser.add_argument("--workers", action="store_true", help="hand the jobs to Celery workers and follow them")
        parser.add_argument(
            "--products", type=int, default=12, metavar="N", help="draft descriptions of N products (default: 12)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=cast(IO[str], self.stdout._out))
        bad = []
        for kind in options["steps"] or [step.key for step in STEPS]:
            try:
                job = start_step(kind, drafts=options["products"])
            except RetailAIError as error:
                raise CommandError(str(error)) from error
            if options["workers"]:
                enqueue(job)
            job = (follow if options["workers"] else work)(job, console)
            if job.state != Job.State.DONE:
                bad.append(kind)
        if bad:
            raise CommandError(f"Not done: {', '.join(bad)}. See: manage.py retail_ai_jobs")
