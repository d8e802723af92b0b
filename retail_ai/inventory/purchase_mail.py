"""Mails a purchase order to its supplier, with the order as CSV, and marks it as ordered."""

from datetime import date
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import PurchaseEvent, PurchaseOrder
from retail_ai.inventory.purchasing import mark_ordered
from retail_ai.inventory.sheets import order_sheet, sku_of


def send_order(*, order: PurchaseOrder, by: Any = None, expected_on: date | None = None) -> PurchaseOrder:
    """Mark a draft as ordered and mail it; when the mail cannot be sent it stays a draft. Raises InvalidInput for a
    supplier without an address, and when the mail server refuses."""
    if not (order.supplier and order.supplier.email):
        raise InvalidInput(_("The supplier has no e-mail address for orders."))
    with transaction.atomic():
        ordered = mark_ordered(order=order, by=by, expected_on=expected_on, kind=PurchaseEvent.Kind.SENT)
        message = order_message(ordered)
        try:
            message.send()
        except OSError as error:
            raise InvalidInput(_("The mail could not be sent: %(why)s") % {"why": error}) from error
    return ordered


def order_message(order: PurchaseOrder) -> EmailMessage:
    """The mail of an order."""
    assert order.supplier is not None
    lines = [
        f"{line.quantity} × {line.article or sku_of(line.product)} {line.product}"
        for line in order.lines.select_related("product")
    ]
    text = "\n".join([_("We order:"), "", *lines, "", order.note]).strip() + "\n"
    message = EmailMessage(_("Order %(number)s") % {"number": order.number}, text, None, [order.supplier.email])
    message.attach(f"{order.number}.csv", "\ufeff" + order_sheet(order), "text/csv")
    return message
