"""Keeps sensitive categories out: nothing is inferred from them, nothing of them is suggested to a person or mailed.

Which those are stands in ``RETAIL_AI["SENSITIVE_CATEGORIES"]``. A slate about a product that is itself sensitive, on
that product's own page, may show its like: it tells nothing of the person.
"""

from dataclasses import replace

from retail_ai.conf import conf
from retail_ai.recommendations.categories import casefolded, category_names
from retail_ai.recommendations.history import Past
from retail_ai.recommendations.ranking import Candidate, Wish

# Slates about a product or the shop, not about a person.
IMPERSONAL = frozenset({"similar", "bought_together", "popular", "trending", "need"})


def without_sensitive_deeds(past: Past) -> Past:
    """The past without deeds whose product is sensitive: it is no cause of anything."""
    names = casefolded(conf.SENSITIVE_CATEGORIES)
    if not names or not past.deeds:
        return past
    paths = category_names(deed.product for deed in past.deeds)
    return replace(past, deeds=[deed for deed in past.deeds if not names & paths.get(deed.product, frozenset())])


def without_sensitive(wish: Wish, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without sensitive ones, where the slate is about a person or goes by mail."""
    names = casefolded(conf.SENSITIVE_CATEGORIES)
    if not names or (wish.slate in IMPERSONAL and not wish.in_mail):
        return candidates
    paths = category_names(item.pk for item in candidates)
    return [item for item in candidates if not names & paths.get(item.pk, frozenset())]
