"""What our search is held against: PostgreSQL's ts_rank, bm25s, our BM25 alone, and vectors alone."""

from collections.abc import Callable
from typing import Any

import numpy as np

Search = Callable[[str], list[Any]]
DEPTH = 50


def ts_rank_rival() -> dict[str, Search]:
    """Full-text search as PostgreSQL has it: GIN on English tsvectors, any of the words, ordered by ts_rank."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE benchmark_text AS SELECT product_id, to_tsvector('english', text) AS words"
            " FROM retail_ai_catalogentry"
        )
        cursor.execute("CREATE INDEX ON benchmark_text USING gin (words)")
        cursor.execute("ANALYZE benchmark_text")

    def search(query: str) -> list[Any]:
        sql = (
            "SELECT product_id FROM benchmark_text,"
            " CAST(replace(plainto_tsquery('english', %s)::text, '&', '|') AS tsquery) q"
            " WHERE words @@ q ORDER BY ts_rank(words, q) DESC, product_id LIMIT %s"
        )
        return _keys(sql, [query, DEPTH])

    return {"ts_rank": search}


def bm25s_rival() -> dict[str, Search]:
    """bm25s with its defaults (k1 1.5, b 0.75, Lucene's), on the very tokens that our index counts."""
    import bm25s

    from retail_ai.catalog.selectors import facts_of
    from retail_ai.engine.terms import weigh
    from retail_ai.engine.text import query_words
    from retail_ai.stores import get_store

    facts = facts_of(get_store().products().order_by("pk"))
    keys = list(facts)
    corpus = [[term for term, count in weigh(one).plain.items() for _ in range(count)] for one in facts.values()]
    model = bm25s.BM25()
    model.index(corpus, show_progress=False)

    def search(query: str) -> list[Any]:
        words = [word for word in query_words(query) if word in model.vocab_dict]
        if not words:
            return []
        scores = model.get_scores(words)
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return [keys[i] for i in best if scores[i] > 0]

    return {"bm25s": search}


def bm25_sql(query: str) -> list[Any]:
    """BM25 of all words alike over our postings, in one statement; the same k1, b and rarity as bm25s's defaults."""
    from retail_ai.engine.terms import B_PLAIN, K1_PLAIN, number_of
    from retail_ai.engine.text import query_words

    words = query_words(query)
    rarity = "ln(1 + (s.entries - t.entries + 0.5) / (t.entries + 0.5))"
    room = f"{K1_PLAIN} * ({1 - B_PLAIN} + {B_PLAIN} * length / (SELECT mean_length FROM retail_ai_termstatistics))"
    sql = (
        f"WITH asked AS MATERIALIZED (SELECT number, {rarity} AS rarity"
        " FROM unnest(%s::text[], %s::int[]) a (term, number) CROSS JOIN retail_ai_termstatistics s"
        " JOIN retail_ai_term t USING (term))"
        f" SELECT product_id FROM (SELECT product_id, sum(rarity * frequency / (frequency + {room})) AS score"
        " FROM asked JOIN retail_ai_posting p ON p.term = asked.number GROUP BY product_id) s"
        " ORDER BY score DESC, product_id LIMIT %s"
    )
    return _keys(sql, [words, [number_of(word) for word in words], DEPTH])


def vectors() -> dict[str, Search]:
    """The nearest products in each space that serves, and in all of them together (mean of their cosines)."""
    from retail_ai.catalog.distance import nearest_keys
    from retail_ai.catalog.spaces import embedder_of, serving_spaces
    from retail_ai.stores import get_store

    products = get_store().visible()
    spaces = [(space, embedder) for space in serving_spaces(afresh=True) if (embedder := embedder_of(space))]

    def near(query: str, depth: int) -> list[dict[Any, float]]:
        return [dict(nearest_keys(e.embed_query(query), products, depth, space)) for space, e in spaces]

    def together(query: str) -> list[Any]:
        found = near(query, 200)
        least = [min(one.values(), default=0.0) for one in found]
        keys = {key for one in found for key in one}
        means = {key: sum(one.get(key, low) for one, low in zip(found, least, strict=True)) for key in keys}
        return sorted(means, key=lambda key: -means[key])[:DEPTH]

    def one(i: int) -> Search:
        space, embedder = spaces[i]
        return lambda query: [k for k, _ in nearest_keys(embedder.embed_query(query), products, DEPTH, space)]

    searches = {f"vector {s.identity[:12]}": one(i) for i, (s, _e) in enumerate(spaces)}
    return {**searches, "vectors together": together} if len(spaces) > 1 else searches


def _keys(sql: str, params: list[Any]) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
