"""``manage.py retail_ai_backfill``: read the shop's orders and visit logs into events. Doing it twice adds nothing."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.events.services import start_backfill_job
from retail_ai.jobs.terminal import work


class Command(BaseCommand):
    help = "Read the shop's own history of orders and visits into events."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", help="only from this day on, as 2026-01-31")

    def handle(self, *args: Any, **options: Any) -> None:
        job = work(start_backfill_job(since=_day(options["since"])))
        for name, count in sorted(job.report.items()):
            self.stdout.write(f"  {name}: {count}")
        if job.failed or job.error:
            raise CommandError("\n".join([job.error, *map(str, job.failures.all())]).strip())


def _day(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
    except ValueError as error:
        raise CommandError(f"--since {text}: not a day like 2026-01-31") from error
