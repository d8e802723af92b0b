"""Answers a shopper's query with products: words and meaning fused, within limits that the shop's own rows decide.

It never raises on what a shopper types; what it could not do it says in ``notes``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.catalog.retrieval import Candidate, retrieve
from retail_ai.catalog.selectors import only
from retail_ai.engine.facts import ProductFilter
from retail_ai.engine.intents import clean, wish_of
from retail_ai.engine.text import UNITS, tokens
from retail_ai.stores import get_store

MAX_QUERY = 500
# Units of measure: a number with one of these is no price.
MEASURES = frozenset(UNITS.values())


@dataclass(frozen=True, slots=True)
class Hit:
    """A product found, its score (higher is better, comparable within one result only) and why it was found."""

    product: Any
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits, how many can be paged through in all, and notes on what could not be done."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    notes: tuple[str, ...] = ()


def search_products(
    query: str, *, limits: ProductFilter | None = None, limit: int = 20, offset: int = 0
) -> SearchResult:
    """Products for a query, best first: SKU or whole title, then words and meaning together."""
    text = " ".join(clean(str(query)).split())[:MAX_QUERY]
    if not any(character.isalnum() for character in text):
        return SearchResult(notes=(_("Type what you are looking for, in words."),))
    limit, offset = max(0, min(limit, 200)), max(0, offset)
    return _search(text, limits or ProductFilter(), limit, offset)


def more_like(text: str, *, limits: ProductFilter | None = None, limit: int = 10) -> SearchResult:
    """Products like a longer text: a description, a mail, a wish in a sentence."""
    return search_products(text, limits=limits, limit=limit)


def _search(typed: str, limits: ProductFilter, limit: int, offset: int) -> SearchResult:
    notes: list[str] = []
    text, limits = _understand(typed, limits, notes)
    products = get_store().narrow(limits)
    found = retrieve(text, products=products)
    notes += found.notes
    for slip, known in found.mended.items():
        notes.append(_("Showing results for “%(known)s” instead of “%(typed)s”.") % {"known": known, "typed": slip})
    hits = _hits(found.candidates[offset : offset + limit], products)
    return SearchResult(tuple(hits), len(found.candidates), tuple(notes))


def _understand(typed: str, limits: ProductFilter, notes: list[str]) -> tuple[str, ProductFilter]:
    """The words to search for, with a price limit among them made a limit; lengths and weights are no prices."""
    wish = wish_of(typed)
    prices = [price for price in (wish.min_price, wish.max_price) if price is not None]
    if any(f"{price}{unit}" in tokens(typed) for price in prices for unit in MEASURES):
        return typed, limits
    if wish.min_price is not None:
        limits = replace(limits, min_price=max(wish.min_price, limits.min_price or wish.min_price))
        notes.append(_("Only prices from %(price)s.") % {"price": wish.min_price})
    if wish.max_price is not None:
        limits = replace(limits, max_price=min(wish.max_price, limits.max_price or wish.max_price))
        notes.append(_("Only prices up to %(price)s.") % {"price": wish.max_price})
    return wish.words, limits


def _hits(page: Sequence[Candidate], products: QuerySet[Any]) -> list[Hit]:
    rows = {row.pk: row for row in only(products, [one.key for one in page])}
    return [Hit(rows[one.key], one.score, _reason(one)) for one in page if one.key in rows]


def _reason(found: Candidate) -> str:
    if found.is_exact:
        return _("exact match")
    if found.matched:
        return _("matches: %(words)s") % {"words": ", ".join(found.matched[:4])}
    return _("similar in meaning")
