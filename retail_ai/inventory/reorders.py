"""Reorder suggestions: made anew from forecasts, accepted, dismissed, and taken back."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from retail_ai.conf import conf
from retail_ai.engine.replenishment import DAYS, Advice
from retail_ai.inventory.models import Forecast, ReorderSuggestion, SupplierPolicy
from retail_ai.inventory.selectors import advice_for, on_order, terms_of
from retail_ai.stores import get_store

State = ReorderSuggestion.State
# What was dismissed is not suggested again for this long.
QUIET_DAYS = 14


@transaction.atomic
def refresh_suggestions(*, forecasts: Sequence[Forecast], today: date | None = None) -> int:
    """Replace the open suggestions of the forecasts' products; the number now open. Decided ones stay."""
    today = today or timezone.localdate()
    keys = [forecast.product_id for forecast in forecasts]
    ReorderSuggestion.objects.filter(product_id__in=keys, state=State.OPEN).delete()
    quiet = _dismissed_lately(keys)
    offers, terms, coming = get_store().offers(keys), terms_of(keys), on_order(keys, today)
    advice = advice_for(forecasts)
    rows = [
        _suggestion(forecast, advice[forecast.product_id], terms[forecast.product_id], today)
        for forecast in forecasts
        if forecast.product_id in advice
        and forecast.product_id not in quiet
        and offers[forecast.product_id].visible
        and _is_due(advice[forecast.product_id])
    ]
    for row in rows:
        row.stock, row.on_order = offers[row.product_id].stock or 0, coming.get(row.product_id, 0)
    return len(ReorderSuggestion.objects.bulk_create(rows))


@transaction.atomic
def decide(*, suggestions: Iterable[int], state: str, by: Any, today: date | None = None) -> list[int]:
    """Accept or dismiss open suggestions; the keys of those that were open. What is accepted counts as on order
    until the supplier's lead time has passed."""
    rows = list(ReorderSuggestion.objects.select_for_update().filter(pk__in=list(suggestions), state=State.OPEN))
    for row in rows:
        row.state, row.decided_at, row.decided_by = state, timezone.now(), by
        if state == State.ACCEPTED:
            row.due_on = (today or timezone.localdate()) + timedelta(days=round(row.lead_time_days))
    ReorderSuggestion.objects.bulk_update(rows, ["state", "decided_at", "decided_by", "due_on"])
    return [row.pk for row in rows]


@transaction.atomic
def reopen(*, suggestions: Iterable[int]) -> int:
    """Take decisions back; the number reopened. A newer open suggestion for the same product gives way."""
    rows = list(
        ReorderSuggestion.objects.select_for_update()
        .filter(pk__in=list(suggestions))
        .exclude(state=State.OPEN)
        .order_by("pk")
    )
    newest = {row.product_id: row for row in rows}
    ReorderSuggestion.objects.filter(product_id__in=list(newest), state=State.OPEN).delete()
    return ReorderSuggestion.objects.filter(pk__in=[row.pk for row in newest.values()]).update(
        state=State.OPEN, decided_at=None, decided_by=None, due_on=None
    )


def _is_due(advice: Advice) -> bool:
    return advice.order_in is not None and advice.quantity > 0 and advice.order_in <= conf.FORECAST_WEEKS * DAYS


def _dismissed_lately(keys: Iterable[Any]) -> set[Any]:
    since = timezone.now() - timedelta(days=QUIET_DAYS)
    return set(
        ReorderSuggestion.objects.filter(
            product_id__in=list(keys), state=State.DISMISSED, decided_at__gte=since
        ).values_list("product_id", flat=True)
    )


def _suggestion(forecast: Forecast, advice: Advice, terms: SupplierPolicy, today: date) -> ReorderSuggestion:
    cost = None if terms.unit_cost is None else (terms.unit_cost * advice.quantity).quantize(Decimal("0.01"))
    return ReorderSuggestion(
        product_id=forecast.product_id,
        run_id=forecast.run_id,
        quantity=advice.quantity,
        order_by=advice.order_by(today) or today,
        days_of_cover=advice.days_of_cover,
        weekly_demand=advice.weekly_demand,
        reorder_point=advice.reorder_point,
        safety_stock=advice.safety_stock,
        lead_time_days=terms.lead_time_days,
        cost=cost,
    )
