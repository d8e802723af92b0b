"""Gathers what speaks for each candidate of a search: its words, its own meaning, and its shelf's. Ranks nothing."""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from retail_ai.backends import Embedder
from retail_ai.catalog.distance import key_type, to_literal
from retail_ai.catalog.lexical import Matches, Words
from retail_ai.catalog.models import VectorSpace
from retail_ai.catalog.shelves import shelf_cosines
from retail_ai.engine.content import shelf_of
from retail_ai.engine.phrases import is_aside
from retail_ai.engine.relevance import Evidence

# Characters of an entry's text within which its category stands, if it has one.
TOP_OF_TEXT = 1_500


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query in the serving space: the thing it asks for, and the vectors of all its words and of that thing."""

    space: VectorSpace
    embedder: Embedder
    thing: str
    vectors: Any


def weigh_evidence(
    words: Words, matches: Matches, near: dict[Any, float], meaning: Meaning | None
) -> dict[Any, Evidence]:
    """Evidence for every candidate: words and meaning are each asked about what the other found."""
    whole = sum(words.rarity.values()) or 1.0
    keys = [*matches.scores, *(key for key in near if key not in matches.scores)]
    if meaning is None or not keys:
        return {key: Evidence(score, 1.0) for key, score in matches.scores.items()}
    rows = _look_up(keys, words, meaning)
    paths = {key: shelf_of(top) for key, _words, _said, _cosine, top in rows}
    shelves = shelf_cosines(filter(None, paths.values()), meaning.vectors, meaning.embedder)
    aside = {path for path in shelves if is_aside(meaning.thing, path[-1])}
    return {
        key: Evidence(by_words, said / whole, cosine, shelves.get(paths[key]), paths[key] in aside)
        for key, by_words, said, cosine, _top in rows
    }


def _look_up(keys: list[Any], words: Words, meaning: Meaning) -> list[tuple[Any, float, float, float, str]]:
    """(key, BM25 score, sum of the rarity of the words it holds, cosine, top of the text) of each product."""
    sql = (
        "SELECT e.product_id, -(e.weights <#> %s::sparsevec),"  # noqa: S608
        " (SELECT COALESCE(sum(rarity), 0) FROM unnest(%s::text[], %s::float8[]) w (word, rarity)"
        " WHERE word = ANY(e.terms)), COALESCE(-(v.embedding <#> %s::vector), 0),"
        f" left(e.text, {TOP_OF_TEXT}) FROM retail_ai_catalogentry e LEFT JOIN retail_ai_productvector v"
        f" ON v.product_id = e.product_id AND v.space_id = %s WHERE e.product_id = ANY(%s::{key_type()}[])"
    )
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        rarity: list[Any] = [list(words.rarity), list(words.rarity.values())]
        cursor.execute(sql, [words.vector, *rarity, to_literal(meaning.vectors[0]), meaning.space.pk, keys])
        return list(cursor.fetchall())
