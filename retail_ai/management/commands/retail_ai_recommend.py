"""``manage.py retail_ai_recommend for_you --customer 7``: what a slate would show, and why. Stores nothing."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.exceptions import InvalidInput
from retail_ai.recommendations.preview import picked_customer, picked_product
from retail_ai.recommendations.selectors import recommend, slate_title
from retail_ai.recommendations.slates import SLATES
from retail_ai.stores import get_store


class Command(BaseCommand):
    help = "Show a slate with scores and reasons, as a customer, a visitor or a product's page would get it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slate", choices=list(SLATES))
        parser.add_argument("--customer", default="", help="primary key of a customer")
        parser.add_argument("--visitor", default="", help="key of a visitor who is not signed in")
        parser.add_argument("--product", default="", help="primary key of the product whose page it is")
        parser.add_argument("--cart", nargs="*", default=(), help="primary keys of products in the cart")
        parser.add_argument("--category", default="")
        parser.add_argument("--text", default="", help="a need in words")
        parser.add_argument("--limit", type=int, default=12)

    def handle(self, *args: Any, **options: Any) -> None:
        product, customer = picked_product(options["product"]), picked_customer(options["customer"])
        for name, found in (("product", product), ("customer", customer)):
            if options[name] and found is None:
                raise CommandError(f"No {name} {options[name]}.")
        cart = [row.pk for key in options["cart"] if (row := picked_product(key)) is not None]
        started = time.perf_counter()
        try:
            shown = recommend(
                slate=options["slate"], customer=customer, visitor=options["visitor"], product=product, cart=cart,
                category=options["category"], text=options["text"], limit=options["limit"],
            )  # fmt: skip
        except InvalidInput as error:
            raise CommandError(str(error)) from error
        took = 1000 * (time.perf_counter() - started)
        self.stdout.write(f"{slate_title(options['slate'], shown)}: {len(shown)} products in {took:.0f} ms")
        for item in shown:
            self.stdout.write(f"  {item.score:9.4f}  {get_store().title(item.product)}  ({item.reason})")
