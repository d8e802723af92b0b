"""Measures the catalogue on any product file: full index, re-index, and filtered nearest products against raw SQL.

    python -m benchmarks.catalog --products FILE.jsonl.gz [--json]

It starts its own services and leaves nothing behind. ``--json`` prints only the last line, the result.
Filters are a random stock number below a bound, so that a selectivity is what it says. A product counts as recalled
when it is as near as the tenth of the exact answer, so that products with the same text may stand in for each other.
"""

import argparse
import random
import time
from pathlib import Path
from typing import Any

from benchmarks._host import host, load_products, peak_memory_mb, report

SELECTIVITIES = (0.01, 0.1, 0.5)
QUERIES = 200
STOCK = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=Path, required=True, help="JSON lines, gzipped or not")
    parser.add_argument("--json", action="store_true", help="only the line of JSON")
    arguments = parser.parse_args()
    with host():
        result = measure(arguments.products)
    report(f"Catalogue of {result['products']} products", _table(result), result, json_only=arguments.json)


def measure(path: Path) -> dict[str, Any]:
    """All figures, under the keys of the last line."""
    products = load_products(path)
    _scatter_stock()
    embedding = _StopWatch()
    full = _index()
    embed_seconds = embedding.seconds
    unchanged, one_percent = _index(), _index_after_changing_1pct(products)
    _settle()
    filtered, ratio = _measure_queries()
    return {
        "products": products,
        "index_seconds": round(full, 2),
        "embed_seconds": round(embed_seconds, 2),
        "reindex_unchanged_seconds": round(unchanged, 2),
        "reindex_1pct_seconds": round(one_percent, 2),
        "peak_memory_mb": round(peak_memory_mb(), 1),
        "raw_sql_ratio": round(ratio, 3),
        "filtered": filtered,
    }


class _StopWatch:
    """Times the calls of the default embedder's ``embed``."""

    def __init__(self) -> None:
        from retail_ai.backends import get_embedder

        self.seconds = 0.0
        embedder: Any = get_embedder()
        self._embed = embedder.embed
        embedder.embed = self

    def __call__(self, texts: list[str]) -> Any:
        start = time.perf_counter()
        try:
            return self._embed(texts)
        finally:
            self.seconds += time.perf_counter() - start


def _scatter_stock() -> None:
    from shop_demo.models import Product

    chance = random.Random(1)
    rows = list(Product.objects.only("pk"))
    for row in rows:
        row.stock = chance.randrange(STOCK)
    Product.objects.bulk_update(rows, ["stock"], batch_size=2_000)
    _settle()


def _index() -> float:
    from retail_ai.catalog.services import start_index_job
    from retail_ai.jobs.runner import run

    start = time.perf_counter()
    job = start_index_job()
    run(job.pk)
    job.refresh_from_db()
    if job.state != "done" or job.failed:
        raise SystemExit(f"The index job ended as {job.state} with {job.failed} failures: {job.error}")
    return time.perf_counter() - start


def _index_after_changing_1pct(products: int) -> float:
    from django.db.models import Value
    from django.db.models.functions import Concat, Left

    from shop_demo.models import Product

    keys = list(Product.objects.order_by("?").values_list("pk", flat=True)[: max(1, products // 100)])
    Product.objects.filter(pk__in=keys).update(title=Concat(Left("title", 280), Value(" (new)")))
    return _index()


def _settle() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FULL, ANALYZE) shop_demo_product")
        cursor.execute("ANALYZE")


def _query_vectors() -> Any:
    """What shoppers might type: the first words of products' titles."""
    from retail_ai.backends import get_embedder
    from shop_demo.models import Product

    titles = list(Product.objects.order_by("pk").values_list("title", flat=True))
    chosen = random.Random(2).choices(titles, k=QUERIES)
    return get_embedder().embed([" ".join(title.split()[:3]) for title in chosen])


def _measure_queries() -> tuple[dict[str, Any], float]:
    from shop_demo.models import Product

    vectors, filtered, ours, raw = _query_vectors(), {}, 0.0, 0.0
    for share in SELECTIVITIES:
        allowed = Product.objects.filter(stock__lt=share * STOCK, is_active=True)
        runs = [_run(vector, allowed) for vector in vectors]
        ours += _quantile([run["seconds"] for run in runs], 0.5)
        raw += _quantile([run["raw_seconds"] for run in runs], 0.5)
        filtered[str(share)] = {
            "p50_ms": round(1000 * _quantile([run["seconds"] for run in runs], 0.5), 2),
            "p95_ms": round(1000 * _quantile([run["seconds"] for run in runs], 0.95), 2),
            "recall_at_10": round(sum(run["recall"] for run in runs) / len(runs), 4),
            "short_pages": sum(run["short"] for run in runs),
        }
    return filtered, ours / raw


def _run(vector: Any, allowed: Any) -> dict[str, float]:
    from retail_ai.catalog.selectors import nearest_products

    exact = _exact(vector, allowed)
    raw_seconds = _raw(vector, allowed)
    start = time.perf_counter()
    found = nearest_products(vector=vector, products=allowed, limit=10)
    seconds = time.perf_counter() - start
    enough = min((score for score in exact), default=0) - 1e-6
    return {
        "seconds": seconds,
        "raw_seconds": raw_seconds,
        "recall": sum(n.score >= enough for n in found) / len(exact) if exact else 1.0,
        "short": len(found) < len(exact),
    }


def _exact(vector: Any, allowed: Any) -> list[float]:
    """Cosines of the ten nearest, by comparing with every product that passes."""
    from retail_ai.catalog.distance import nearest_keys
    from retail_ai.catalog.spaces import active_space

    space = active_space()
    return [score for _, score in nearest_keys(vector, allowed, 10, space, exact=True)]  # type: ignore[arg-type]


def _raw(vector: Any, allowed: Any) -> float:
    """Seconds of the same work by hand: the search in one message and the ten rows, on the bare driver's cursor."""
    from django.db import connection

    from retail_ai.catalog.distance import message, search_statement
    from retail_ai.catalog.spaces import active_space

    space = active_space()
    text = message(*search_statement(vector, allowed, 10, space), 10)  # type: ignore[arg-type]
    with connection.connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(text)
        while cursor.nextset():
            pass
        keys = [key for key, _ in cursor.fetchall()]
        cursor.execute("SELECT * FROM shop_demo_product WHERE id = ANY(%s)", [keys])
        cursor.fetchall()
        return time.perf_counter() - start


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _table(result: dict[str, Any]) -> list[tuple[str, str]]:
    rows = [
        ("full index", f"{result['index_seconds']} s ({result['products'] / result['index_seconds']:.0f} products/s)"),
        ("of that, embedding", f"{result['embed_seconds']} s"),
        ("re-index, nothing changed", f"{result['reindex_unchanged_seconds']} s"),
        ("re-index, 1 % changed", f"{result['reindex_1pct_seconds']} s"),
        ("peak memory", f"{result['peak_memory_mb']} MB"),
        ("our time / raw SQL's", f"{result['raw_sql_ratio']}"),
    ]
    for share, figures in result["filtered"].items():
        line = "p50 {p50_ms} ms, p95 {p95_ms} ms, recall@10 {recall_at_10}, short pages {short_pages}"
        rows.append((f"nearest 10 of {float(share):.0%} of products", line.format(**figures)))
    return rows


if __name__ == "__main__":
    main()
