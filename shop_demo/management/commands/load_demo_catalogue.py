"""``manage.py load_demo_catalogue``: departments, products and help pages of the demo shop. Safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from shop_demo.catalogue.loading import load_catalogue


class Command(BaseCommand):
    help = "Load the demo shop's departments, products and help pages; rows that exist are left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--refresh", action="store_true", help="put the tables' facts back on existing products as well"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = load_catalogue(refresh=options["refresh"])
        text = ", ".join(f"{count} {name}" for name, count in made.items() if count)
        self.stdout.write(self.style.SUCCESS(f"Catalogue: {text or 'nothing new'}."))
