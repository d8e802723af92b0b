"""``manage.py retail_ai_search "a phone with a good camera"``: what a shopper would find, and why."""

from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from retail_ai.catalog.search import search_products
from retail_ai.engine.facts import ProductFilter


class Command(BaseCommand):
    help = "Searches the catalogue as a shopper would and shows each product's score and reason."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--max-price", type=Decimal, help="in the shop's currency")
        parser.add_argument("--brand", action="append", default=[], help="may be given more than once")
        parser.add_argument("--any-stock", action="store_true", help="also what is out of stock")

    def handle(self, *args: Any, **options: Any) -> None:
        limits = ProductFilter(
            in_stock=not options["any_stock"], max_price=options["max_price"], brands=tuple(options["brand"])
        )
        result = search_products(options["query"], limits=limits, limit=options["limit"])
        table = Table("score", "product", "why", title=f"{len(result.hits)} of {result.total}")
        for hit in result.hits:
            table.add_row(f"{hit.score:.2f}", str(hit.product), hit.reason)
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        console.print(table, markup=False)
        for note in result.notes:
            console.print(note, markup=False)
