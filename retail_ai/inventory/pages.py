"""What the forecast page shows: plots, their table, the advice and what it rests on. Reads only."""

from typing import Any

from django.utils import timezone

from retail_ai.inventory.models import Forecast, PurchaseOrder, PurchaseOrderLine, ReorderSuggestion, StockPlan
from retail_ai.inventory.plot import demand_plot, past_rows, rows_of
from retail_ai.inventory.selectors import advice_line, counsel_for
from retail_ai.inventory.stock_plot import stock_plot, stock_rows


def forecast_context(forecast: Forecast) -> dict[str, Any]:
    """Template context of one product's page. ``advice`` is None where the shop does not count its stock."""
    key, today = forecast.product_id, timezone.localdate()
    counsel = counsel_for([forecast], today).get(key)
    suggestions = ReorderSuggestion.objects.filter(product_id=key, state__in=ReorderSuggestion.UNDECIDED)
    context = {
        "forecast": forecast,
        "title": str(forecast.product),
        "demand": demand_plot(forecast),
        "weeks": list(rows_of(forecast)),
        "past": past_rows(forecast),
        "advice": None,
        "suggestion": suggestions.select_related("supplier").first(),
        "plan": StockPlan.objects.filter(product_id=key).first(),
        "orders": _orders(key),
        "is_old": (today - forecast.run.origin).days > 14,
    }
    if counsel is not None:
        advice = counsel.advice
        context |= {
            "advice": advice,
            "buying": counsel.buying,
            "terms": counsel.buying.terms,
            "stock": counsel.stock,
            "on_order": counsel.on_order,
            "line": advice_line(advice, today),
            "order_by": advice.order_by(today),
            "stock_plot": stock_plot(counsel, today),
            "stock_rows": stock_rows(counsel, today),
        }
    return context


def _orders(key: Any) -> list[PurchaseOrderLine]:
    """What is on its way of this product."""
    lines = PurchaseOrderLine.objects.filter(product_id=key, order__state__in=PurchaseOrder.COMING)
    return list(lines.select_related("order", "order__supplier"))
