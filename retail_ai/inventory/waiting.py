"""What of the stock waits for the owner: orders due today, alerts, purchase orders not yet sent."""

from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from retail_ai.inventory.models import PurchaseOrder, ReorderSuggestion, StockAlert
from retail_ai.waiting import Waiting, list_of, may_see


def waiting(user: Any) -> list[Waiting]:
    """Lines for this user."""
    return [*_orders(user), *_alerts(user), *_purchases(user)]


def _orders(user: Any) -> list[Waiting]:
    if not may_see(user, ReorderSuggestion):
        return []
    due = ReorderSuggestion.objects.filter(
        state=ReorderSuggestion.State.OPEN, order_by__lte=timezone.localdate()
    ).count()
    text = ngettext("product should be ordered today", "products should be ordered today", due)
    return [Waiting(text, due, list_of(ReorderSuggestion, urgency="now"), urgent=True)]


def _alerts(user: Any) -> list[Waiting]:
    if not may_see(user, StockAlert):
        return []
    found = StockAlert.objects.filter(state=StockAlert.State.OPEN).count()
    return [Waiting(ngettext("open stock alert", "open stock alerts", found), found, list_of(StockAlert), urgent=True)]


def _purchases(user: Any) -> list[Waiting]:
    if not may_see(user, PurchaseOrder):
        return []
    drafts = PurchaseOrder.objects.filter(state=PurchaseOrder.State.DRAFT).count()
    text = ngettext("purchase order is not sent yet", "purchase orders are not sent yet", drafts)
    return [Waiting(text, drafts, list_of(PurchaseOrder, state__exact=PurchaseOrder.State.DRAFT))]
