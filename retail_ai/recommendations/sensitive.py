"""Keeps sensitive categories out: nothing is inferred from them, nothing of them is suggested to a person or mailed.

Which those are stands in ``RETAIL_AI["SENSITIVE_CATEGORIES"]``. A slate about a product that is itself sensitive, on
that product's own page, may show its like: it tells nothing of the person.
"""

from dataclasses import replace

from retail_ai.conf import conf
from retail_ai.recommendations.history import Past
from retail_ai.recommendations.ranking import Candidate, Wish
from retail_ai.recommendations.rules import category_names, paths_of

# Slates about a product or the shop, not about a person.
IMPERSONAL = frozenset({"similar", "bought_together", "popular", "trending", "need"})


def sensitive_names() -> set[str]:
    """The configured categories, casefolded."""
    return {name.casefold() for name in conf.SENSITIVE_CATEGORIES}


def without_sensitive_deeds(past: Past) -> Past:
    """The past without deeds whose product is sensitive: it is no cause of anything."""
    names = sensitive_names()
    if not names or not past.deeds:
        return past
    paths = category_names([deed.product for deed in past.deeds])
    return replace(past, deeds=[deed for deed in past.deeds if not names & paths.get(deed.product, set())])


def without_sensitive(wish: Wish, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without sensitive ones, where the slate is about a person or goes by mail."""
    names = sensitive_names()
    if not names or (wish.slate in IMPERSONAL and not wish.in_mail):
        return candidates
    paths = paths_of(candidates)
    return [item for item in candidates if not names & paths.get(item.pk, set())]
