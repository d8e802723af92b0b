"""``manage.py retail_ai_search "light running shoes under €90, not black"``: what a shopper would find, and why."""

from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track
from rich.table import Table

from retail_ai.catalog.search import SearchResult, search_products
from retail_ai.engine.facts import ProductFilter


class Command(BaseCommand):
    help = "Searches the catalogue as a shopper would and shows what was understood, each product's score and reason."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", default="")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--max-price", type=Decimal, help="in the shop's currency")
        parser.add_argument("--brand", action="append", default=[], help="may be given more than once")
        parser.add_argument("--drop", action="append", default=[], help="key of something understood to be left out")
        parser.add_argument("--any-stock", action="store_true", help="also what is out of stock")
        parser.add_argument("--file", type=Path, help="instead of one query, try each line of a file and count")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        if options["file"]:
            self._try_all(options["file"], console)
            return
        limits = ProductFilter(
            in_stock=not options["any_stock"], max_price=options["max_price"], brands=tuple(options["brand"])
        )
        result = search_products(options["query"], limits=limits, limit=options["limit"], drop=tuple(options["drop"]))
        _show(result, console)

    def _try_all(self, path: Path, console: Console) -> None:
        """Each line of a file as a query: how many found something, how long they took, and which failed."""
        try:
            queries = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read: {error}") from error
        times, empty, failed = [], 0, []
        for query in track(queries, description="Searching", console=console):
            start = perf_counter()
            try:
                empty += not search_products(query).total
            except Exception as error:
                failed.append(f"{query}: {type(error).__name__}: {error}")
            times.append((perf_counter() - start) * 1000)
        times.sort()
        middle, slow = (times[int(len(times) * part)] if times else 0.0 for part in (0.5, 0.95))
        console.print(
            f"{len(queries)} queries, {len(failed)} failed, {empty} found nothing; {middle:.0f} ms, p95 {slow:.0f} ms"
        )
        if failed:
            raise CommandError("\n".join(failed[:20]))


def _show(result: SearchResult, console: Console) -> None:
    table = Table("score", "product", "why", title=f"{len(result.hits)} of {result.total}")
    for hit in result.hits:
        table.add_row(f"{hit.score:.2f}", str(hit.product), hit.reason)
    for chip in result.chips:
        heeded = "" if chip.is_applied else " (not applied)"
        console.print(f"understood: {chip.label}{heeded}   --drop '{chip.key}'", markup=False)
    console.print(table, markup=False)
    for note in result.notes:
        console.print(note, markup=False)
