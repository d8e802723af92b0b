"""``manage.py retail_ai_purchase``: purchase orders in a terminal: list, order, send, receive, cancel, undo, CSV."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.exceptions import RetailAIError
from retail_ai.inventory.models import PurchaseOrder
from retail_ai.inventory.purchase_mail import send_order
from retail_ai.inventory.purchasing import cancel, mark_ordered, receive_all, undo
from retail_ai.inventory.sheets import order_sheet

STEPS = ("show", "csv", "order", "send", "receive", "cancel", "undo")


class Command(BaseCommand):
    help = "List purchase orders, or take one of them a step on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("order", nargs="?", help="an order's number: 12 or PO-00012")
        parser.add_argument("step", nargs="?", choices=STEPS, default="show", help="receive: all of the rest came")
        parser.add_argument("--expected", type=date.fromisoformat, metavar="DAY", help="when it should be here")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["order"] is None:
            for order in PurchaseOrder.objects.select_related("supplier")[:100]:
                self.stdout.write(f"{order}  {order.state}  {order.supplier or '-'}  {order.expected_on or ''}")
            return
        order = self._find(options["order"])
        try:
            self._step(order, options["step"], options["expected"])
        except RetailAIError as error:
            raise CommandError(str(error)) from error

    def _find(self, number: str) -> PurchaseOrder:
        digits = number.upper().removeprefix("PO-")
        found = PurchaseOrder.objects.filter(pk=int(digits)).first() if digits.isdecimal() else None
        if found is None:
            raise CommandError(f"No purchase order {number}.")
        return found

    def _step(self, order: PurchaseOrder, step: str, expected: date | None) -> None:
        if step in ("show", "csv"):
            self.stdout.write(order_sheet(order))
            return
        steps: dict[str, Any] = {
            "order": lambda: mark_ordered(order=order, expected_on=expected),
            "send": lambda: send_order(order=order, expected_on=expected),
            "receive": lambda: receive_all(order=order),
            "cancel": lambda: cancel(order=order),
            "undo": lambda: undo(order=order),
        }
        steps[step]()
        order.refresh_from_db()
        self.stdout.write(f"{order}: {order.state}")
