"""Sends many real queries through the served search: how many find something, how long they take, what fails.

    python -m benchmarks.search_queries --queries FILE [--products FILE.jsonl.gz] [--json]

One query a line. Without ``--products`` the demo shop's own catalogue is searched. It starts its own services and
leaves nothing behind. A query that raises is counted and shown; the script then ends with 1.
"""

import argparse
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks._host import host, read_products, report
from benchmarks._search_setup import index, load
from benchmarks.search import spread


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=Path, required=True, help="one query a line")
    parser.add_argument("--products", type=Path, help="JSON lines, gzipped or not; else the demo catalogue")
    parser.add_argument("--keep", type=Path, help="a folder to keep vectors in between runs")
    parser.add_argument("--json", action="store_true", help="only the last line")
    arguments = parser.parse_args()
    lines = arguments.queries.read_text(encoding="utf-8", errors="replace").splitlines()
    with host():
        fill(arguments.products)
        index(arguments.keep)
        result = ask([line for line in lines if line.strip()])
    report("queries through the search", [(k, str(v)) for k, v in result.items()], result, json_only=arguments.json)
    raise SystemExit(1 if result["errors"] else 0)


def fill(products: Path | None) -> None:
    """The shop's catalogue."""
    from django.core.management import call_command

    if products is None:
        call_command("load_demo_catalogue", verbosity=0)
    else:
        load(read_products(products))


def ask(queries: list[str]) -> dict[str, Any]:
    """Counts and times of searches as a page shows them, facets included."""
    from retail_ai.catalog.search import search_products

    times: list[tuple[float, float]] = []
    counts: Counter[str] = Counter()
    errors: list[str] = []
    for query in queries:
        start = time.perf_counter(), time.process_time()
        try:
            result = search_products(query, with_facets=True)
        except Exception as error:
            errors.append(f"{query[:60]}: {type(error).__name__}: {error}")
            continue
        times.append((time.perf_counter() - start[0], time.process_time() - start[1]))
        counts.update(hits=bool(result.hits), poor=result.is_poor, understood=bool(result.chips))
    shares = {
        f"share_{name}": round(counts[name] / max(len(queries), 1), 4) for name in ("hits", "poor", "understood")
    }
    return {"queries": len(queries), "errors": errors[:20], **shares, **spread(times)}


if __name__ == "__main__":
    main()
