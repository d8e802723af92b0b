"""``manage.py simulate_history``: two years of labelled, seeded history for the demo shop. Safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import Progress

from shop_demo.models import Product
from shop_demo.simulation.writing import has_history, remove_history, write_history


class Command(BaseCommand):
    help = "Write a simulated history (customers, orders, visits, reviews, stock-outs) that ends today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--customers", type=int, default=1500)
        parser.add_argument("--days", type=int, default=730)
        parser.add_argument("--reset", action="store_true", help="remove an earlier simulated history first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["customers"] < 1 or options["days"] < 1:
            raise CommandError("--customers and --days must be at least 1.")
        if not Product.objects.filter(source="demo", is_active=True).exists():
            raise CommandError("There is no catalogue yet. Load it with: manage.py load_demo_catalogue")
        if has_history() and not options["reset"]:
            self.stdout.write("A simulated history is there already; --reset replaces it.")
            return
        if options["reset"]:
            remove_history()
        self._write(seed=options["seed"], customers=options["customers"], days=options["days"])

    def _write(self, **what: int) -> None:
        with Progress(disable=not self.stdout.isatty(), transient=True) as bar:
            task = bar.add_task("Simulating", total=1.0)
            counts = write_history(
                **what, report=lambda step, share: bar.update(task, completed=share, description=f"Simulating: {step}")
            )
        text = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        self.stdout.write(self.style.SUCCESS(f"Simulated history: {text}."))
