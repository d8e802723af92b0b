"""Weighs the words of a product for BM25 with fields (Robertson & Zaragoza, 2009). Counts no catalogue: rarity is
asked for at query time, so that it is always that of the catalogue as it stands.
"""

from collections import Counter
from zlib import crc32

from retail_ai.engine.content import says_something, spoken
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.text import tokens

# Terms are numbered by hash, so that a product can be weighed without a vocabulary. Two of 100,000 terms share a
# number five times: rare enough not to matter, since candidates are found by the terms themselves.
SLOTS = 1_000_000_000
MAX_TERMS = 400
K1, B, REFERENCE_LENGTH = 1.2, 0.7, 120.0
TITLE, BRAND, CATEGORY, ATTRIBUTE, NAME, DESCRIPTION, REVIEW = 3.0, 2.0, 2.0, 1.0, 0.4, 1.0, 0.5


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
    _add(counts, f"{facts.title} {facts.sku}", TITLE)
    _add(counts, facts.brand, BRAND)
    _add(counts, " ".join(facts.category), CATEGORY)
    for attribute in facts.attributes:
        if says_something(attribute):
            _add(counts, spoken(attribute), ATTRIBUTE)
            _add(counts, attribute.name, NAME)
    _add(counts, facts.description[:4_000], DESCRIPTION)
    _add(counts, facts.review_gist, REVIEW)
    return counts


def _add(counts: Counter[str], text: str, weight: float) -> None:
    for token in tokens(text):
        counts[token] += weight  # type: ignore[assignment]
