"""Weighs what speaks for a product as the answer to a query, and says when that is too little. Finds no products."""

from dataclasses import dataclass

# Weights of standard scores, words counting 1; the first measured on the Icecat judgements, the second on half of the
# queries in tests/catalog/queries.tsv. The limits below were set by eye on all of those queries and some more.
MEANING, SHELF = 0.5, 2.0
# Spread of the cosines of a query with a catalogue's products, and with its shelves; much the same for the sentence
# encoders tried.
MEANING_SPREAD, SHELF_SPREAD = 0.08, 0.13
# What a shelf loses that is only named after the thing asked for.
ASIDE = 1.0
# A product fits a query that it says whole. Else its cosine and its shelf's together must speak for it: the less the
# more of the query it says, its words weighed by rarity.
SPEAKS_FOR, NEEDED, LESS_FOR_WORDS = 0.63, 1.4, 2.0
# This much of a cosine speaks for a product whatever its shelf.
CLEARLY_LIKE = 0.3
# A product on no shelf has but its own cosine.
LIKE = 0.2


@dataclass(frozen=True, slots=True)
class Evidence:
    """For one product: BM25 score, share of the query's words (by rarity) that it says, its cosine and its shelf's.
    The latter is None for a product on no shelf, and both are where no embedder could be asked. ``aside``: its shelf
    is only named after the thing asked for."""

    words: float
    share: float
    cosine: float | None = None
    shelf: float | None = None
    aside: bool = False


def score(evidence: Evidence, spread: float) -> float:
    """Higher is better, within one query; ``spread`` is that of BM25 scores over the catalogue."""
    meaning = MEANING * (evidence.cosine or 0.0) / MEANING_SPREAD
    shelf = SHELF * (evidence.shelf or 0.0) / SHELF_SPREAD - ASIDE * evidence.aside
    return evidence.words / spread + meaning + shelf


def fits(evidence: Evidence) -> bool:
    """Whether there is enough to show the product at all."""
    if evidence.cosine is None:
        return evidence.words > 0
    if evidence.share > 0.99 or evidence.cosine >= CLEARLY_LIKE:
        return True
    if evidence.shelf is None:
        return evidence.words > 0 or evidence.cosine >= LIKE
    needed = min(SPEAKS_FOR, NEEDED - LESS_FOR_WORDS * evidence.share)
    return evidence.cosine + evidence.shelf >= needed
