"""Finds and ranks products for a query within a queryset: exact matches, then words and meaning together.

It understands no limits ("under 90") and loads no product: that is search's. It raises on nothing a shopper types.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from retail_ai.catalog.boosting import boosted
from retail_ai.catalog.evidence import Evidence, weigh_evidence
from retail_ai.catalog.lexical import mend, words_of
from retail_ai.catalog.meaning import Meaning, read_meaning
from retail_ai.catalog.rankers import current_ranker
from retail_ai.catalog.rereading import read_again
from retail_ai.catalog.statement import Asked, Found, find
from retail_ai.conf import conf
from retail_ai.engine.relevance import fits
from retail_ai.engine.variants import spread_variants

logger = logging.getLogger(__name__)
# Candidates by words, and by meaning in each space. With 200 and 100, or 150 and 60, Icecat has the same NDCG@10 and
# recall@50. They bound paging too: of a brand's 500 products that fit, some 130 can be paged through.
BY_WORDS, BY_MEANING = 100, 40
# A query this near to some product is understood as it stands: its strange word is of another language, or rare.
UNDERSTOOD = 0.4
# By so much nearer it is another word when it is written with a capital letter.
MUCH_NEARER = 0.15


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product's key, its score (higher is better, within one query), the query's words that it says, rarest first,
    whether its SKU or whole title is the query, and whether there were no words, so that it is only browsed."""

    key: Any
    score: float
    matched: tuple[str, ...] = ()
    is_exact: bool = False
    is_browsed: bool = False


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Candidates, best first; known words taken for mistyped ones; and notes, in the reader's language, on what could
    not be done."""

    candidates: tuple[Candidate, ...] = ()
    mended: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def retrieve(text: str, *, products: QuerySet[Any], limit: int = 200, guarded: bool = False) -> Retrieved:
    """The best ``limit`` products of a queryset for a text, best first; those that do not fit it are left out.

    One round trip to PostgreSQL, and a second only for a mistyped word. Empty texts give nothing. ``guarded``: within
    ``time_limit``, which says what took too long; OperationalError is raised then.
    """
    if not any(character.isalnum() for character in text) or limit < 1:
        return Retrieved()
    notes: list[str] = []
    try:
        evidence, mended = gather(text, products, notes, guarded=guarded)
    except OperationalError as error:
        if guarded:
            raise
        logger.warning("A search took too long or the database failed: %s", error)
        return Retrieved(notes=(_("This search took too long. Try fewer or other words."),))
    return Retrieved(_rank(text, evidence, limit), mended, tuple(notes))


def gather(
    text: str, products: QuerySet[Any], notes: list[str], *, guarded: bool = False
) -> tuple[Evidence, dict[str, str]]:
    """What speaks for each candidate, and which words were mended. Raises OperationalError."""
    meaning, asked, found = _ask(text, products, notes, guarded)
    near = _nearness(found, meaning)
    is_strange = any(not (word.entries or word.alike) for word in found.vocabulary.words)
    if near < UNDERSTOOD and is_strange and (capital := text.title()) != text:
        # Shoppers write German nouns small, which to an encoder are other words.
        written = _ask(capital, products, [], guarded)
        if _nearness(written[2], written[0]) >= near + MUCH_NEARER:
            meaning, asked, found = written
    mended: dict[str, str] = {}
    if _nearness(found, meaning) < UNDERSTOOD and (mended := mend(found.vocabulary)):
        asked = replace(asked, words=tuple(dict.fromkeys(mended.get(word, word) for word in asked.words)))
        found = find(asked, products, guarded=guarded)
    begun = {word.term for word in found.vocabulary.words if word.begun}
    return weigh_evidence(found, meaning), {slip: known for slip, known in mended.items() if slip not in begun}


def _ask(text: str, products: QuerySet[Any], notes: list[str], guarded: bool) -> tuple[Meaning, Asked, Found]:
    meaning = read_meaning(text, notes)
    for _again in range(2):
        asked = Asked(tuple(words_of(text)), text, meaning.spaces, meaning.vectors, BY_WORDS, BY_MEANING)
        found = find(asked, products, guarded=guarded)
        if found.serving == meaning.serving:
            break
        # Another space serves since it was last asked.
        notes.clear()
        meaning = read_meaning(text, notes, afresh=True)
    return meaning, asked, found


def _nearness(found: Found, meaning: Meaning) -> float:
    """The cosine of the query and the product nearest to it; 0 where nothing was found by meaning."""
    first = len(found.rows[0]) - len(meaning.spaces) if found.rows else 0
    return max((row[first] or 0.0 for row in found.rows), default=0.0) if meaning.spaces else 0.0


def _rank(text: str, evidence: Evidence, limit: int) -> tuple[Candidate, ...]:
    if not evidence.keys:
        return ()
    order, scores = in_order(evidence, current_ranker(evidence.names).score(evidence.shortlist(text)))
    again, at = read_again(text, evidence, order)[:limit], scores[order[:limit]].tolist()
    matched = evidence.matched(again)
    return tuple(
        Candidate(evidence.keys[i], score, words, bool(evidence.exact[i]))
        for i, score, words in zip(again, at, matched, strict=True)
    )


def in_order(evidence: Evidence, scores: NDArray[np.float64]) -> tuple[list[int], NDArray[np.float64]]:
    """Places of the candidates that fit, best first, exact matches before all, with variants apart; and the scores
    with the shop's boosts."""
    keep = fits(evidence.matrix, evidence.names, on_shelf=evidence.on_shelf) | evidence.exact
    kept = [int(i) for i in np.lexsort((-scores, ~evidence.exact)) if keep[i]]
    scores = boosted(scores, kept, evidence)
    kept.sort(key=lambda i: (not evidence.exact[i], -scores[i]))
    return spread_variants(kept, evidence.titles, most=conf.SEARCH["VARIANTS"]), scores
