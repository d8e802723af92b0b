"""``manage.py retail_ai_whatif``: a scenario's cost and risk beside the present plan. It saves nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.engine.scenarios import Scenario
from retail_ai.inventory.models import Supplier
from retail_ai.inventory.scenario_views import describe, figure_rows
from retail_ai.inventory.whatif import chosen_forecasts, compare


class Command(BaseCommand):
    help = "Work out what a discount, a late supplier, another service level or another demand would bring."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--discount", type=float, default=0, metavar="PERCENT")
        parser.add_argument("--weeks", type=int, default=2, help="how long the discount lasts")
        parser.add_argument("--late", type=int, default=0, metavar="DAYS", help="deliveries come so much later")
        parser.add_argument("--level", type=float, metavar="PERCENT", help="service level, e.g. 98")
        parser.add_argument("--demand", type=float, default=0, metavar="PERCENT", help="demand changes by so much")
        parser.add_argument("--supplier", help="only this supplier's products, by name")

    def handle(self, *args: Any, **options: Any) -> None:
        supplier = None
        if options["supplier"]:
            supplier = Supplier.objects.filter(name__iexact=options["supplier"]).first()
            if supplier is None:
                raise CommandError(f"No supplier {options['supplier']!r}.")
        level = options["level"]
        try:
            scenario = Scenario(
                options["discount"] / 100, options["weeks"], options["late"], level and level / 100,
                options["demand"] / 100,
            )  # fmt: skip
        except ValueError as error:
            raise CommandError(str(error)) from error
        comparison = compare(scenario, forecasts=chosen_forecasts(supplier=supplier))
        if comparison is None:
            raise CommandError("No forecast of a product whose stock is counted. Run retail_ai_forecast first.")
        self.stdout.write(f"{describe(scenario)}; {comparison.products} products, {comparison.weeks} weeks")
        heading = ("", "as forecast", "it happens", "prepared for it")
        for row in [heading, *((r.label, r.present, r.unprepared, r.prepared) for r in figure_rows(comparison))]:
            self.stdout.write(f"{row[0]:<36}{row[1]:>18}{row[2]:>18}{row[3]:>18}")
