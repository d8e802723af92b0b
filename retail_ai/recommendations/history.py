"""Reads what one person did lately and what must not be suggested to them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from retail_ai.conf import conf
from retail_ai.events.models import Event
from retail_ai.privacy.selectors import may_personalise
from retail_ai.recommendations.models import HiddenProduct
from retail_ai.stores import get_store

NEWEST = 60
MOST_BOUGHT = 2000


@dataclass(frozen=True, slots=True)
class Deed:
    """A product someone dealt with, and how: the strongest of viewed, put in the cart, bought."""

    product: Any
    kind: str


@dataclass(frozen=True, slots=True)
class Past:
    """``deeds``: newest first, each product once. ``blocked``: products bought or hidden."""

    deeds: list[Deed]
    blocked: set[Any]


def past_of(*, customer: Any = None, visitor: str = "") -> Past:
    """What may be used of a person; nothing for someone unknown or who declined (hidden products still count)."""
    if customer is None and not visitor:
        return Past([], set())
    who = Q(customer=customer) if customer is not None else Q(visitor=visitor, customer=None)
    hidden = set(HiddenProduct.objects.filter(who).values_list("product_id", flat=True))
    if not may_personalise(customer=customer, visitor=visitor):
        return Past([], hidden)
    events = Event.objects.filter(who, product__isnull=False, kind__in=Event.HISTORY).order_by("-occurred_at", "-pk")
    rows = list(events.values_list("product_id", "kind")[:NEWEST])
    return Past(_deeds(rows, hidden), hidden | _not_again(_bought(events, rows)))


def _deeds(rows: list[tuple[Any, str]], hidden: set[Any]) -> list[Deed]:
    """Hidden products speak for nothing any more."""
    strength = {kind.value: place for place, kind in enumerate(Event.HISTORY)}
    strongest: dict[Any, str] = {}
    for product, kind in rows:
        if product not in hidden and strength[kind] >= strength.get(strongest.get(product, ""), -1):
            strongest[product] = kind
    return [Deed(product, kind) for product, kind in strongest.items()]


def _bought(events: Any, rows: list[tuple[Any, str]]) -> set[Any]:
    """Purchases among the newest events, and further back only where there is more than those."""
    bought = {product for product, kind in rows if kind == Event.Kind.PURCHASE}
    if len(rows) == NEWEST:
        older = events.filter(kind=Event.Kind.PURCHASE).values_list("product_id", flat=True)[:MOST_BOUGHT]
        bought.update(older)
    return bought


def _not_again(bought: set[Any]) -> set[Any]:
    """Those that are not bought again and again, by category."""
    again = {name.casefold() for name in conf.REPEAT_CATEGORIES}
    if not again or not bought:
        return bought
    store = get_store()
    return {
        product.pk
        for product in store.products().filter(pk__in=bought)
        if not again & {name.casefold() for name in store.category_path(product)}
    }
