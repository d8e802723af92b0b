"""The SQL that finds the nearest vectors among the products that a filter lets through. Knows no product's fields.

Vectors have length 1, so the negative inner product (``<#>``) orders as the cosine does and is cheaper.

A large space has an HNSW index, which is quick where many products pass the filter and slow, or short of results,
where few do. So one statement first counts who passes, up to FEW: those are then compared exactly; with more, the
index is walked until the filter has let enough through. What an index walk still lacks is found by an exact scan.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import QuerySet
from numpy.typing import ArrayLike

from retail_ai.catalog.models import VectorSpace
from retail_ai.catalog.spaces import cast_of

# Products up to which those that pass a filter are compared one by one: more take longer than an index walk.
FEW = 1_000
# Candidates that HNSW keeps in hand, at least and at most. With 200, recall@10 fell to 0.976 where a tenth of 19,406
# products passed; with 400 it was 0.995 or more wherever it was tried. pgvector allows no more than 1,000.
EF_SEARCH, MOST_EF_SEARCH = 400, 1_000
# Rows that it may look at before it gives up.
MAX_SCAN_TUPLES = 20_000

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


def nearest_keys(
    vector: ArrayLike, products: QuerySet[Any], limit: int, space: VectorSpace, *, exact: bool = False
) -> list[tuple[Any, float]]:
    """(product key, cosine) of the nearest vectors of a space among ``products``, best first."""
    if exact or not space.has_index:
        return _run(*search_statement(vector, products, limit, space, exact=True))
    with iterative_scan(limit):
        found = _run(*search_statement(vector, products, limit, space))
    return found if len(found) >= limit else nearest_keys(vector, products, limit, space, exact=True)


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


def _run(sql: str, params: list[Any]) -> list[tuple[Any, float]]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, params)
        return [(key, -distance) for key, distance in cursor.fetchall()]


def to_literal(vector: ArrayLike) -> str:
    """pgvector's text form of a vector, with the digits that a float32 has."""
    return "[" + ",".join([f"{x:.8g}" for x in np.asarray(vector, dtype=np.float32).tolist()]) + "]"


def set_up_statement(limit: int) -> str:
    """SQL that makes HNSW go on until a filter has let enough rows through; it ends with the transaction, so it fits
    pooled connections."""
    candidates = min(MOST_EF_SEARCH, max(EF_SEARCH, 4 * limit))
    return (
        "SELECT set_config('hnsw.iterative_scan', 'strict_order', true),"
        f" set_config('hnsw.ef_search', '{candidates}', true),"
        f" set_config('hnsw.max_scan_tuples', '{MAX_SCAN_TUPLES}', true)"
    )


@contextmanager
def iterative_scan(limit: int) -> Iterator[None]:
    """A transaction within which HNSW walks on as ``set_up_statement`` says."""
    with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(set_up_statement(limit))
        yield
