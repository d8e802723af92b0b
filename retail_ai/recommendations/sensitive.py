"""Keeps sensitive categories out: nothing of them is suggested to a person or mailed. Nor is anything inferred from
them, which history sees to.

Which those are stands in ``RETAIL_AI["SENSITIVE_CATEGORIES"]``. A slate about a product that is itself sensitive, on
that product's own page, may show its like: it tells nothing of the person.
"""

from collections.abc import Iterable
from typing import Any

from retail_ai.conf import conf
from retail_ai.recommendations.categories import casefolded, category_names
from retail_ai.recommendations.ranking import Candidate, Wish

# Slates about a product or the shop, not about a person.
IMPERSONAL = frozenset({"similar", "bought_together", "popular", "trending", "need"})


def without_sensitive(wish: Wish, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without sensitive ones, where the slate is about a person or goes by mail."""
    names = casefolded(conf.SENSITIVE_CATEGORIES)
    if not names or (wish.slate in IMPERSONAL and not wish.in_mail):
        return candidates
    paths = category_names(item.pk for item in candidates)
    return [item for item in candidates if not names & paths.get(item.pk, frozenset())]


def without_sensitive_products(products: Iterable[Any]) -> list[Any]:
    """Those of a shop's products that may be mailed, in their order."""
    names, products = casefolded(conf.SENSITIVE_CATEGORIES), list(products)
    paths = category_names(product.pk for product in products) if names else {}
    return [product for product in products if not names & paths.get(product.pk, frozenset())]
