"""Columns that the reorder list and the stock plan have in common: stock, how fast it sells, how long it lasts."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from retail_ai.inventory.models import ReorderSuggestion, StockPlan

Row = ReorderSuggestion | StockPlan


class StockCells:
    """Display methods of a list of either."""

    @admin.display(description=_("stock + on order"), ordering="stock")
    def in_stock(self, row: Row) -> str:
        return f"{row.stock} + {row.on_order}" if row.on_order else str(row.stock)

    @admin.display(description=_("sells a week"), ordering="weekly_demand")
    def rate(self, row: Row) -> str:
        return f"{row.weekly_demand:.1f}"

    @admin.display(description=_("days of cover"), ordering="days_of_cover")
    def cover(self, row: Row) -> str:
        return "—" if row.days_of_cover is None else f"{row.days_of_cover:.0f}"
