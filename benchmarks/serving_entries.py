"""The serving benchmark's shop as search knows it: entries and postings by COPY. And indexes that wait for their rows."""

# Statements read best unbroken.
# ruff: noqa: E501

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), c.conname, pg_get_constraintdef(c.oid)
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid AND c.contype IN ('p', 'u')
WHERE i.indrelid = %s::regclass
AND NOT (i.indisprimary AND EXISTS (SELECT FROM pg_constraint f WHERE f.confrelid = i.indrelid AND f.contype = 'f'))
"""


@contextmanager
def indexed_after(cursor: Any, table: str) -> Iterator[None]:
    """Without the table's indexes inside, with all of them again afterwards: sorting once beats a million insertions."""
    cursor.execute(_INDEXES, [table])
    found = cursor.fetchall()
    for index, _definition, constraint, _text in found:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}" if constraint else f"DROP INDEX {index}")
    yield
    cursor.execute("SET maintenance_work_mem = '512MB'")
    for _index, definition, constraint, text in found:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {text}" if constraint else definition)


def write_entries(cursor: Any) -> None:
    """Catalogue entries and postings as the index writes them, without embedding anything; then the counts."""
    from retail_ai.catalog.postings import _rows, count_terms
    from retail_ai.engine.facts import ProductFacts
    from retail_ai.engine.terms import weigh
    from shop_demo.models import Product

    rows = Product.objects.values_list("pk", "title", "sku", "brand", "department__name")
    facts = [
        ProductFacts(key=pk, title=title, sku=sku, brand=brand, category=(shelf,))
        for pk, title, sku, brand, shelf in rows
    ]
    weighed = [weigh(one) for one in facts]
    usual = sum(words.weighed_length for words in weighed) / max(len(weighed), 1) or 1.0
    columns = "product_id, facts_hash, text_hash, full_hash, text, title, sku, language, terms, shelf, brand, length, indexed_at"
    with (
        indexed_after(cursor, "retail_ai_catalogentry"),
        cursor.copy(f"COPY retail_ai_catalogentry ({columns}) FROM STDIN") as copy,
    ):
        for one, words in zip(facts, weighed, strict=True):
            copy.write_row((one.key, "", "", "", one.title, one.title.lower(), one.sku.lower(), "en", list(words.plain),
                            one.category[0], one.brand.lower(), words.length, "2026-01-01"))  # fmt: skip
    with (
        indexed_after(cursor, "retail_ai_posting"),
        cursor.copy("COPY retail_ai_posting (product_id, term, weight, frequency, length, counts) FROM STDIN") as copy,
    ):
        for one, words in zip(facts, weighed, strict=True):
            for row in _rows(one.key, words, usual):
                copy.write_row(row)
    count_terms()
