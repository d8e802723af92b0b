"""``manage.py import_transactions FILE``: orders out of a CSV file (plain or .gz). Safe to run twice."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop_demo.imports.problems import BadRow, Problems
from shop_demo.imports.terminal import add_common_arguments, reading, tell
from shop_demo.imports.transactions import import_transactions


class Command(BaseCommand):
    help = "Load sales (invoice, product_id, title, quantity, date, price, customer_id, country)."

    def add_arguments(self, parser: CommandParser) -> None:
        add_common_arguments(parser)
        parser.add_argument(
            "--non-product",
            action="append",
            default=[],
            metavar="REGEX",
            help="further product codes that are no goods, as a pattern for the whole code; may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with reading(self, options["file"]) as progress, Problems(options["report"]) as problems:
            try:
                counts = import_transactions(
                    options["file"],
                    problems=problems,
                    also_no_products=tuple(options["non_product"]),
                    stock=options["stock"],
                    id_prefix=options["id_prefix"],
                    progress=progress,
                )
            except re.error as error:
                raise CommandError(f"--non-product is no valid pattern: {error}") from error
            except BadRow as error:
                raise CommandError(f"{options['file']}: {error}") from error
        tell(self, counts, problems)
