"""A catalogue of any size, made up: sparse shoppers who move among neighbours, to see that a fit stays in memory."""

import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np

from benchmarks._memory import peak_mb, reset_peak
from retail_ai.engine import sequential_linear, tuning
from retail_ai.engine.baselines import fit_ease
from retail_ai.engine.linear_settings import Settings
from retail_ai.engine.neighbours import strongest

LENGTH = 8
# The blocked solution is compared with the exact one on so many items: that takes all of them squared.
EXACT_ITEMS = 6_000
T = TypeVar("T")


def shoppers(n_items: int, people: int, seed: int = 0) -> list[np.ndarray]:
    """Walks that begin anywhere by a long-tailed popularity and go on near by, now and then elsewhere."""
    rng = np.random.default_rng(seed)
    place = (n_items * rng.random((people, LENGTH)) ** 3).astype(np.int64)
    near = np.cumsum(rng.integers(1, 6, (people, LENGTH)), axis=1)
    stays = np.cumsum(rng.random((people, LENGTH)) < 0.15, axis=1)
    begun = np.take_along_axis(place, stays.clip(max=LENGTH - 1), axis=1)
    return list((begun + near) % n_items)


def report(n_items: int, *, people: int | None = None) -> dict[str, Any]:
    """Tune, fit and shorten the linear model, fit EASE, and see on fewer items how exact the blocked solution is.

    Seconds of each, and the peak memory of the whole process.
    """
    rows = shoppers(n_items, people or 5 * n_items)
    reset_peak()
    started, cpu = time.perf_counter(), time.process_time()
    spent: dict[str, float] = {}
    settings = _timed(spent, "tune_seconds", lambda: tuning.tune(rows, n_items).settings)
    model = _timed(spent, "fit_seconds", lambda: sequential_linear.fit(rows, n_items, settings))
    links = len(_timed(spent, "links_seconds", partial(strongest, model.similar, rows, n_items)).sources)
    del model
    spent["seconds"] = round(time.perf_counter() - started, 1)
    spent["cpu_seconds"] = round(time.process_time() - cpu, 1)
    _timed(spent, "ease_seconds", lambda: fit_ease(rows, n_items))
    fewer = min(n_items, EXACT_ITEMS)
    part = shoppers(fewer, 5 * fewer)
    return {
        "items": n_items, "customers": len(rows), "events": len(rows) * LENGTH, **spent, "links": links,
        "settings": asdict(settings), "peak_memory_mb": peak_mb(),
        "exactness": {"items": fewer, **exactness(part, fewer, replace(settings, head=fewer // 4))},
    }  # fmt: skip


def _timed(spent: dict[str, float], name: str, work: Callable[[], T]) -> T:
    """The work's result; its seconds are noted, and told at once to who waits."""
    started = time.perf_counter()
    found = work()
    spent[name] = round(time.perf_counter() - started, 1)
    print(f"{name}: {spent[name]}, at most {peak_mb()} MB so far", file=sys.stderr, flush=True)
    return found


def exactness(rows: list[np.ndarray], n_items: int, settings: Settings) -> dict[str, float]:
    """How far the blocked solution strays from the exact one: root mean square of the difference over that of the
    weights, and the share of each item's first ten that are the same. Both matrices are held whole."""
    blocked = sequential_linear.fit(rows, n_items, settings).weights
    exact = sequential_linear.fit(rows, n_items, replace(settings, head=n_items)).weights
    apart = float(np.sqrt(np.mean((blocked - exact) ** 2)) / max(float(np.sqrt(np.mean(exact**2))), 1e-12))
    first = [np.argsort(-matrix, axis=1)[:, :10] for matrix in (blocked, exact)]
    same = np.mean([len(set(a) & set(b)) / max(len(b), 1) for a, b in zip(*first, strict=True)])
    return {"relative_error": apart, "same_first_ten": float(same)}
