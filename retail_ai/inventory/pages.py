"""What the forecast page shows: plots, their table, the advice and what it rests on. Reads only."""

from typing import Any

from django.utils import timezone

from retail_ai.inventory.models import Forecast, ReorderSuggestion
from retail_ai.inventory.plot import demand_plot, past_rows, rows_of, stock_plot
from retail_ai.inventory.selectors import advice_for, advice_line, terms_of
from retail_ai.stores import get_store


def forecast_context(forecast: Forecast) -> dict[str, Any]:
    """Template context of one product's page. ``advice`` is None where the shop does not count its stock."""
    key, today = forecast.product_id, timezone.localdate()
    advice = advice_for([forecast]).get(key)
    offer = get_store().offers([key]).get(key)
    terms = terms_of([key])[key]
    context = {
        "forecast": forecast,
        "title": str(forecast.product),
        "demand": demand_plot(forecast),
        "weeks": list(rows_of(forecast)),
        "past": past_rows(forecast),
        "terms": terms,
        "advice": advice,
        "stock": offer.stock if offer else None,
        "suggestion": ReorderSuggestion.objects.filter(product_id=key, state=ReorderSuggestion.State.OPEN).first(),
        "is_old": (today - forecast.run.origin).days > 14,
    }
    if advice is not None and offer is not None:
        context["line"] = advice_line(advice, today)
        context["order_by"] = advice.order_by(today)
        context["stock_plot"] = stock_plot(forecast, advice, offer.stock or 0, today, terms.lead_time_days)
    return context
