"""Keeps sensitive categories out: nothing of them is suggested to a person or mailed. Nor is anything inferred from
them, which history sees to.

Which those are stands in ``RETAIL_AI["SENSITIVE_CATEGORIES"]``. A slate about a product that is itself sensitive, on
that product's own page, may show its like: it tells nothing of the person.
"""

from collections.abc import Iterable
from typing import Any

from retail_ai.conf import conf
from retail_ai.recommendations.categories import in_categories
from retail_ai.recommendations.wishes import Candidate, Wish

# Slates about a product or the shop, not about a person.
IMPERSONAL = frozenset({"similar", "bought_together", "popular", "trending", "need"})


def sensitive_among(keys: Iterable[Any]) -> set[Any]:
    """Keys of those of the products that are sensitive."""
    return in_categories(keys, conf.SENSITIVE_CATEGORIES)


def without_sensitive_keys(keys: Iterable[Any]) -> list[Any]:
    """The keys of products that are not sensitive, in their order."""
    keys = list(keys)
    sensitive = sensitive_among(keys)
    return [key for key in keys if key not in sensitive]


def without_sensitive(wish: Wish, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without sensitive ones, where the slate is about a person or goes by mail."""
    if not conf.SENSITIVE_CATEGORIES or (wish.slate in IMPERSONAL and not wish.in_mail):
        return candidates
    sensitive = sensitive_among(item.pk for item in candidates)
    return [item for item in candidates if item.pk not in sensitive]


def without_sensitive_products(products: Iterable[Any]) -> list[Any]:
    """Those of a shop's products that may be mailed, in their order."""
    products = list(products)
    sensitive = sensitive_among(product.pk for product in products)
    return [product for product in products if product.pk not in sensitive]
