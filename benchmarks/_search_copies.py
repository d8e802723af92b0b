"""Makes the benchmark's catalogue several times as large: copies with altered titles, words and vectors, in SQL."""

import time
from typing import Any

import numpy as np

NOISES = 64


def multiply(copies: int) -> dict[str, Any]:
    """Add ``copies`` - 1 copies of every product, each with a word of its own in its title; seconds and sizes."""
    from benchmarks._search_setup import settle, sizes
    from retail_ai.catalog.models import TermStatistics, VectorSpace
    from retail_ai.catalog.postings import count_terms
    from retail_ai.catalog.spaces import build_index, drop_index

    start = time.perf_counter()
    spaces = list(VectorSpace.objects.exclude(state="retired"))
    for space in spaces:
        drop_index(space=space)
    last = _run("SELECT max(id) FROM shop_demo_product")
    for copy in range(1, copies):
        _copy(copy, last * copy, last, spaces)
    count_terms()
    for space in spaces:
        build_index(space=space)
    settle()
    return {"products": TermStatistics.objects.get().entries, "seconds": round(time.perf_counter() - start), **sizes()}


def _copy(copy: int, shift: int, last: int, spaces: list[Any]) -> None:
    from retail_ai.engine.terms import number_of

    word = f"series{copy}"
    columns = _columns("shop_demo_product", without=("id", "sku", "slug", "title"))
    _run(
        f"INSERT INTO shop_demo_product (id, sku, slug, title, {columns}) SELECT id + {shift}, sku || '-{copy}',"
        f" slug || '-{copy}', left(title, 280) || ' {word}', {columns} FROM shop_demo_product WHERE id <= {last}"
    )
    columns = _columns("retail_ai_catalogentry", without=("product_id", "title", "terms", "sku"))
    _run(
        f"INSERT INTO retail_ai_catalogentry (product_id, title, terms, sku, {columns}) SELECT product_id + {shift},"
        f" title || ' {word}', terms || '{word}'::text, sku || '-{copy}', {columns} FROM retail_ai_catalogentry"
        f" WHERE product_id <= {last}"
    )
    _run(
        "INSERT INTO retail_ai_posting (product_id, term, weight, frequency, length, counts)"
        f" SELECT product_id + {shift}, term, weight, frequency, length, counts FROM retail_ai_posting"
        f" WHERE product_id <= {last} UNION ALL SELECT product_id + {shift}, {number_of(word)}, 0.5, 1, length, 1"
        f" FROM retail_ai_catalogentry WHERE product_id <= {last}"
    )
    for space in spaces:
        _copy_vectors(copy, shift, last, space)


def _copy_vectors(copy: int, shift: int, last: int, space: Any) -> None:
    noise = np.random.default_rng(copy).normal(size=(NOISES, space.dimensions)) * 0.15 / space.dimensions**0.5
    values = ", ".join(f"({i}, '{np.round(row, 4).tolist()}'::vector)" for i, row in enumerate(noise))
    _run(
        "INSERT INTO retail_ai_productvector (product_id, space_id, content_hash, embedding)"
        f" SELECT product_id + {shift}, space_id, content_hash, l2_normalize(embedding + n.vector)"
        f" FROM retail_ai_productvector JOIN (VALUES {values}) n (i, vector) ON n.i = product_id % {NOISES}"
        f" WHERE product_id <= {last} AND space_id = {space.pk}"
    )


def _columns(table: str, *, without: tuple[str, ...]) -> str:
    sql = (
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
        f" WHERE table_name = '{table}' AND column_name <> ALL(%s)"
    )
    return str(_run(sql, [list(without)]))


def _run(sql: str, params: list[Any] | None = None) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None
