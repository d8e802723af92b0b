"""One message to PostgreSQL that answers a search: settings, which spaces serve, what is known of the words, and the
candidates with all that speaks for them. Ranks nothing.

On a busy machine a round trip to the server costs more than many a search.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import QuerySet
from numpy.typing import ArrayLike
from psycopg import ClientCursor

from retail_ai.catalog.distance import near_fragment, set_up_statement, subquery, to_literal
from retail_ai.catalog.lexical import ASKED, BY_WORDS, SAID, Vocabulary, read_vocabulary, vocabulary_statement
from retail_ai.catalog.models import VectorSpace
from retail_ai.catalog.prepared import USE_KEPT_PLANS, Kept, PlansLost, Values, kept_by, watched
from retail_ai.conf import conf
from retail_ai.engine.terms import number_of
from retail_ai.engine.text import fold

# What HNSW keeps in hand beyond the candidates that are asked for. Much else ranks them, so that one in a hundred may
# be missed: with 400 in hand a search ranked no better (NDCG@10 on Icecat .770 both ways) and took longer.
IN_HAND = 20
_SERVING = "SELECT id, has_index FROM retail_ai_vectorspace WHERE state IN ('active', 'beside') ORDER BY id"
# In a transaction the shop's own limit is put back.
_LIMIT = (
    "SELECT set_config('retail_ai.before', current_setting('statement_timeout'), true),"
    " set_config('statement_timeout', '{milliseconds}', true)"
)
_NO_LIMIT = "SELECT set_config('statement_timeout', current_setting('retail_ai.before'), true)"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for: the words, the whole text, and its vector in each space."""

    words: tuple[str, ...]
    text: str
    spaces: tuple[VectorSpace, ...]
    vectors: tuple[ArrayLike, ...]
    by_words: int
    by_meaning: int


@dataclass(frozen=True, slots=True)
class Found:
    """Rows (key, is exact, title, shelf, brand, length, places, weights, frequencies, counts, choice, popularity,
    margin, since, cosine in each space), what is known of the words, and (id, has index) of the spaces that serve."""

    rows: list[tuple[Any, ...]]
    vocabulary: Vocabulary
    serving: tuple[tuple[int, bool], ...]


def find(asked: Asked, products: QuerySet[Any], *, guarded: bool = False) -> Found:
    """Ask PostgreSQL, once. Raises OperationalError where it takes longer than RETAIL_AI['SEARCH_TIMEOUT_MS'].

    ``guarded``: the caller's transaction has that limit and ends with the error, so no savepoint is needed; it asks
    again after PlansLost.
    """
    try:
        return _find(asked, products, guarded)
    except PlansLost:
        if guarded:
            raise
        return _find(asked, products, guarded)


def _find(asked: Asked, products: QuerySet[Any], guarded: bool) -> Found:
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    fill, kept = ClientCursor(connection.connection).mogrify, kept_by(connection)
    message = "; ".join(
        [
            _LIMIT.format(milliseconds=int(conf.SEARCH_TIMEOUT_MS)),
            set_up_statement(asked.by_meaning, in_hand=asked.by_meaning + IN_HAND),
            _SERVING,
            *([USE_KEPT_PLANS] if kept else []),
            *_ask(lambda values: _vocabulary(asked, fill, values), kept),
            *_ask(lambda values: _candidates(asked, products, fill, values), kept),
            _NO_LIMIT,
        ]
    )
    with watched(kept):
        if guarded or not connection.in_atomic_block:
            return _send(message)
        with transaction.atomic(using=DEFAULT_DB_ALIAS):
            return _send(message)


def _ask(statement: Callable[[Values], str], kept: Kept | None) -> list[str]:
    values = Values(are_numbered=kept is not None)
    text = statement(values)
    return kept.ask(text, values.literals) if kept is not None else [text]


def _send(message: str) -> Found:
    results: list[list[tuple[Any, ...]]] = []
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(message)
        results += [cursor.fetchall()]
        while cursor.nextset():
            # What prepares a statement answers nothing.
            results += [cursor.fetchall()] if cursor.description else []
    serving, words, rows = results[2], results[-3], results[-2]
    return Found(rows, read_vocabulary(words), tuple((key, has_index) for key, has_index in serving))


def _vocabulary(asked: Asked, fill: Any, values: Values) -> str:
    return vocabulary_statement(*_words(asked, fill, values), values.put(str(len(asked.words)), "int"))


def _words(asked: Asked, fill: Any, values: Values) -> tuple[str, str]:
    """SQL of the words and of their numbers."""
    numbers = [number_of(word) for word in asked.words]
    return values.put(fill("%s", [list(asked.words)]), "text[]"), values.put(fill("%s", [numbers]), "int[]")


def _candidates(asked: Asked, products: QuerySet[Any], fill: Any, values: Values) -> str:
    allowed = fill(*subquery(products))
    terms, numbers = _words(asked, fill, values)
    vectors = [values.put(f"'{to_literal(vector)}'", "vector") for vector in asked.vectors]
    folded = fold(asked.text)
    parts = [
        ASKED.format(terms=terms, numbers=numbers),
        BY_WORDS.format(allowed=allowed, limit=asked.by_words),
        _exact(values.put(fill("%s", [folded]), "text"), allowed),
        *near_fragment(list(zip(asked.spaces, vectors, strict=True)), allowed, asked.by_meaning),
        f"candidates AS MATERIALIZED ({_together(asked.spaces)})",
    ]
    words = values.put(fill("%s", [folded[:200]]), "text")
    return f"WITH {', '.join(parts)} {_rows(asked.spaces, words)}"


def _exact(folded: str, allowed: str) -> str:
    """Products whose SKU or whole title is the query."""
    return (
        "exact AS MATERIALIZED (SELECT product_id FROM retail_ai_catalogentry"  # noqa: S608
        f" WHERE (sku = {folded} OR title = {folded}) AND product_id IN ({allowed}) LIMIT 20)"
    )


def _together(spaces: Sequence[VectorSpace]) -> str:
    """Each product once: whether it is an exact match, and its distance in those spaces in which it is near."""
    rows = [("by_words", "false", None), ("exact", "true", None), *((f"near_{s.pk}", "false", s) for s in spaces)]
    selects = []
    for name, is_exact, near in rows:
        distances = "".join(f", {'distance' if space is near else 'NULL::float8'}" for space in spaces)
        selects.append(f"SELECT product_id, {is_exact}{distances} FROM {name}")  # noqa: S608
    columns = "".join(f", distance_{space.pk}" for space in spaces)
    nearest = "".join(f", min(distance_{space.pk}) AS distance_{space.pk}" for space in spaces)
    return (
        f"SELECT product_id, bool_or(is_exact) AS is_exact{nearest} FROM ({' UNION ALL '.join(selects)})"  # noqa: S608
        f" found (product_id, is_exact{columns}) GROUP BY product_id"
    )


def _rows(spaces: Sequence[VectorSpace], words: str) -> str:
    cosines = "".join(f", -COALESCE(c.distance_{space.pk}, ({_distance(space)}))" for space in spaces)
    return (
        "SELECT c.product_id, c.is_exact, e.title, e.shelf, e.brand, e.length,"  # noqa: S608
        " s.places, s.weights, s.frequencies, s.counts, h.strength, w.popularity, w.margin, w.since"
        f"{cosines} FROM candidates c JOIN retail_ai_catalogentry e ON e.product_id = c.product_id"
        f" LEFT JOIN retail_ai_searchchoice h ON h.words = {words} AND h.product_id = c.product_id"
        " LEFT JOIN retail_ai_productstanding w ON w.product_id = c.product_id"
        f" LEFT JOIN LATERAL ({SAID}) s ON true"
    )


def _distance(space: VectorSpace) -> str:
    """How far a candidate is that is not among the nearest."""
    return (
        f"SELECT embedding <#> (SELECT vector FROM asked_{space.pk}) FROM retail_ai_productvector"  # noqa: S608
        f" WHERE space_id = {int(space.pk)} AND product_id = c.product_id"
    )
