"""On what terms a product is bought, put together from its own row, its supplier, the default row and the settings."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from retail_ai.conf import conf
from retail_ai.engine.facts import Offer, ProductKey
from retail_ai.engine.newsvendor import Economics, level_by_margin
from retail_ai.engine.replenishment import Terms
from retail_ai.inventory.models import Supplier, SupplierPolicy
from retail_ai.stores import get_store

LEVELS = ("lead_time_days", "lead_time_sd", "review_days", "service_level", "holding_rate")


@dataclass(frozen=True, slots=True)
class Buying:
    """How one product is bought. ``economics`` is in the shop's currency; its cost is None where the cost is not
    known or is in another currency, which ``problem`` then says ("no cost", "currency", "no margin")."""

    terms: Terms
    economics: Economics
    supplier: Supplier | None = None
    unit_cost: Decimal | None = None
    currency: str = ""
    article: str = ""
    elsewhere: int = 0
    elsewhere_due: date | None = None
    by_margin: bool = False
    problem: str = ""

    @property
    def lead_time_days(self) -> float:
        return self.terms.lead_time


def buying(keys: Iterable[ProductKey], offers: dict[Any, Offer] | None = None) -> dict[ProductKey, Buying]:
    """How each product is bought. ``offers`` (asked of the shop when not given) tell the price a margin needs."""
    keys = list(keys)
    offers = dict(get_store().offers(keys)) if offers is None else offers
    rows = SupplierPolicy.objects.filter(Q(product_id__in=keys) | Q(product=None)).select_related("supplier")
    own: dict[Any, SupplierPolicy] = {row.product_id: row for row in rows}
    default = own.get(None) or SupplierPolicy()
    return {key: _buying(own.get(key), default, offers.get(key)) for key in keys}


def _buying(own: SupplierPolicy | None, default: SupplierPolicy, offer: Offer | None) -> Buying:
    row = own or default
    supplier = row.supplier or default.supplier
    values = {name: _first(name, own, supplier, default) for name in LEVELS}
    currency = row.currency or get_store().currency
    economics, problem = _economics(row, currency, offer, values["holding_rate"])
    terms = Terms(
        lead_time=values["lead_time_days"],
        lead_time_sd=values["lead_time_sd"],
        minimum_order=row.minimum_order,
        pack_size=row.pack_size,
        service_level=values["service_level"],
        review=values["review_days"],
    )
    if row.by_margin:
        level = level_by_margin(economics, terms.review)
        problem = problem or ("" if level else "no margin")
        terms = replace(terms, service_level=level or terms.service_level)
    return Buying(
        terms, economics, supplier, row.unit_cost, currency, row.article, own.on_order if own else 0,
        own.on_order_due if own else None, row.by_margin, problem,
    )  # fmt: skip


def _first(name: str, *rows: Any) -> float:
    """The first row that states it, else the settings."""
    for row in rows:
        value = getattr(row, name, None)
        if value is not None:
            return float(value)
    return float(
        {
            "lead_time_days": conf.LEAD_TIME_DAYS,
            "lead_time_sd": 0,
            "review_days": 7,
            "service_level": conf.SERVICE_LEVEL,
            "holding_rate": conf.HOLDING_RATE,
        }[name]
    )


def _economics(row: SupplierPolicy, currency: str, offer: Offer | None, holding: float) -> tuple[Economics, str]:
    store = get_store()
    price = float(offer.price.amount) if offer and offer.price else None
    ours = offer.price.currency if offer and offer.price else store.currency
    if row.unit_cost is None:
        return Economics(price, None, holding), "no cost"
    if currency != ours:
        return Economics(price, None, holding), "currency"
    return Economics(price, float(row.unit_cost), holding), ""
