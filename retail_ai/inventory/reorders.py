"""Reorder suggestions, made anew from forecasts; they are accepted, postponed, dismissed and taken back here.

What is accepted goes on its supplier's draft order and counts as on order until it is received.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.conf import conf
from retail_ai.engine.replenishment import DAYS
from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import Forecast, ReorderSuggestion, StockPlan
from retail_ai.inventory.plans import write_plans
from retail_ai.inventory.purchase_drafts import add_to_draft, take_from_draft
from retail_ai.inventory.selectors import Counsel, counsel_for, due_after

State = ReorderSuggestion.State
# What was dismissed is not suggested again for this long; what is postponed without a day comes back after a week.
QUIET_DAYS, POSTPONE_DAYS = 14, 7
MOST_UNITS = 10_000_000
CENT = Decimal("0.01")


@transaction.atomic
def refresh_suggestions(*, forecasts: Sequence[Forecast], today: date | None = None) -> int:
    """Replace the open suggestions and the stock plans of the forecasts' products; the number of suggestions now
    open. Decided ones stay, postponed ones until their day. What the shop no longer counts has no plan."""
    today = today or timezone.localdate()
    keys = [forecast.product_id for forecast in forecasts]
    mine = ReorderSuggestion.objects.filter(product_id__in=keys)
    mine.filter(state=State.POSTPONED, postponed_until__lte=today).delete()
    mine.filter(state=State.OPEN).delete()
    counsels = counsel_for(forecasts, today)
    write_plans(counsels, today)
    StockPlan.objects.filter(product_id__in=set(keys) - set(counsels)).delete()
    quiet = _quiet(keys)
    rows = [
        _suggestion(counsel, today)
        for key, counsel in counsels.items()
        if key not in quiet and counsel.offer.visible and _is_due(counsel)
    ]
    return len(ReorderSuggestion.objects.bulk_create(rows))


@transaction.atomic
def decide(
    *,
    suggestions: Iterable[int],
    state: str,
    by: Any,
    today: date | None = None,
    quantities: Mapping[int, int] | None = None,
    until: date | None = None,
) -> list[int]:
    """Accept, postpone or dismiss undecided suggestions; the keys of those that were undecided.

    ``quantities`` overrule the advised ones. What is accepted goes on the supplier's draft order. Raises InvalidInput
    for a quantity that is none or a day that has passed; nothing is then done.
    """
    today = today or timezone.localdate()
    if until is not None and until <= today:
        raise InvalidInput(_("Postpone to a day to come."))
    rows = list(
        ReorderSuggestion.objects.select_for_update(of=("self",))
        .filter(pk__in=list(suggestions), state__in=ReorderSuggestion.UNDECIDED)
        .order_by("pk")
    )
    for row in rows:
        _set_quantity(row, (quantities or {}).get(row.pk, row.quantity))
        row.state, row.decided_at, row.decided_by = state, timezone.now(), by
        row.due_on = due_after(row.lead_time_days, today) if state == State.ACCEPTED else None
        row.postponed_until = (until or today + timedelta(days=POSTPONE_DAYS)) if state == State.POSTPONED else None
    ReorderSuggestion.objects.bulk_update(
        rows, ["state", "decided_at", "decided_by", "due_on", "postponed_until", "quantity", "cost"]
    )
    if state == State.ACCEPTED:
        add_to_draft(rows, by=by)
    return [row.pk for row in rows]


@transaction.atomic
def reopen(*, suggestions: Iterable[int]) -> int:
    """Take decisions back; the number reopened. Others for the same product give way: the newest of those named is
    open, with the units of what had counted on each other. What has been ordered already stays accepted: its purchase
    order is the place to cancel it."""
    rows = list(
        ReorderSuggestion.objects.select_for_update(of=("self",))
        .filter(pk__in=list(suggestions))
        .exclude(state=State.OPEN)
        .order_by("pk")
    )
    free = [row for row in rows if row.state != State.ACCEPTED or take_from_draft(row)]
    newest = {row.product_id: row for row in free}
    _give_way(newest, [row for row in free if row.state == State.ACCEPTED and row is not newest[row.product_id]])
    return ReorderSuggestion.objects.filter(pk__in=[row.pk for row in newest.values()]).update(
        state=State.OPEN, decided_at=None, decided_by=None, due_on=None, postponed_until=None
    )


def _give_way(newest: Mapping[Any, ReorderSuggestion], older: list[ReorderSuggestion]) -> None:
    """Delete the ``older`` accepted suggestions and the open ones for the products of ``newest``. Each was worked out
    with what was accepted before it on its way, so that their units add up."""
    opened = ReorderSuggestion.objects.select_for_update(of=("self",)).filter(
        product_id__in=list(newest), state=State.OPEN
    )
    later = list(opened)
    for row in [*older, *(row for row in later if newest[row.product_id].state == State.ACCEPTED)]:
        kept = newest[row.product_id]
        kept.resize(min(MOST_UNITS, kept.quantity + row.quantity))
    ReorderSuggestion.objects.bulk_update(newest.values(), ["quantity", "cost"])
    ReorderSuggestion.objects.filter(pk__in=[row.pk for row in [*older, *later]]).delete()


def _set_quantity(row: ReorderSuggestion, quantity: int) -> None:
    if not 0 < quantity <= MOST_UNITS:
        raise InvalidInput(
            _("%(product)s: order a whole number from 1 to %(most)d.") % {"product": row.product, "most": MOST_UNITS}
        )
    row.resize(quantity)


def _is_due(counsel: Counsel) -> bool:
    advice = counsel.advice
    return advice.order_in is not None and advice.quantity > 0 and advice.order_in <= conf.FORECAST_WEEKS * DAYS


def _quiet(keys: Iterable[Any]) -> set[Any]:
    """Products that a person decided on lately: dismissed, or postponed to a day to come."""
    since = timezone.now() - timedelta(days=QUIET_DAYS)
    mine = ReorderSuggestion.objects.filter(product_id__in=list(keys))
    decided = mine.filter(state=State.DISMISSED, decided_at__gte=since) | mine.filter(state=State.POSTPONED)
    return set(decided.values_list("product_id", flat=True))


def _suggestion(counsel: Counsel, today: date) -> ReorderSuggestion:
    advice, how, forecast = counsel.advice, counsel.buying, counsel.forecast
    each = how.economics.margin if how.economics.margin is not None else how.economics.price
    lost = None if each is None else Decimal(str(max(0.0, each) * advice.lost_by_waiting)).quantize(CENT)
    units = min(advice.quantity, MOST_UNITS)
    return ReorderSuggestion(
        product_id=forecast.product_id,
        run_id=forecast.run_id,
        supplier=how.supplier,
        quantity=units,
        order_by=advice.order_by(today) or today,
        days_of_cover=advice.days_of_cover,
        weekly_demand=advice.weekly_demand,
        stock=counsel.stock,
        on_order=counsel.on_order,
        reorder_point=advice.reorder_point,
        safety_stock=advice.safety_stock,
        lead_time_days=how.terms.lead_time,
        service_level=how.terms.service_level,
        risk=advice.risk,
        lost_units=advice.lost_by_waiting,
        lost_value=lost,
        unit_cost=how.unit_cost,
        cost=None if how.unit_cost is None else (how.unit_cost * units).quantize(CENT),
        currency=how.currency,
    )
