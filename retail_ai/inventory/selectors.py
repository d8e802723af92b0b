"""Reads of the inventory room: newest forecasts, what is on order, what is advised, what others may show or mail."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from retail_ai.engine.facts import Offer, ProductKey
from retail_ai.engine.replenishment import Advice, Demand, advise_on
from retail_ai.inventory.models import Forecast, PurchaseOrder, PurchaseOrderLine, ReorderSuggestion
from retail_ai.inventory.terms import Buying, buying
from retail_ai.stores import get_store

# An order whose day of delivery nobody stated is expected in so many days.
UNSTATED_DAYS = 14


@dataclass(frozen=True, slots=True)
class Counsel:
    """All that is known and advised of one product's stock. ``arrivals`` are units on their way by day from today."""

    forecast: Forecast
    offer: Offer
    buying: Buying
    arrivals: dict[int, int]
    advice: Advice

    @property
    def stock(self) -> int:
        return self.offer.stock or 0

    @property
    def on_order(self) -> int:
        return sum(self.arrivals.values())


def latest_forecasts(keys: Iterable[ProductKey] | None = None) -> QuerySet[Forecast]:
    """The newest forecast of each product."""
    newest = Forecast.objects.order_by("product_id", "-run_id").distinct("product_id")
    if keys is not None:
        newest = newest.filter(product_id__in=list(keys))
    return Forecast.objects.filter(pk__in=newest.values("pk")).select_related("product", "run")


def arrivals(
    keys: Iterable[ProductKey], terms: dict[Any, Buying] | None = None, today: date | None = None
) -> dict[ProductKey, dict[int, int]]:
    """Units on their way by product and days from today; what is overdue is expected today. Drafts count: what was
    accepted will be ordered, today at the earliest."""
    today = today or timezone.localdate()
    wanted: list[Any] = list(keys)
    terms = buying(wanted) if terms is None else terms
    found: dict[Any, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    lines = PurchaseOrderLine.objects.filter(
        product_id__in=wanted, order__state__in=PurchaseOrder.COMING, quantity__gt=F("received")
    )
    for product, quantity, received, due, state in lines.values_list(
        "product_id", "quantity", "received", "order__expected_on", "order__state"
    ):
        least = round(terms[product].lead_time_days) if state == PurchaseOrder.State.DRAFT else 0
        found[product][max(least, _days_until(due, today))] += quantity - received
    for product, units, day in _accepted_without_an_order(wanted, today):
        found[product][_days_until(day, today)] += units
    for key, how in terms.items():
        if how.elsewhere:
            found[key][_days_until(how.elsewhere_due, today)] += how.elsewhere
    return {key: dict(days) for key, days in found.items()}


def _accepted_without_an_order(keys: list[Any], today: date) -> Iterable[tuple[Any, int, date | None]]:
    """What was accepted before there were purchase orders, until its day."""
    rows = ReorderSuggestion.objects.filter(
        product_id__in=keys, state=ReorderSuggestion.State.ACCEPTED, due_on__gte=today
    ).exclude(product_id__in=PurchaseOrderLine.objects.filter(product_id__in=keys).values("product"))
    return rows.values_list("product_id", "quantity", "due_on")


def on_order(keys: Iterable[ProductKey], today: date | None = None) -> dict[ProductKey, int]:
    """Units ordered and not received."""
    return {key: sum(days.values()) for key, days in arrivals(keys, today=today).items()}


def demand_of(forecast: Forecast) -> Demand:
    """A forecast as the engine wants it; figures that are no figures count as none expected."""
    mean = [max(0.0, value) if value == value else 0.0 for value in forecast.mean]
    return Demand(mean, max(0.0, forecast.sigma), forecast.cumulative_sigma, forecast.shape)


def counsel_for(forecasts: Iterable[Forecast], today: date | None = None) -> dict[ProductKey, Counsel]:
    """What to do now about each forecast's product; products whose stock the shop does not count are left out."""
    by_key = {forecast.product_id: forecast for forecast in forecasts}
    offers: dict[Any, Offer] = dict(get_store().offers(by_key))
    terms = buying(by_key, offers)
    coming = arrivals(by_key, terms, today)
    found: dict[ProductKey, Counsel] = {}
    for key, forecast in by_key.items():
        stock = offers[key].stock if key in offers else None
        if stock is None:
            continue
        units = coming.get(key, {})
        advice = advise_on(demand_of(forecast), stock=stock, on_order=sum(units.values()), terms=terms[key].terms)
        found[key] = Counsel(forecast, offers[key], terms[key], units, advice)
    return found


def advice_for(forecasts: Iterable[Forecast]) -> dict[ProductKey, Advice]:
    """As ``counsel_for``, the advice alone."""
    return {key: counsel.advice for key, counsel in counsel_for(forecasts).items()}


def advice_line(advice: Advice, today: date | None = None) -> str:
    """One sentence for people: "Sells 3.2 a week; 12 days of cover; order 40 by 3 Dec"."""
    parts = [_("Sells %(rate)s a week") % {"rate": formats.number_format(round(advice.weekly_demand, 1), 1)}]
    if advice.days_of_cover is not None:
        parts.append(_("%(days)d days of cover") % {"days": advice.days_of_cover})
    by = advice.order_by(today or timezone.localdate())
    if by is not None and advice.quantity:
        day = formats.date_format(by, "j M" if by.year == timezone.localdate().year else "j M Y")
        parts.append(_("order %(quantity)d by %(day)s") % {"quantity": advice.quantity, "day": day})
    return "; ".join(parts)


def product_search_fields() -> tuple[str, ...]:
    """Lookups for an admin's search box: the shop's own title and SKU."""
    store = get_store()
    return tuple(f"product__{name}" for name in (store.title_field, store.sku_field) if name)


def due_after(lead_time: float, today: date | None = None) -> date:
    """When something ordered now should be here."""
    return (today or timezone.localdate()) + timedelta(days=round(lead_time))


def _days_until(due: date | None, today: date) -> int:
    return UNSTATED_DAYS if due is None else max(0, (due - today).days)
