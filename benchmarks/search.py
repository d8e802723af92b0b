"""Measures search on judged queries, through PostgreSQL: ts_rank, BM25, vectors, fused, and re-ranked.

    python -m benchmarks.search --products FILE.jsonl.gz --judgements FILE.csv [--copies 10] [--json]

It starts its own services and leaves nothing behind. Judgements: ``query,product_id,grade``; every ranking is over the
whole catalogue, what nobody judged has grade 0, and queries without a positive grade are left out. "fused" is the
order every shop starts with; "fused_cv" the same with weights that a search chose on other queries (5 folds, 3 seeds):
what such weights are worth on queries that they were not chosen on. "reranked" is what a shop gets that learns from
such judgements: each query ranked by what was learned from other queries (5 folds; within each, ``learn_from``
cross-validates and keeps the fused order where nothing is clearly better). "fused" and "reranked" are what
``retrieve`` serves; "page", "rest" and "suggest" add what stands around it: understanding, products, facets, HTTP.
``--copies`` repeats latencies on the catalogue so many times over, with altered titles. Of more than ``--most``
queries so many are drawn. Before a latency is taken, so many searches are made with the beginnings of titles.
"""

import argparse
import csv
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._host import host, peak_memory_mb, read_products
from benchmarks._search_copies import multiply
from benchmarks._search_doors import doors
from benchmarks._search_rivals import bm25_sql, bm25s_rival, ts_rank_rival, vectors
from benchmarks._search_setup import grade_of, index, load, serve_beside, sizes
from benchmarks._search_tuning import cross_validated

FOLDS = 5
# Searches before the clock starts.
WARMING = 80
KEYS = ("ts_rank", "bm25s", "bm25_sql", "vector", "fused", "reranked")
DOORS = ("page", "rest", "suggest", "rest suggest")
Search = Callable[[str], list[Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=Path, required=True, help="JSON lines, gzipped or not")
    parser.add_argument("--judgements", type=Path, required=True, help="CSV: query,product_id,grade")
    parser.add_argument("--copies", type=int, default=1, help="measure latency also at so many times the products")
    parser.add_argument("--most", type=int, default=1_000, help="queries that are asked, drawn where there are more")
    parser.add_argument("--no-beside", action="store_true", help="the packaged multilingual encoder alone")
    parser.add_argument("--keep", type=Path, help="a folder to keep vectors in between runs: no embedding times then")
    parser.add_argument("--json", action="store_true", help="only the last line")
    arguments = parser.parse_args()
    with host(tuning=sized_for_the_machine()):
        result, judgements = measure(arguments)
        if not arguments.json:
            print_table(result)
        if arguments.copies > 1:
            result |= measure_copies(arguments.copies, judgements)
            if not arguments.json:
                print_lines(result, ("copies", "at_copies"))
        print(json.dumps(last_line(result)), flush=True)


def measure(arguments: argparse.Namespace) -> tuple[dict[str, Any], dict[str, dict[Any, float]]]:
    """All figures of the catalogue as it is, and the judgements by product key."""
    if not arguments.no_beside:
        serve_beside()
    keys = load(read_products(arguments.products))
    judgements = drawn(read_judgements(arguments.judgements, keys), arguments.most)
    seconds = index(arguments.keep)
    rows: dict[str, dict[str, Any]] = {}
    searches: dict[str, Search] = {}
    built: dict[str, float] = {}
    for rival in (ts_rank_rival, bm25s_rival):
        start = time.perf_counter()
        searches |= rival()
        built[rival.__name__.removesuffix("_rival")] = round(time.perf_counter() - start, 1)
    searches |= {"bm25_sql": bm25_sql, **vectors()}
    for name, search in searches.items():
        rows[name] = evaluate(search, judgements) | ({"build_s": built[name]} if name in built else {})
    rows["fused"], rows["reranked"], kinds = evaluate_served(judgements)
    answers, seeds = cross_validated(judgements)
    rows["fused_cv"] = score(answers, judgements) | {"ndcg10": seeds["mean"]}
    rows |= {name: latency(search, judgements) for name, search in doors().items()}
    rows["vector"] = max((rows[name] for name in rows if name.startswith("vector")), key=lambda row: row["ndcg10"])
    return {
        "products": len(keys), "queries": len(judgements), "rows": rows, "kinds": kinds, "fused_cv": seeds,
        "index_seconds": seconds, "sizes_mb": sizes(), "peak_memory_mb": round(peak_memory_mb()),
        "constraints": _constraints(),
    }, judgements  # fmt: skip


def measure_copies(copies: int, judgements: dict[str, dict[Any, float]]) -> dict[str, Any]:
    """Latencies on the catalogue so many times over."""
    size = multiply(copies)
    return {
        "copies": size,
        "at_copies": {
            "fused": latency(served(), judgements),
            "bm25_sql": latency(bm25_sql, judgements),
            **{name: latency(search, judgements) for name, search in doors().items()},
        },
    }


def read_judgements(path: Path, keys: dict[str, Any]) -> dict[str, dict[Any, float]]:
    """{query: {product key: grade}} for products there are; lines that cannot be read are left out."""
    judgements: dict[str, dict[Any, float]] = defaultdict(dict)
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        for row in csv.DictReader(lines):
            key = keys.get(str(row.get("product_id") or "").strip())
            grade = grade_of(row.get("grade"))
            if key is not None and grade is not None and (row.get("query") or "").strip():
                judgements[row["query"].strip()][key] = grade
    most = max((max(grades.values()) for grades in judgements.values()), default=0.0)
    # Gains are 2^grade - 1: percentages would leave but the one best product to count.
    scale = 3 / most if most > 10 else 1.0
    return {
        query: {key: grade * scale for key, grade in grades.items()}
        for query, grades in judgements.items()
        if max(grades.values()) > 0
    }


def drawn(judgements: dict[str, dict[Any, float]], most: int) -> dict[str, dict[Any, float]]:
    """All of them, or so many drawn at random."""
    if len(judgements) <= most:
        return judgements
    chosen = set(np.random.default_rng(0).choice(len(judgements), most, replace=False).tolist())
    return {query: grades for i, (query, grades) in enumerate(judgements.items()) if i in chosen}


def evaluate(search: Search, judgements: dict[str, dict[Any, float]]) -> dict[str, float]:
    """NDCG@10, recall@50, MRR and latency of a search."""
    for query in warming():
        search(query)
    answers, times = {}, []
    for query in judgements:
        forget_vectors()
        start = time.perf_counter(), time.process_time()
        answers[query] = search(query)
        times.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    return score(answers, judgements) | spread(times)


@lru_cache(maxsize=1)
def warming() -> tuple[str, ...]:
    """Beginnings of titles, no judged query: a shop's server has been asked before, and knows its shelves."""
    from retail_ai.stores import get_store

    titles = get_store().products().order_by("pk").values_list(get_store().title_field, flat=True)
    chosen = np.random.default_rng(0).choice(len(titles), min(WARMING, len(titles)), replace=False)
    return tuple(" ".join(titles[int(i)].split()[:3]) for i in chosen)


def sized_for_the_machine() -> dict[str, str]:
    """A quarter of the memory for PostgreSQL's own cache, as its manual advises, and no more than 4 GB."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {"shared_buffers": f"{max(256, min(4_096, pages // 4 // 2**20))}MB"}


def forget_vectors() -> None:
    """Have each query encoded, as one that nobody asked before."""
    from retail_ai.catalog.meaning import vectors_of

    vectors_of.cache_clear()


def score(answers: dict[str, list[Any]], judgements: dict[str, dict[Any, float]]) -> dict[str, float]:
    """NDCG@10, recall@50 and MRR (of grades above 0)."""
    from retail_ai.engine.relevance import ndcg_at

    ndcg, recall, mrr = [], [], []
    for query, grades in judgements.items():
        order, good = answers[query], {key for key, grade in grades.items() if grade > 0}
        ndcg.append(ndcg_at(order, grades))
        recall.append(len(good & set(order[:50])) / min(50, len(good)))
        mrr.append(next((1 / place for place, key in enumerate(order, start=1) if key in good), 0.0))
    means = {"ndcg10": ndcg, "recall50": recall, "mrr": mrr}
    return {name: round(float(np.mean(values)), 4) if values else 0.0 for name, values in means.items()}


def spread(times: list[tuple[float, float]]) -> dict[str, float]:
    """p50 and p95 of the wall's milliseconds, and the mean of this process's own CPU."""
    if not times:
        return {"p50_ms": 0.0, "p95_ms": 0.0, "cpu_ms": 0.0}
    wall, cpu = np.array(times).T * 1000
    p50, p95 = np.percentile(wall, [50, 95])
    return {"p50_ms": round(float(p50), 2), "p95_ms": round(float(p95), 2), "cpu_ms": round(float(cpu.mean()), 2)}


def latency(search: Search, judgements: dict[str, dict[Any, float]]) -> dict[str, float]:
    """As ``evaluate``, without quality."""
    row = evaluate(search, judgements)
    return {name: row[name] for name in ("p50_ms", "p95_ms", "cpu_ms")}


def served() -> Search:
    """What a shop gets: its call, keys only."""
    from retail_ai.catalog.retrieval import retrieve
    from retail_ai.stores import get_store

    products = get_store().visible()
    return lambda query: [one.key for one in retrieve(query, products=products, limit=50).candidates]


def evaluate_served(judgements: dict[str, dict[Any, float]]) -> tuple[dict[str, Any], dict[str, Any], dict[str, int]]:
    """Figures of the cold start and of learned rankers, and how often each kind was chosen."""
    from retail_ai.catalog.learning import evidence_of, judged_by, learn_from
    from retail_ai.catalog.models import SearchRanker
    from retail_ai.catalog.rankers import forget_ranker

    fused = evaluate(served(), judgements)
    queries = list(judgements)
    np.random.default_rng(0).shuffle(queries)
    answers: dict[str, list[Any]] = {}
    times: list[tuple[float, float]] = []
    kinds: dict[str, int] = defaultdict(int)
    known = evidence_of(judgements)
    for fold in range(min(FOLDS, len(queries))):
        held = queries[fold::FOLDS]
        seen = [query for query in queries if query in known and query not in set(held)]
        judged = [judged_by(query, known[query], judgements[query]) for query in seen]
        if judged:
            kinds[learn_from(judged, source=SearchRanker.Source.JUDGEMENTS).report["kind"]] += 1
        for query in held:
            forget_vectors()
            start = time.perf_counter(), time.process_time()
            answers[query] = served()(query)
            times.append((time.perf_counter() - start[0], time.process_time() - start[1]))
        SearchRanker.objects.all().delete()
        forget_ranker()
    return fused, score(answers, judgements) | spread(times), dict(kinds)


def _constraints() -> dict[str, Any] | None:
    try:
        return import_module("benchmarks.constraints").evaluate()  # type: ignore[no-any-return]
    except ModuleNotFoundError:
        return None


def last_line(result: dict[str, Any]) -> dict[str, Any]:
    """What stands in the line of JSON."""
    line = {
        "ndcg10": {key: result["rows"][key]["ndcg10"] for key in KEYS},
        "p95_ms": {key: result["rows"][key]["p95_ms"] for key in KEYS},
        "constraints": result["constraints"],
        "fused_cv": result["fused_cv"],
        "doors_p95_ms": {name: result["rows"][name]["p95_ms"] for name in DOORS},
    }
    if "at_copies" in result:
        line["p95_ms_at_copies"] = {key: row["p95_ms"] for key, row in result["at_copies"].items()}
    return line


def print_table(result: dict[str, Any]) -> None:
    """The figures for people, with what the served orders gain over the better of BM25 and vectors."""
    print(f"{result['products']} products, {result['queries']} queries with a positive grade")
    columns = ("ndcg10", "recall50", "mrr", "p50_ms", "p95_ms", "cpu_ms", "build_s")
    print(f"  {'':<22}" + "".join(f"{name:>10}" for name in columns))
    for name, row in result["rows"].items():
        print(f"  {name:<22}" + "".join(f"{row.get(column, ''):>10}" for column in columns))
    better = max(result["rows"][name]["ndcg10"] for name in ("bm25s", "bm25_sql", "vector"))
    for name in ("fused", "fused_cv", "reranked") if better else ():
        print(f"  {name} is {result['rows'][name]['ndcg10'] / better:.3f} times the better of BM25 and vectors")
    print_lines(result, ("kinds", "fused_cv", "index_seconds", "sizes_mb", "peak_memory_mb"))


def print_lines(result: dict[str, Any], names: tuple[str, ...]) -> None:
    """One line each of what there is."""
    for name in names:
        if name in result:
            print(f"  {name}: {result[name]}", flush=True)


if __name__ == "__main__":
    main()
