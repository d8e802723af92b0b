"""Drafts texts for products from the terminal, with a progress bar. Nothing goes live: drafts wait for review."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from retail_ai.conf import conf
from retail_ai.descriptions.models import Draft, TextField
from retail_ai.descriptions.selectors import estimate
from retail_ai.descriptions.services import DEFAULT_FIELDS, flag_stale, start_draft_job
from retail_ai.engine.composer import TONES
from retail_ai.exceptions import RetailAIError
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from retail_ai.jobs.tasks import enqueue
from retail_ai.stores import get_store


class Command(BaseCommand):
    help = "Draft descriptions for products; --stale marks and re-drafts texts whose facts changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("keys", nargs="*", help="product keys; all products when none are given")
        parser.add_argument("--limit", type=int, help="at most so many products")
        parser.add_argument("--field", action="append", choices=TextField.values, dest="fields")
        parser.add_argument("--language", action="append", dest="languages", help="e.g. en or zh-hans")
        parser.add_argument("--tone", choices=TONES, default="plain")
        parser.add_argument("--generator", default="default", choices=sorted(conf.GENERATORS))
        parser.add_argument(
            "--missing", action="store_true", help="only products that have no draft or published text"
        )
        parser.add_argument("--stale", action="store_true", help="only products whose facts changed since")
        parser.add_argument("--estimate", action="store_true", help="say what it would take, and stop")
        parser.add_argument("--queue", action="store_true", help="leave the work to the Celery workers")

    def handle(self, *args: Any, **options: Any) -> None:
        products = self._products(options)
        fields = options["fields"] or list(DEFAULT_FIELDS)
        languages = options["languages"] or conf.LANGUAGES[:1]
        count = products.count()
        if options["estimate"]:
            cost = estimate(products=count, texts=len(fields) * len(languages), generator=options["generator"])
            self.stdout.write(f"{count} products: about {cost.seconds:.0f} s and {cost.tokens:,} tokens.")
            return
        try:
            job = start_draft_job(
                products=products,
                fields=fields,
                languages=languages,
                generator=options["generator"],
                tone=options["tone"],
            )
        except RetailAIError as error:
            raise CommandError(str(error)) from error
        if options["queue"]:
            enqueue(job)
            self.stdout.write(f"Job {job.pk} is queued.")
            return
        self._run(job)

    def _products(self, options: dict[str, Any]) -> Any:
        products = get_store().products().order_by("pk")
        if options["keys"]:
            products = products.filter(pk__in=options["keys"])
        if options["stale"]:
            self.stdout.write(f"{flag_stale()} texts were marked stale.")
            products = products.filter(pk__in=Draft.objects.filter(state=Draft.State.STALE).values("product"))
        if options["missing"]:
            products = products.exclude(
                pk__in=Draft.objects.filter(state__in=["draft", "published"]).values("product")
            )
        if options["limit"] is not None:
            products = products.filter(pk__in=list(products.values_list("pk", flat=True)[: options["limit"]]))
        return products

    def _run(self, job: Job) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns) as bar:
            task = bar.add_task(job.title, total=job.total)
            run(job.pk, on_progress=lambda now: bar.update(task, completed=now.done + now.failed))
        job.refresh_from_db()
        report = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in sorted(job.report.items()))
        self.stdout.write(f"{job.get_state_display()}: {report}; {job.tokens} tokens in {job.seconds:.1f} s of work.")
        for failure in job.failures.all()[:10]:
            self.stderr.write(str(failure))
