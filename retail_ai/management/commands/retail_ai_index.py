"""``manage.py retail_ai_index``: bring the catalogue's index up to date, with a bar. Does again only what changed."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from retail_ai.catalog.services import start_index_job
from retail_ai.catalog.spaces import drop_retired_spaces
from retail_ai.exceptions import RetailAIError
from retail_ai.jobs.tasks import enqueue
from retail_ai.jobs.terminal import follow, work
from retail_ai.stores import get_store


class Command(BaseCommand):
    help = "Indexes the catalogue: texts, words and vectors. Only what changed is done again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--full", action="store_true", help="do all again, changed or not")
        parser.add_argument("--products", nargs="+", metavar="KEY", help="only the products with these primary keys")
        parser.add_argument("--embedder", default="default", metavar="ALIAS", help="alias in RETAIL_AI['EMBEDDERS']")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--queue", action="store_true", help="hand the job to the workers and return")
        how.add_argument("--wait", action="store_true", help="hand the job to the workers and show its progress")
        parser.add_argument("--drop-retired", action="store_true", help="delete the vectors of retired embedders")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            job = start_index_job(
                products=self._chosen(options["products"]), full=options["full"], alias=options["embedder"]
            )
        except RetailAIError as error:
            raise CommandError(str(error)) from error
        if options["queue"] or options["wait"]:
            enqueue(job)
        if options["queue"]:
            self.stdout.write(f"Job {job.pk} is queued.")
            return
        job = follow(job) if options["wait"] else work(job)
        if options["drop_retired"]:
            self.stdout.write(f"{drop_retired_spaces()} retired embedders' vectors deleted.")
        if job.failed or job.error:
            reasons = "\n".join(str(failure) for failure in job.failures.all()[:10])
            raise CommandError(f"{job.failed} products could not be indexed. {job.error}\n{reasons}".strip())

    def _chosen(self, keys: list[str] | None) -> QuerySet[Any] | None:
        if not keys:
            return None
        try:
            return get_store().products().filter(pk__in=keys)
        except (ValueError, ValidationError) as error:
            raise CommandError(f"--products takes primary keys of products: {error}") from error
