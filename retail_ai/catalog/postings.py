"""Writes the catalogue's words: postings by product, and counts over all of it. Searches nothing.

A postings table was measured against one sparse vector a product with an inner product (docs/benchmarks.md): it takes
four times the room and a quarter of the time.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from retail_ai.catalog.distance import key_type
from retail_ai.catalog.models import TermStatistics
from retail_ai.engine.terms import Weighed, number_of, weigh
from retail_ai.stores import get_store

# Products whose words are counted to know how long texts are before the first index.
SAMPLE = 400
# How far the mean length may move before all products are weighed anew.
DRIFT = 0.2
_MOST = 32_767


def read_usual_length() -> float:
    """The mean weighed length that words are weighed against; estimated from a sample before the first index."""
    known = TermStatistics.objects.values_list("usual_length", flat=True).first()
    if known is not None:
        return known
    usual_length = _estimate_length()
    TermStatistics.objects.get_or_create(pk=1, defaults={"usual_length": usual_length, "mean_length": usual_length})
    return usual_length


def _estimate_length() -> float:
    store = get_store()
    lengths: list[float] = []
    for product in store.products().order_by("?")[:SAMPLE]:
        # One whose facts cannot be read fails in the job, with its reason.
        with suppress(Exception):
            lengths.append(weigh(store.facts(product)).weighed_length)
    return sum(lengths) / len(lengths) if lengths and sum(lengths) else 1.0


def write_postings(weighed: Mapping[Any, Weighed], *, usual_length: float) -> None:
    """Replace the postings of these products."""
    delete_postings(list(weighed))
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        columns = "product_id, term, weight, frequency, length, counts"
        with cursor.copy(f"COPY retail_ai_posting ({columns}) FROM STDIN") as copy:
            for key, words in weighed.items():
                for row in _rows(key, words, usual_length):
                    copy.write_row(row)


def _rows(key: Any, words: Weighed, usual_length: float) -> Iterable[tuple[Any, ...]]:
    # Of two words with one number, the first is kept.
    weights = words.saturated(usual_length)
    by_number = {number_of(term): term for term in reversed(words.plain)}
    length = min(words.length, _MOST)
    for number, term in by_number.items():
        yield key, number, weights[term], min(words.plain[term], _MOST), length, words.packed[term]


def delete_postings(keys: Sequence[Any]) -> None:
    """Forget the words of these products."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"DELETE FROM retail_ai_posting WHERE product_id = ANY(%s::{key_type()}[])", [list(keys)])  # noqa: S608


def delete_lost_postings() -> None:
    """Forget the words of products that have no entry any more."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "DELETE FROM retail_ai_posting p WHERE NOT EXISTS"
            " (SELECT FROM retail_ai_catalogentry e WHERE e.product_id = p.product_id)"
        )


@transaction.atomic
def count_terms() -> None:
    """Count anew in how many entries each word stands, and how long entries are; rarity, length and the mending of
    typing mistakes live on it."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE retail_ai_counted ON COMMIT DROP AS SELECT term, count(*) AS entries"
            " FROM retail_ai_catalogentry, unnest(terms) term GROUP BY term"
        )
        cursor.execute(
            "INSERT INTO retail_ai_term (term, entries) SELECT term, entries FROM retail_ai_counted"
            " ON CONFLICT (term) DO UPDATE SET entries = EXCLUDED.entries"
            " WHERE retail_ai_term.entries <> EXCLUDED.entries"
        )
        cursor.execute(
            "DELETE FROM retail_ai_term t WHERE NOT EXISTS (SELECT FROM retail_ai_counted c WHERE c.term = t.term)"
        )
        cursor.execute("DROP TABLE retail_ai_counted")
    _measure()


def _measure() -> None:
    """Write down the catalogue's size and lengths; where texts have become much longer or shorter, the next index job
    weighs all words anew."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT count(*), COALESCE(avg(length), 1) FROM retail_ai_catalogentry")
        entries, mean_length = cursor.fetchone()
    row, _created = TermStatistics.objects.get_or_create(pk=1)
    row.entries, row.mean_length = entries, max(float(mean_length), 1.0)
    if entries >= SAMPLE and abs((estimate := _estimate_length()) / row.usual_length - 1) > DRIFT:
        row.usual_length = estimate
    row.save()


def vacuum_on_commit() -> None:
    """Let searches read words from the index alone, once the present transaction has committed."""

    def vacuum() -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (ANALYZE) retail_ai_posting")

    transaction.on_commit(vacuum, robust=True)
