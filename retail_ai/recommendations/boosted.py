"""Multiplies candidates' scores by what rooms at this one's side give their products, such as too much stock."""

from retail_ai.recommendations.wishes import Candidate, Part
from retail_ai.stores.boosts import boosts


def boosted(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates in their new order; the shares of a score's parts stay what they were."""
    unasked = [item.pk for item in candidates if item.boost is None]
    factors = (boosts(unasked) if unasked else {}) | {
        item.pk: item.boost for item in candidates if item.boost not in (None, 1.0)
    }
    if not factors:
        return candidates
    for item in candidates:
        factor = factors.get(item.pk, 1.0)
        item.score *= factor
        item.parts = [Part(p.kind, p.cause, p.amount * factor, p.support) for p in item.parts]
    return sorted(candidates, key=lambda item: -item.score)
