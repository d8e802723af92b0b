"""Drafts texts for products from the terminal, with a progress bar. Nothing goes live: drafts wait for review."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from retail_ai.conf import conf
from retail_ai.descriptions.estimates import cost_of, estimate
from retail_ai.descriptions.guides import tone_in_use
from retail_ai.descriptions.models import Draft, TextField
from retail_ai.descriptions.services import DEFAULT_FIELDS, start_draft_job
from retail_ai.descriptions.stale import flag_stale
from retail_ai.engine.composer import TONES
from retail_ai.exceptions import RetailAIError
from retail_ai.jobs.models import Job
from retail_ai.jobs.presentation import duration, report_rows
from retail_ai.jobs.runner import run
from retail_ai.jobs.tasks import enqueue
from retail_ai.money import format_money
from retail_ai.stores import get_store


class Command(BaseCommand):
    help = "Draft descriptions for products; --stale marks and re-drafts texts whose facts changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("keys", nargs="*", help="product keys; all products when none are given")
        parser.add_argument("--limit", type=int, help="at most so many products")
        parser.add_argument("--field", action="append", choices=TextField.values, dest="fields")
        parser.add_argument("--language", action="append", dest="languages", help="e.g. en or zh-hans")
        parser.add_argument("--tone", choices=TONES, help="default: the style guide's")
        parser.add_argument("--generator", default="default", choices=sorted(conf.GENERATORS))
        parser.add_argument(
            "--missing", action="store_true", help="only products that have no draft or published text"
        )
        parser.add_argument("--stale", action="store_true", help="only products whose facts changed since")
        parser.add_argument("--estimate", action="store_true", help="say what it would take, and stop")
        parser.add_argument("--queue", action="store_true", help="leave the work to the Celery workers")

    def handle(self, *args: Any, **options: Any) -> None:
        unknown = set(options["keys"]) - {str(key) for key in _known(options["keys"])}
        if unknown:
            raise CommandError(f"No product has the key {', '.join(sorted(unknown)[:10])}.")
        products = self._products(options)
        fields = options["fields"] or list(DEFAULT_FIELDS)
        languages = options["languages"] or conf.LANGUAGES[:1]
        count = products.count()
        self._say_estimate(count, fields, len(languages), options["generator"])
        if options["estimate"]:
            return
        try:
            job = start_draft_job(
                products=products,
                fields=fields,
                languages=languages,
                generator=options["generator"],
                tone=options["tone"] or tone_in_use(),
            )
        except RetailAIError as error:
            raise CommandError(str(error)) from error
        if options["queue"]:
            enqueue(job)
            self.stdout.write(f"Job {job.pk} is queued.")
            return
        self._run(job)

    def _say_estimate(self, products: int, fields: list[str], languages: int, generator: str) -> None:
        try:
            cost = estimate(products=products, fields=fields, languages=languages, generator=generator)
        except RetailAIError as error:
            raise CommandError(str(error)) from error
        money = f" and {format_money(cost.money)}" if cost.money else ""
        known = f"measured on {cost.measured:,} texts written here" if cost.measured else "a first guess"
        self.stdout.write(
            f"Products: {products:,}, texts: {cost.texts:,}: about {duration(cost.seconds)} on one worker, "
            f"{cost.tokens:,} tokens{money} ({known})."
        )

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
        for name, value in report_rows(job):
            self.stdout.write(f"  {name}: {value}")
        cost = cost_of(job)
        money = f", {format_money(cost)}" if cost else ""
        drafted = job.report.get("drafted", 0)
        self.stdout.write(
            f"{job.get_state_display()}: drafted {drafted}; {job.tokens:,} tokens{money}, {job.seconds:.1f} s of work."
        )
        for failure in job.failures.all()[:10]:
            self.stderr.write(str(failure))


def _known(keys: list[str]) -> list[Any]:
    """Those of the keys that products have; a key that no product can have is none of them."""
    to_python = get_store().product_model._meta.pk.to_python
    fitting = []
    for key in keys:
        try:
            fitting.append(to_python(key))
        except ValidationError:
            continue
    return list(get_store().products().filter(pk__in=fitting).values_list("pk", flat=True))
