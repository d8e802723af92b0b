"""The SQL that finds the nearest vectors among the products that a filter lets through. Knows no product's fields.

Vectors have length 1, so the negative inner product (``<#>``) orders as the cosine does and is cheaper.

A large space has an HNSW index, which is quick where many products pass the filter and slow, or short of results,
where few do. So one statement first counts who passes, up to FEW: those are then compared exactly; with more, the
index is walked until the filter has let enough through, in nearly the order of nearness: to be strict about it leaves
out near ones met late, and takes longer. What an index walk still lacks is found by an exact scan.

On a busy machine a round trip to the server costs more than the search itself, so settings, search, and the check that
the space still serves travel as one message.
"""

from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from numpy.typing import ArrayLike
from psycopg import ClientCursor

from retail_ai.catalog.models import ProductVector, VectorSpace
from retail_ai.catalog.spaces import cast_of

# Products up to which those that pass a filter are compared one by one: more take longer than an index walk.
FEW = 1_000
# Candidates that HNSW keeps in hand, at least and at most. With 200, recall@10 fell to 0.976 where a tenth of 19,406
# products passed; with 400 it was 0.995 or more wherever it was tried. pgvector allows no more than 1,000.
EF_SEARCH, MOST_EF_SEARCH = 400, 1_000
# Rows that it may look at before it gives up.
MAX_SCAN_TUPLES = 20_000

_SERVING = "SELECT id, has_index FROM retail_ai_vectorspace WHERE state = 'active'"
_VECTORS = "FROM retail_ai_productvector WHERE space_id = {space} AND product_id IN"
_EXACT = (
    "SELECT product_id, (embedding <#> %s::vector) + 0 AS distance"
    f" {_VECTORS} ({{allowed}}) ORDER BY distance LIMIT {{limit}}"
)
_EITHER = (
    "WITH allowed (key) AS MATERIALIZED (SELECT * FROM ({allowed}) a LIMIT {few} + 1),"  # noqa: S608
    " size (few) AS MATERIALIZED (SELECT count(*) <= {few} FROM allowed)"
    " (SELECT product_id, (embedding <#> %s::vector) + 0 AS distance"
    f" {_VECTORS} (SELECT key FROM allowed) AND (SELECT few FROM size)"
    " ORDER BY distance LIMIT {limit})"
    " UNION ALL"
    " (SELECT product_id, embedding::{cast} <#> %s::{cast} AS distance"
    f" {_VECTORS} ({{allowed}}) AND NOT (SELECT few FROM size)"
    " ORDER BY distance LIMIT {limit})"
)


class SpaceChanged(Exception):
    """The space that was searched is not, or not in this state, the one that serves now."""


def nearest_keys(
    vector: ArrayLike,
    products: QuerySet[Any],
    limit: int,
    space: VectorSpace,
    *,
    exact: bool = False,
    must_serve: bool = False,
) -> list[tuple[Any, float]]:
    """(product key, cosine) of the nearest vectors of a space among ``products``, best first.

    Raises SpaceChanged where the space ``must_serve`` and another does.
    """
    exact = exact or not space.has_index
    found, serving = _run(message(*search_statement(vector, products, limit, space, exact=exact), limit))
    if must_serve and serving != (space.pk, space.has_index):
        raise SpaceChanged
    if exact or len(found) >= limit:
        return [(key, -distance) for key, distance in sorted(found, key=lambda one: one[1])]
    return nearest_keys(vector, products, limit, space, exact=True)


def search_statement(
    vector: ArrayLike, products: QuerySet[Any], limit: int, space: VectorSpace, *, exact: bool = False
) -> tuple[str, list[Any]]:
    """SQL and parameters of the search; ``exact`` compares with every product that passes."""
    allowed, params = subquery(products)
    exact = exact or not space.has_index
    # The space stands in the text, not among the parameters: only so does the partial index fit.
    sql = (_EXACT if exact else _EITHER).format(
        cast=cast_of(space) or "vector", space=int(space.pk), allowed=allowed, few=FEW, limit=int(limit)
    )
    literal = to_literal(vector)
    return sql, [literal, *params] if exact else [*params, literal, literal, *params]


_FEW_ALLOWED = (
    "allowed (key) AS MATERIALIZED (SELECT * FROM ({allowed}) a LIMIT {few} + 1),"
    " size (few) AS MATERIALIZED (SELECT count(*) <= {few} FROM allowed)"
)
_ASKED = "asked_{space} (vector) AS MATERIALIZED (SELECT {literal})"
_NEAR = (
    "near_{space} AS MATERIALIZED ("
    "(SELECT product_id, (embedding <#> {asked}) + 0 AS distance FROM retail_ai_productvector"
    " WHERE space_id = {space} AND product_id IN (SELECT key FROM allowed) AND (SELECT few FROM size)"
    " ORDER BY distance LIMIT {limit})"
    " UNION ALL"
    " (SELECT product_id, {distance} AS distance FROM retail_ai_productvector"
    " WHERE space_id = {space} AND product_id IN ({allowed}) AND NOT (SELECT few FROM size)"
    " ORDER BY distance LIMIT {limit}))"
)


def near_fragment(spaces: list[tuple[VectorSpace, str]], allowed: str, limit: int) -> list[str]:
    """Common table expressions for each (space, vector as SQL): the vector, ``asked_<id>``, and the nearest
    products with their distance, ``near_<id>``."""
    if not spaces:
        return []
    fragments = [_FEW_ALLOWED.format(allowed=allowed, few=FEW)]
    for space, literal in spaces:
        cast = cast_of(space) if space.has_index else None
        asked = f"(SELECT vector FROM asked_{space.pk})"  # noqa: S608
        # Without an index the order must not look as if it had one.
        distance = f"embedding::{cast} <#> {asked}::{cast}" if cast else f"(embedding <#> {asked}) + 0"
        number, most = int(space.pk), int(limit)
        fragments.append(_ASKED.format(space=number, literal=literal))
        fragments.append(_NEAR.format(space=number, allowed=allowed, asked=asked, limit=most, distance=distance))
    return fragments


def subquery(products: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """SQL of the products' keys; an order matters only to a slice."""
    query = products.query
    keys = products.values("pk") if query.is_sliced or query.combinator else products.order_by().values("pk")
    try:
        sql, params = keys.query.sql_with_params()
    except EmptyResultSet:
        meta = products.model._meta
        return f'SELECT "{meta.pk.column}" FROM "{meta.db_table}" WHERE false', ()  # noqa: S608
    return sql, tuple(params)


def message(sql: str, params: list[Any], limit: int) -> str:
    """Set-up, the space that serves, and the search, with parameters filled in: several statements in one message must
    carry none. Outside a transaction PostgreSQL makes one of the message, with which the settings end."""
    connections[DEFAULT_DB_ALIAS].ensure_connection()
    filled = ClientCursor(connections[DEFAULT_DB_ALIAS].connection).mogrify(sql, params)
    return f"{set_up_statement(limit)}; {_SERVING}; {filled}"


def _run(text: str) -> tuple[list[tuple[Any, float]], tuple[int, bool] | None]:
    """What was found as (key, distance), and the space that serves."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(text)
        cursor.nextset()
        serving = cursor.fetchone()
        cursor.nextset()
        return cursor.fetchall(), serving


def key_type() -> str:
    """PostgreSQL's name of the type of the shop's product keys."""
    field = ProductVector._meta.get_field("product").target_field
    return (field.db_type(connections[DEFAULT_DB_ALIAS]) or "text").split(" ")[0]


def to_literal(vector: ArrayLike) -> str:
    """pgvector's text form of a vector, with the digits that a float32 has."""
    return "[" + ",".join([f"{x:.8g}" for x in np.asarray(vector, dtype=np.float32).tolist()]) + "]"


def set_up_statement(limit: int, *, in_hand: int | None = None) -> str:
    """SQL that makes HNSW go on until a filter has let enough rows through; it ends with the transaction, so it fits
    pooled connections. ``in_hand``: candidates that it keeps, where fewer than usual do."""
    candidates = in_hand or min(MOST_EF_SEARCH, max(EF_SEARCH, 4 * limit))
    return (
        "SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true),"
        f" set_config('hnsw.ef_search', '{candidates}', true),"
        f" set_config('hnsw.max_scan_tuples', '{MAX_SCAN_TUPLES}', true),"
        # Compiling the statement takes longer than running it.
        " set_config('jit', 'off', true)"
    )
