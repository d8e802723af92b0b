"""Finds and ranks products for a query within a queryset: exact matches, then words and meaning together.

It understands no limits ("under 90") and loads no product: that is search's. It raises on nothing a shopper types.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.catalog.distance import nearest_keys
from retail_ai.catalog.evidence import Meaning, weigh_evidence
from retail_ai.catalog.lexical import Words, find_exact, match_words, read_words
from retail_ai.catalog.models import CatalogEntry
from retail_ai.catalog.spaces import active_space, embedder_of
from retail_ai.engine.phrases import head_of
from retail_ai.engine.relevance import Evidence, fits, score

BY_WORDS, BY_MEANING = 200, 100
# A query this near to some product is understood as it stands.
UNDERSTOOD = 0.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product's key, its score (higher is better, within one query), the query's words that it says, rarest first,
    whether its SKU or whole title is the query, and what it was ranked by, by name."""

    key: Any
    score: float
    matched: tuple[str, ...] = ()
    is_exact: bool = False
    features: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Candidates, best first; known words taken for mistyped ones; and notes, in the reader's language, on what could
    not be done."""

    candidates: tuple[Candidate, ...] = ()
    mended: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def retrieve(text: str, *, products: QuerySet[Any], limit: int = 200, language: str | None = None) -> Retrieved:
    """The best ``limit`` products of a queryset for a text, best first; those that do not fit it are left out.

    ``language``: the text's, where it is known (a code such as "de"). Empty texts give nothing.
    """
    if not any(character.isalnum() for character in text) or limit < 1:
        return Retrieved()
    notes: list[str] = []
    meaning = _embed(text, notes)
    near = dict(nearest_keys(meaning.vectors[0], products, BY_MEANING, meaning.space)) if meaning else {}
    # What is understood needs no mending: the word is of another language, or a rare one.
    words = read_words(text, mend=max(near.values(), default=0.0) < UNDERSTOOD)
    matches = match_words(words, products, BY_WORDS)
    exact = set(find_exact(text, products))
    evidence = weigh_evidence(words, matches, near, meaning)
    fused = {key: score(one, matches.spread) for key, one in evidence.items() if key in exact or fits(one)}
    ranked = sorted(fused, key=lambda key: (key not in exact, -fused[key]))[:limit]
    said = _matched(ranked, words)
    return Retrieved(
        tuple(Candidate(key, fused[key], said.get(key, ()), key in exact, _features(evidence[key])) for key in ranked),
        words.mended,
        tuple(notes),
    )


def _embed(text: str, notes: list[str]) -> Meaning | None:
    """The vectors of the query and of the thing it asks for, in the serving space; None, with a note, where words
    alone must do."""
    space = active_space()
    embedder = embedder_of(space) if space else None
    if space is None or embedder is None:
        notes.append(_("Searched by words only: the catalogue is not indexed for meaning yet."))
        return None
    thing = head_of(text)
    try:
        return Meaning(space, embedder, thing, embedder.embed([text, thing]))
    except Exception as error:
        notes.append(_("Searched by words only: %(reason)s") % {"reason": type(error).__name__})
        return None


def _matched(keys: list[Any], words: Words) -> dict[Any, tuple[str, ...]]:
    terms = CatalogEntry.objects.filter(pk__in=keys).values_list("pk", "terms")
    rarity = words.rarity
    return {
        key: tuple(sorted(rarity.keys() & set(said), key=lambda word: (-rarity[word], word))) for key, said in terms
    }


def _features(evidence: Evidence) -> dict[str, float]:
    values = {"words": evidence.words, "share": evidence.share, "cosine": evidence.cosine, "shelf": evidence.shelf}
    return {name: value for name, value in values.items() if value is not None}
