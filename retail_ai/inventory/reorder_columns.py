"""The columns of the reorder list: what each row says, and the buttons to decide on it. It decides nothing."""

from contextvars import ContextVar
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from retail_ai.inventory.budgets import reason_text
from retail_ai.inventory.models import ReorderSuggestion
from retail_ai.inventory.money_cells import amount
from retail_ai.inventory.stock_cells import StockCells
from retail_ai.stores import get_store

State = ReorderSuggestion.State
# What the budget leaves of each row: an admin's columns are not told the request.
shares_now: ContextVar[dict[int, Any]] = ContextVar("retail_ai_shares", default={})  # noqa: B039


class ReorderColumns(StockCells):
    """Display methods of the reorder list."""

    @admin.display(description=_("product"), ordering="product")
    def product_link(self, row: ReorderSuggestion) -> str:
        address = reverse("admin:retail_ai_reordersuggestion_forecast", args=[row.pk])
        of = format_html("<br><small>{}</small>", row.supplier) if row.supplier else ""
        return format_html('<a href="{}">{}</a>{}', address, row.product, of)

    @admin.display(description=_("quantity"), ordering="quantity")
    def units(self, row: ReorderSuggestion) -> Any:
        if row.state not in ReorderSuggestion.UNDECIDED:
            return row.quantity
        return format_html(
            '<input class="retail-ai-units" type="number" min="1" name="units-{}" value="{}" aria-label="{}: {}">',
            row.pk, row.quantity, gettext("Quantity"), row.product,
        )  # fmt: skip

    @admin.display(description=_("budget"))
    def funded(self, row: ReorderSuggestion) -> str:
        share = shares_now.get().get(row.pk)
        return "—" if share is None else reason_text(share)

    @admin.display(description=_("order by"), ordering="order_by")
    def order_by_day(self, row: ReorderSuggestion) -> Any:
        if row.state == State.POSTPONED:
            return format_html("{} {}", gettext("again on"), row.postponed_until)
        if row.order_by > timezone.localdate():
            return row.order_by
        return format_html('<strong class="retail-ai-late">{}</strong>', gettext("now"))

    @admin.display(description=_("cost"), ordering="cost")
    def price(self, row: ReorderSuggestion) -> str:
        return amount(row.cost, row.currency)

    @admin.display(description=_("lost by waiting a round"), ordering="lost_value")
    def waiting(self, row: ReorderSuggestion) -> str:
        if row.lost_units < 0.05:
            return "—"
        units = gettext("%(n)s pcs") % {"n": f"{row.lost_units:.1f}"}
        return units if row.lost_value is None else f"{amount(row.lost_value, get_store().currency)} ({units})"

    @admin.display(description=_("decision"))
    def decision(self, row: ReorderSuggestion) -> str:
        if row.state == State.OPEN:
            words = {"accept": gettext("Accept"), "postpone": gettext("Postpone"), "dismiss": gettext("Dismiss")}
            return format_html("{}{}{}", *(_button(what, row, label) for what, label in words.items()))
        if row.state == State.POSTPONED:
            return _button("accept", row, gettext("Accept")) + _button("reopen", row, gettext("Undo"))
        return format_html("{} {}", row.get_state_display(), _button("reopen", row, gettext("Undo")))


def _button(what: str, row: ReorderSuggestion, label: str) -> str:
    return format_html(
        '<button class="retail-ai-decide" name="retail_ai_decision" value="{}:{}" aria-label="{}: {}">{}</button> ',
        what, row.pk, label, row.product, label,
    )  # fmt: skip
