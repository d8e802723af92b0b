"""``manage.py retail_ai_suppliers``: read suppliers' terms from a CSV file, or from the shop's own tables."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.term_import import import_file, import_from_shop
from retail_ai.inventory.term_rows import COLUMNS

SHOWN = 20


class Command(BaseCommand):
    help = f"Import supplier terms. Columns: {', '.join(COLUMNS)}; only sku must be there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a CSV file; without one, the shop's own terms")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_file(options["file"].read_bytes()) if options["file"] else import_from_shop()
        except (InvalidInput, OSError) as error:
            raise CommandError(str(error)) from error
        for line, reason in report.problems[:SHOWN]:
            self.stderr.write(f"line {line}: {reason}")
        if len(report.problems) > SHOWN:
            self.stderr.write(f"… and {len(report.problems) - SHOWN} more")
        self.stdout.write(
            f"{report.saved} rows saved, {report.unchanged} left as they were, {len(report.problems)} not understood."
        )
