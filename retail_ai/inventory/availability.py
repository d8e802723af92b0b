"""What other rooms may ask: which products to show sooner for their stock, and which cannot be delivered for long."""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone

from retail_ai.conf import conf
from retail_ai.engine.facts import Offer, ProductKey
from retail_ai.inventory.models import PurchaseOrder, PurchaseOrderLine, StockPlan
from retail_ai.stores import get_store
from retail_ai.stores.boosts import register_boost

# A mail is read for so many days: what will be gone before is not promised in it.
MAIL_DAYS = 7


def stock_boosts(keys: list[Any]) -> dict[Any, float]:
    """Factors for a recommendation's score by how the stock stood at the last plan; see RETAIL_AI["STOCK_BOOSTS"]."""
    factors = {status: float(factor) for status, factor in conf.STOCK_BOOSTS.items() if factor != 1}
    if not factors:
        return {}
    rows = StockPlan.objects.filter(product_id__in=keys, status__in=list(factors)).order_by()
    return {key: factors[status] for key, status in rows.values_list("product_id", "status")}


def stock_boost_text(key: str) -> str:
    """What ``stock_boosts`` says of one product, as SQL."""
    return _boost_text(key, tuple(conf.STOCK_BOOSTS.items()))


@lru_cache(maxsize=64)
def _boost_text(key: str, factors: tuple[tuple[str, Any], ...]) -> str:
    given = {status: float(factor) for status, factor in factors if factor != 1 and status in _STATUSES}
    cases = " ".join(f"WHEN '{status}' THEN {factor!r}" for status, factor in given.items())
    if not cases:
        return "NULL::float8"
    return f"(SELECT CASE status {cases} END FROM {StockPlan._meta.db_table} WHERE product_id = {key})"  # noqa: S608


def undeliverable(keys: Iterable[ProductKey], *, days: int = MAIL_DAYS) -> set[Any]:
    """Those of the products that cannot be delivered through the next ``days``: hidden, out of stock now, or selling
    out within them for all that is on its way. Stock is asked of the shop now, the rate of the last plan."""
    wanted: list[Any] = list(keys)
    offers: dict[Any, Offer] = dict(get_store().offers(wanted))
    gone = {key for key in wanted if key not in offers or not offers[key].sellable}
    rates = StockPlan.objects.filter(product_id__in=wanted, weekly_demand__gt=0).order_by()
    short = {
        key: rate * days / 7 - (offers[key].stock or 0)
        for key, rate in rates.values_list("product_id", "weekly_demand")
        if key in offers and offers[key].stock is not None
    }
    soon = {key for key, units in short.items() if units > 0} - gone
    coming = _coming(soon, days)
    return gone | {key for key in soon if coming.get(key, 0) < short[key]}


def deliverable(products: list[Any], *, days: int = MAIL_DAYS) -> list[Any]:
    """The products without those that cannot be delivered, in their order."""
    gone = undeliverable([product.pk for product in products], days=days)
    return [product for product in products if product.pk not in gone]


def _coming(keys: set[Any], days: int) -> dict[Any, int]:
    """Units of a delivery in time, by product. Nobody knows when an overdue one will come."""
    today = timezone.localdate()
    lines = PurchaseOrderLine.objects.filter(
        product_id__in=keys,
        received__lt=F("quantity"),
        order__state__in=[PurchaseOrder.State.ORDERED, PurchaseOrder.State.PARTLY],
        order__expected_on__range=(today, today + timedelta(days=days)),
    )
    units = lines.order_by().values("product_id").annotate(units=Sum(F("quantity") - F("received")))
    return dict(units.values_list("product_id", "units"))


_STATUSES = frozenset(StockPlan.Status.values)
register_boost("stock", stock_boosts, text=stock_boost_text)
