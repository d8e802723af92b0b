"""``manage.py retail_ai_jobs``: list jobs, show or follow one, cancel, resume or retry it."""

import json
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from retail_ai.jobs import services
from retail_ai.jobs.models import Job
from retail_ai.jobs.presentation import as_dict, cost_text, left_text, progress_text, report_rows
from retail_ai.jobs.tasks import enqueue
from retail_ai.jobs.terminal import follow

MOST_FAILURES = 20


class Command(BaseCommand):
    help = "List jobs, show or follow one, cancel, resume or retry it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "verb", nargs="?", default="list", choices=["list", "show", "follow", "cancel", "resume", "retry"]
        )
        parser.add_argument("job", nargs="?", type=int, help="number of the job")
        parser.add_argument("--limit", type=int, default=20, help="how many to list (default: 20)")
        parser.add_argument("--json", action="store_true", help="print JSON instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        self.console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        self.as_json: bool = options["json"]
        if options["verb"] == "list":
            self._list(options["limit"])
            return
        if options["job"] is None:
            raise CommandError(f"Which job? manage.py retail_ai_jobs {options['verb']} NUMBER")
        job = Job.objects.select_related("started_by").filter(pk=options["job"]).first()
        if job is None:
            raise CommandError(f"There is no job {options['job']}. See: manage.py retail_ai_jobs")
        getattr(self, f"_{options['verb']}")(job)

    def _list(self, limit: int) -> None:
        jobs = list(Job.objects.select_related("started_by")[:limit])
        if self.as_json:
            self.stdout.write(json.dumps([as_dict(job) for job in jobs], indent=1))
            return
        if not jobs:
            self.stdout.write("No jobs yet. Start the main job with: manage.py retail_ai_run")
            return
        table = Table("#", "what", "state", "progress", "who", "cost", box=None)
        for job in jobs:
            who = str(job.started_by or "")
            table.add_row(str(job.pk), job.title, job.get_state_display(), progress_text(job), who, cost_text(job))
        self.console.print(table)

    def _show(self, job: Job) -> None:
        if self.as_json:
            self.stdout.write(json.dumps(as_dict(job), indent=1))
            return
        self.stdout.write(f"#{job.pk} {job.title} ({job.kind})")
        for name, value in (
            ("state", job.get_state_display()),
            ("progress", f"{progress_text(job)} {left_text(job)}".strip()),
            ("started by", str(job.started_by or "")),
            ("cost", cost_text(job)),
            ("error", job.error),
            *report_rows(job),
        ):
            if value:
                self.stdout.write(f"  {name}: {value}")
        for failure in job.failures.all()[:MOST_FAILURES]:
            self.stdout.write(f"  failed {failure.key}: {failure.reason}")
        if job.failed > MOST_FAILURES:
            self.stdout.write(f"  … and {job.failed - MOST_FAILURES} more")

    def _follow(self, job: Job) -> None:
        try:
            follow(job, self.console)
        except KeyboardInterrupt:
            self.stdout.write(f"The job goes on. To stop it: manage.py retail_ai_jobs cancel {job.pk}")

    def _cancel(self, job: Job) -> None:
        self._say(job, services.cancel_job(job=job), "Cancelled. What is done stays.", "It had ended already.")

    def _resume(self, job: Job) -> None:
        self._go_on(job, services.resume_job(job=job), "It goes on.", "Nothing is left to do.")

    def _retry(self, job: Job) -> None:
        count = services.retry_failed(job=job)
        self._go_on(job, bool(count), f"{count} items queued again.", "No item of it has failed.")

    def _go_on(self, job: Job, changed: bool, yes: str, no: str) -> None:
        if changed:
            enqueue(job)
        self._say(job, changed, f"{yes} Watch it: manage.py retail_ai_jobs follow {job.pk}", no)

    def _say(self, job: Job, changed: bool, yes: str, no: str) -> None:
        if not changed:
            raise CommandError(f"Job {job.pk}: {no}")
        self.stdout.write(self.style.SUCCESS(f"Job {job.pk}: {yes}"))
