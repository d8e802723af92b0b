"""``manage.py import_products FILE``: products out of a JSON-lines file (plain or .gz). Safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from shop_demo.imports.problems import Problems
from shop_demo.imports.products import import_products
from shop_demo.imports.terminal import add_common_arguments, reading, tell


class Command(BaseCommand):
    help = "Load products (id, title, description, brand, price_cents, attributes; one JSON object a line)."

    def add_arguments(self, parser: CommandParser) -> None:
        add_common_arguments(parser)
        parser.add_argument(
            "--update", action="store_true", help="put the file's facts on products that exist (never descriptions)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with reading(self, options["file"]) as progress, Problems(options["report"]) as problems:
            counts = import_products(
                options["file"],
                problems=problems,
                update=options["update"],
                stock=options["stock"],
                id_prefix=options["id_prefix"],
                progress=progress,
            )
        tell(self, counts, problems)
