"""How fast the default models are here: texts embedded a second, tokens written a second, seconds to load.

``python -m benchmarks.backends [--products FILE.jsonl.gz] [--texts 4000] [--batches 1,8,32] [--json]``
"""

import argparse
import gzip
import json
import os
import resource
import time
from itertools import islice
from typing import Any

import numpy as np

TITLES = ["Acme Trail Backpack 28 L, green", "Red ceramic mug 350 ml", "USB-C cable 2 m", "Wireless mouse, 3 buttons"]


def read_titles(path: str | None, count: int) -> list[str]:
    """Titles out of a product file, else a few of our own over and over."""
    if path is None:
        return [f"{TITLES[i % len(TITLES)]} no. {i}" for i in range(count)]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["title"] for line in islice(lines, count)]


def measure_embedder(titles: list[str]) -> dict[str, Any]:
    from retail_ai.backends import get_embedder

    started = time.perf_counter()
    embedder = get_embedder()
    embedder.embed(["ready"])
    load = time.perf_counter() - started
    started = time.perf_counter()
    embedder.embed_documents(titles)
    rate = len(titles) / (time.perf_counter() - started)
    queries = [timed(lambda text=text: embedder.embed_query(text)) for text in titles[:200]]
    return {
        "embedder": embedder.identity,
        "embedder_load_seconds": round(load, 2),
        "texts_per_second": round(rate),
        "query_ms_p50": round(1000 * float(np.percentile(queries, 50)), 2),
        "query_ms_p95": round(1000 * float(np.percentile(queries, 95)), 2),
    }


def measure_generator(titles: list[str], batches: list[int], tokens: int) -> dict[str, Any]:
    from retail_ai.backends import get_generator

    started = time.perf_counter()
    generator = get_generator()
    generator.generate(["Hello"], max_tokens=1)
    load = time.perf_counter() - started
    rates = {}
    for size in batches:
        prompts = [f"Write two sentences about this product: {title}" for title in titles[:size]]
        started = time.perf_counter()
        made = generator.generate(prompts, max_tokens=tokens)
        rates[str(size)] = round(sum(g.completion_tokens for g in made) / (time.perf_counter() - started), 1)
    return {"generator": generator.identity, "generator_load_seconds": round(load, 2), "tokens_per_second": rates}


def timed(call: Any) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products")
    parser.add_argument("--texts", type=int, default=4_000)
    parser.add_argument("--tokens", type=int, default=40)
    parser.add_argument("--batches", default="1,8,32")
    parser.add_argument("--json", action="store_true", help="only the last line")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")
    import django

    django.setup()
    titles = read_titles(arguments.products, arguments.texts)
    result = measure_embedder(titles)
    batches = [int(size) for size in arguments.batches.split(",") if size]
    if batches:
        result |= measure_generator(titles, batches, arguments.tokens)
    result["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if not arguments.json:
        for key, value in result.items():
            print(f"{key:26} {value}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
