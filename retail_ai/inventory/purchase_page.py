"""What a purchase order's page shows: lines, total, what to look at before it goes out, steps. Reads only."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from retail_ai.inventory.models import PurchaseEvent, PurchaseOrder
from retail_ai.inventory.money_cells import amount
from retail_ai.inventory.sheets import sku_of
from retail_ai.stores import get_store

State = PurchaseOrder.State


def order_context(order: PurchaseOrder) -> dict[str, Any]:
    """Template context of one order's page."""
    lines = list(order.lines.select_related("product", "suggestion"))
    costs = [line.cost for line in lines]
    total = sum((cost for cost in costs if cost is not None), Decimal(0))
    events = list(order.events.select_related("by"))
    return {
        "order": order,
        "title": order.number,
        "rows": [
            {
                "line": line, "sku": sku_of(line.product), "each": amount(line.unit_cost, order.currency),
                "cost": amount(line.cost, order.currency),
            }
            for line in lines
        ],
        "total": amount(total, order.currency),
        "units": sum(line.quantity for line in lines),
        "hints": _hints(order, total, costs.count(None)),
        "events": events,
        "undoable": next((event for event in events if event.undone_at is None), None),
        "is_draft": order.state == State.DRAFT,
        "is_coming": order.state in (State.ORDERED, State.PARTLY),
        "can_mail": bool(order.supplier and order.supplier.email),
        "sent": any(event.kind == PurchaseEvent.Kind.SENT and event.undone_at is None for event in events),
    }  # fmt: skip


def _hints(order: PurchaseOrder, total: Decimal, unknown: int) -> list[str]:
    """What to look at before a draft goes out."""
    if order.state != State.DRAFT:
        return []
    hints, supplier = [], order.supplier
    if supplier is None:
        hints.append(_("No supplier is named for these products. Name one in their supplier terms."))
    elif supplier.minimum_value is not None and total < supplier.minimum_value:
        least = amount(supplier.minimum_value, order.currency)
        hints.append(_("Below the supplier's least order of %(least)s.") % {"least": least})
    if supplier and supplier.budget is not None and total > supplier.budget:
        hints.append(_("Above the budget of %(most)s.") % {"most": amount(supplier.budget, order.currency)})
    if unknown:
        hints.append(_("The cost of %(n)d products is not known, so the total is too low.") % {"n": unknown})
    if order.currency and order.currency != get_store().currency:
        hints.append(_("Its costs are in %(currency)s, not in the shop's currency.") % {"currency": order.currency})
    return hints
