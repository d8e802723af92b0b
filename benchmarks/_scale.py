"""A catalogue of any size, made up: sparse shoppers who move among neighbours, to see that a fit stays in memory."""

import time
from typing import Any

import numpy as np

from benchmarks._memory import peak_mb, reset_peak
from retail_ai.engine import sequential_linear, tuning
from retail_ai.engine.neighbours import strongest
from retail_ai.engine.tuning import START, usual_ridge

LENGTH = 8


def shoppers(n_items: int, people: int, seed: int = 0) -> list[np.ndarray]:
    """Walks that begin anywhere by a long-tailed popularity and go on near by, now and then elsewhere."""
    rng = np.random.default_rng(seed)
    place = (n_items * rng.random((people, LENGTH)) ** 3).astype(np.int64)
    near = np.cumsum(rng.integers(1, 6, (people, LENGTH)), axis=1)
    stays = np.cumsum(rng.random((people, LENGTH)) < 0.15, axis=1)
    begun = np.take_along_axis(place, stays.clip(max=LENGTH - 1), axis=1)
    return list((begun + near) % n_items)


def report(n_items: int, *, people: int | None = None, tuned: bool = False) -> dict[str, Any]:
    """Fit the linear model and its 60 links a product; seconds and peak memory of the whole process."""
    rows = shoppers(n_items, people or 5 * n_items)
    reset_peak()
    started, cpu = time.perf_counter(), time.process_time()
    settings = START if not tuned else tuning.tune(rows, n_items).settings
    if not tuned:
        settings = sequential_linear.Settings(ridge=usual_ridge(rows, n_items, START), backward=0.3, recall=0.6)
    model = sequential_linear.fit(rows, n_items, settings)
    fitted = time.perf_counter() - started
    links = strongest(model.similar, rows, n_items)
    return {
        "items": n_items, "customers": len(rows), "events": len(rows) * LENGTH, "fit_seconds": round(fitted, 1),
        "seconds": round(time.perf_counter() - started, 1), "cpu_seconds": round(time.process_time() - cpu, 1),
        "links": len(links.sources), "peak_memory_mb": peak_mb(),
    }  # fmt: skip


def exactness(rows: list[np.ndarray], n_items: int, settings: sequential_linear.Settings) -> dict[str, float]:
    """How far the blocked solution strays from the exact one: of all weights' root mean square, and of first tens."""
    blocked = sequential_linear.fit(rows, n_items, settings).weights
    whole = sequential_linear.Settings(**{**_fields(settings), "head": n_items})
    exact = sequential_linear.fit(rows, n_items, whole).weights
    apart = float(np.sqrt(np.mean((blocked - exact) ** 2)) / max(float(np.sqrt(np.mean(exact**2))), 1e-12))
    first = [np.argsort(-matrix, axis=1)[:, :10] for matrix in (blocked, exact)]
    same = np.mean([len(set(a) & set(b)) / max(len(b), 1) for a, b in zip(*first, strict=True)])
    return {"relative_error": apart, "same_first_ten": float(same)}


def _fields(settings: sequential_linear.Settings) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(settings)
