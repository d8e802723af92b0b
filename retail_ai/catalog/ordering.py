"""Puts found products in another order than that of relevance: by price, rating, age or sales. Finds none itself."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext_lazy as _

from retail_ai.catalog.retrieval import Candidate
from retail_ai.events.models import Event
from retail_ai.stores import get_store

SORTS = {
    "relevance": _("Best match"),
    "price": _("Price, low to high"),
    "-price": _("Price, high to low"),
    "rating": _("Best rated"),
    "new": _("Newest"),
    "popular": _("Best selling"),
}
# Of what is found for words alone, only what is about this near to the best match is put in another order: else the
# cheapest "laptop" is a sleeve.
NEAR_THE_BEST = 0.6


def put_in_order(
    found: Sequence[Candidate], by: str, *, all_fit: bool, things: frozenset[Any] = frozenset()
) -> list[Candidate]:
    """The candidates in order; ``all_fit`` where a limit says what they are, so that all are in the running; else
    ``things``, those known to be of the kind asked for, or those near the best match."""
    if by not in SORTS or by == "relevance" or not found:
        return list(found)
    best = max(one.score for one in found)
    running = [one for one in found if all_fit or one.key in things] or [
        one for one in found if one.is_exact or one.score >= best * NEAR_THE_BEST or best <= 0
    ]
    chosen = {one.key for one in running}
    places = _places([one.key for one in running], by)
    ordered = sorted(running, key=lambda one: (places.get(one.key, (1, 0)), -one.score))
    return ordered + [one for one in found if one.key not in chosen]


def _places(keys: list[Any], by: str) -> dict[Any, tuple[int, Any]]:
    """What to sort by, smallest first; (1, 0) for products of which it is not known."""
    store = get_store()
    if by == "rating":
        return {key: (0, (-rating, -count)) for key, (_gist, rating, count) in store.review_gists(keys).items()}
    if by == "popular":
        return {key: (0, -count) for key, count in _sales(keys).items()}
    rows = store.products().in_bulk(keys)
    if by == "new":
        name = store.created_field
        return {key: (0, -getattr(row, name).timestamp()) for key, row in rows.items()} if name else {}
    sign = -1 if by == "-price" else 1
    prices = {key: store.price(row) for key, row in rows.items()}
    return {key: (0, sign * Decimal(price.amount)) for key, price in prices.items() if price is not None}


def _sales(keys: list[Any]) -> dict[Any, int]:
    bought = Event.objects.filter(kind=Event.Kind.PURCHASE, product__in=keys)
    return dict(bought.values_list("product").annotate(n=Count("pk")))


def browse(products: QuerySet[Any], limit: int) -> list[Candidate]:
    """Products for a need without words ("a gift under 50"): best sellers first, then the others."""
    bought = Event.objects.filter(kind=Event.Kind.PURCHASE, product__in=products.order_by().values("pk"))
    counts = bought.order_by().values("product").annotate(n=Count("pk")).order_by(F("n").desc(), "product")
    keys = dict.fromkeys(counts.values_list("product", flat=True)[:limit])
    if len(keys) < limit:
        keys |= dict.fromkeys(products.order_by("pk").values_list("pk", flat=True)[:limit])
    return [Candidate(key, 1.0 - place / (limit + 1), is_browsed=True) for place, key in enumerate(list(keys)[:limit])]
