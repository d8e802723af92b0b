"""Weighs the words of a product for BM25 with fields (Robertson & Zaragoza, 2009). Counts no catalogue: rarity is
asked for at query time, so that it is always that of the catalogue as it stands.
"""

from collections import Counter
from zlib import crc32

from retail_ai.engine.content import says_something, spoken
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.phrases import is_purpose, split_purpose, things_of
from retail_ai.engine.text import tokens

# Terms are numbered by hash, so that a product can be weighed without a vocabulary. Two of 100,000 terms share a
# number five times: rare enough not to matter, since candidates are found by the terms themselves.
SLOTS = 1_000_000_000
MAX_TERMS = 400
K1, B, REFERENCE_LENGTH = 1.2, 0.7, 120.0
TITLE, BRAND, CATEGORY, ATTRIBUTE, NAME, DESCRIPTION, REVIEW = 3.0, 2.0, 2.0, 1.0, 0.4, 1.0, 0.5
# What a thing is for ("case for iPhone 13", "compatible with: …") says less of what it is.
PURPOSE = 0.5


def slot(term: str) -> int:
    """The term's number, 0 to SLOTS - 1."""
    return crc32(term.encode()) % SLOTS


def weigh(facts: ProductFacts) -> dict[str, float]:
    """Terms of a product with their saturated frequency, 0 to 1; a score is the sum of rarity × this."""
    counts = _count(facts)
    kept = counts.most_common(MAX_TERMS)
    room = K1 * (1 - B + B * sum(counts.values()) / REFERENCE_LENGTH)
    return {term: count / (count + room) for term, count in kept}


def _count(facts: ProductFacts) -> Counter[str]:
    counts: Counter[str] = Counter()
    thing, purpose = split_purpose(facts.title)
    _add(counts, f"{thing} {facts.sku}", TITLE)
    _add(counts, purpose, TITLE * PURPOSE)
    _add(counts, facts.brand, BRAND)
    for token, weight in _category(facts.category).items():
        counts[token] += weight  # type: ignore[assignment]
    for attribute in facts.attributes:
        if says_something(attribute):
            _add(counts, spoken(attribute), ATTRIBUTE * (PURPOSE if is_purpose(attribute.name) else 1))
            _add(counts, attribute.name, NAME)
    _add(counts, facts.description[:4_000], DESCRIPTION)
    _add(counts, facts.review_gist, REVIEW)
    return counts


def _category(path: tuple[str, ...]) -> dict[str, float]:
    """A word counts once in a path, by where it counts most: "phone" is no more a phone case's than a smartphone's."""
    weights: dict[str, float] = {}
    for name in path:
        things = {token for thing in things_of(name) for token in tokens(thing)}
        for token in tokens(name):
            weights[token] = max(weights.get(token, 0.0), CATEGORY * (1 if token in things else PURPOSE))
    return weights


def _add(counts: Counter[str], text: str, weight: float) -> None:
    for token in tokens(text):
        counts[token] += weight  # type: ignore[assignment]
