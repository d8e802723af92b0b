"""Answers a shopper's query with products: words and meaning fused, within limits that the shop's own rows decide.

It never raises on what a shopper types; what it could not do it says in ``notes``.
"""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.catalog.distance import key_type, nearest_keys, to_literal
from retail_ai.catalog.lexical import Matches, Words, find_exact, match_words, read_words
from retail_ai.catalog.models import CatalogEntry, VectorSpace
from retail_ai.catalog.selectors import only
from retail_ai.catalog.spaces import active_space, embedder_of
from retail_ai.engine.facts import ProductFilter
from retail_ai.engine.text import fold
from retail_ai.stores import get_store

MAX_QUERY = 500
BY_WORDS, BY_MEANING = 200, 100
# Fusion of standard scores: words count 1, meaning this much; measured on the Icecat judgements.
MEANING_WEIGHT = 0.5
# Spread of the cosines of a query with a catalogue; the same to a third for the sentence encoders tried.
MEANING_SPREAD = 0.08
# Nothing is called similar below this cosine.
LEAST_COSINE = 0.2


@dataclass(frozen=True, slots=True)
class Hit:
    """A product found, its score (higher is better, comparable within one result only) and why it was found."""

    product: Any
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits, how many can be paged through in all, and notes on what could not be done."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    notes: tuple[str, ...] = ()


def search_products(
    query: str, *, limits: ProductFilter | None = None, limit: int = 20, offset: int = 0
) -> SearchResult:
    """Products for a query, best first: SKU or whole title, then words and meaning together."""
    text = fold(str(query))[:MAX_QUERY]
    if not any(character.isalnum() for character in text):
        return SearchResult(notes=(_("Type what you are looking for, in words."),))
    limit, offset = max(0, min(limit, 200)), max(0, offset)
    return _search(text, get_store().narrow(limits or ProductFilter()), limit, offset)


def more_like(text: str, *, limits: ProductFilter | None = None, limit: int = 10) -> SearchResult:
    """Products like a longer text: a description, a mail, a wish in a sentence."""
    return search_products(text, limits=limits, limit=limit)


def _search(text: str, products: QuerySet[Any], limit: int, offset: int) -> SearchResult:
    notes: list[str] = []
    words = read_words(text)
    for typed, known in words.mended.items():
        notes.append(_("Showing results for “%(known)s” instead of “%(typed)s”.") % {"known": known, "typed": typed})
    matches = match_words(words, products, BY_WORDS)
    space = active_space()
    vector = _embed(text, space, notes)
    near = dict(nearest_keys(vector, products, BY_MEANING, space)) if space and vector is not None else {}
    exact = find_exact(text, products)
    ranked = _rank(_score(matches, near, words, vector, space), matches, set(exact))
    hits = _hits(ranked[offset : offset + limit], products, words, set(exact))
    return SearchResult(tuple(hits), len(ranked), tuple(notes))


def _embed(text: str, space: VectorSpace | None, notes: list[str]) -> Any:
    """The query's vector in the serving space; None, with a note, where words alone must do."""
    embedder = embedder_of(space) if space else None
    if embedder is None:
        notes.append(_("Searched by words only: the catalogue is not indexed for meaning yet."))
        return None
    try:
        return embedder.embed([text])[0]
    except Exception as error:
        notes.append(_("Searched by words only: %(reason)s") % {"reason": type(error).__name__})
        return None


def _score(
    matches: Matches, near: dict[Any, float], words: Words, vector: Any, space: VectorSpace | None
) -> dict[Any, tuple[float, float]]:
    """(word score, cosine) of every candidate: each side is asked about what the other found."""
    keys = [*matches.scores, *(key for key in near if key not in matches.scores)]
    if not keys or vector is None or space is None:
        return {key: (score, 0.0) for key, score in matches.scores.items()}
    sql = (
        "SELECT e.product_id, -(e.weights <#> %s::sparsevec), COALESCE(-(v.embedding <#> %s::vector), 0)"  # noqa: S608
        " FROM retail_ai_catalogentry e LEFT JOIN retail_ai_productvector v"
        f" ON v.product_id = e.product_id AND v.space_id = %s WHERE e.product_id = ANY(%s::{key_type()}[])"
    )
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, [words.vector, to_literal(vector), space.pk, keys])
        return {key: (by_words, cosine) for key, by_words, cosine in cursor.fetchall()}


def _rank(scored: dict[Any, tuple[float, float]], matches: Matches, exact: set[Any]) -> list[tuple[Any, float]]:
    fused = {
        key: by_words / matches.spread + MEANING_WEIGHT * cosine / MEANING_SPREAD
        for key, (by_words, cosine) in scored.items()
        if by_words > 0 or cosine >= LEAST_COSINE
    }
    return sorted(fused.items(), key=lambda pair: (pair[0] not in exact, -pair[1]))


def _hits(page: list[tuple[Any, float]], products: QuerySet[Any], words: Words, exact: set[Any]) -> list[Hit]:
    keys = [key for key, _score in page]
    rows = {row.pk: row for row in only(products, keys)}
    terms = dict(CatalogEntry.objects.filter(pk__in=keys).values_list("pk", "terms"))
    return [
        Hit(rows[key], score, _reason(words, terms.get(key, ()), key in exact)) for key, score in page if key in rows
    ]


def _reason(words: Words, terms: Any, exact: bool) -> str:
    if exact:
        return _("exact match")
    common = sorted(set(words.rarity).intersection(terms), key=lambda word: -words.rarity[word])
    return _("matches: %(words)s") % {"words": ", ".join(common[:4])} if common else _("similar in meaning")
