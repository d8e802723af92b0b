"""A catalogue of any size, made up: sparse shoppers who move among neighbours, to see that a fit stays in memory."""

import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np
from scipy import sparse

from benchmarks._memory import peak_mb, reset_peak
from retail_ai.engine import metrics, sequential_linear, tuning
from retail_ai.engine.baselines import fit_ease
from retail_ai.engine.item_content import from_vectors
from retail_ai.engine.linear_settings import Settings
from retail_ai.engine.moments import counts_of, moments
from retail_ai.engine.neighbours import strongest

LENGTH = 8
# Rows solved exactly; items of a shop that is solved exactly, which takes all of them squared, and people asked there.
SAMPLED, EXACT_ITEMS, PEOPLE = 200, 6_000, 2_000
T = TypeVar("T")


def shoppers(n_items: int, people: int, seed: int = 0) -> list[np.ndarray]:
    """Walks that begin anywhere by a long-tailed popularity and go on near by, now and then elsewhere."""
    rng = np.random.default_rng(seed)
    place = (n_items * rng.random((people, LENGTH)) ** 3).astype(np.int64)
    near = np.cumsum(rng.integers(1, 6, (people, LENGTH)), axis=1)
    stays = np.cumsum(rng.random((people, LENGTH)) < 0.15, axis=1)
    begun = np.take_along_axis(place, stays.clip(max=LENGTH - 1), axis=1)
    return list((begun + near) % n_items)


def texts(n_items: int, dimensions: int, seed: int = 0) -> np.ndarray:
    """Vectors of length 1 as a text encoder might give: products near by are alike, and no two are the same."""
    rng = np.random.default_rng(seed)
    shelves = rng.standard_normal((-(-n_items // 40) + 1, dimensions), dtype=np.float32)
    vectors = shelves[np.arange(n_items) // 40] + 0.8 * rng.standard_normal((n_items, dimensions), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def report(n_items: int, *, events: int | None = None, dimensions: int = 0) -> dict[str, Any]:
    """Tune, fit and shorten the linear model, fit EASE, and see on fewer items what the shortcuts cost.

    Seconds of each, and the peak memory of the whole process. ``events``: ten a product if not told. ``dimensions``:
    of made-up text vectors; 0 for none.
    """
    people = max((events or 10 * n_items) // LENGTH, 2)
    rows = shoppers(n_items, people)
    reset_peak()
    started, cpu = time.perf_counter(), time.process_time()
    spent: dict[str, float] = {}
    content = from_vectors(texts(n_items, dimensions)) if dimensions else None
    settings = _timed(spent, "tune_seconds", lambda: tuning.tune(rows, n_items, content).settings)
    model = _timed(spent, "fit_seconds", lambda: sequential_linear.fit(rows, n_items, settings, content))
    links = len(_timed(spent, "links_seconds", partial(strongest, model.linked, rows, n_items)).sources)
    spent["seconds"] = round(time.perf_counter() - started, 1)
    spent["cpu_seconds"] = round(time.process_time() - cpu, 1)
    _timed(spent, "ease_seconds", lambda: fit_ease(rows, n_items))
    memory, fewer, settings = peak_mb(), min(n_items, EXACT_ITEMS), replace(settings, content=0.0, smooth=0.0)
    beside = sampled(model, rows) if sparse.issparse(model.weights) else None
    part = shoppers(fewer, max(people * fewer // n_items, 2))
    return {
        "items": n_items, "customers": len(rows), "events": len(rows) * LENGTH, **spent, "links": links,
        "settings": asdict(model.settings), "peak_memory_mb": memory, "sampled": beside,
        "exactness": {"items": fewer, **exactness(part, fewer, replace(settings, head=fewer // 4))},
    }  # fmt: skip


def _timed(spent: dict[str, float], name: str, work: Callable[[], T]) -> T:
    """The work's result; its seconds are noted, and told at once to who waits."""
    started = time.perf_counter()
    found = work()
    spent[name] = round(time.perf_counter() - started, 1)
    print(f"{name}: {spent[name]}, at most {peak_mb()} MB so far", file=sys.stderr, flush=True)
    return found


def exactness(rows: list[np.ndarray], n_items: int, settings: Settings) -> dict[str, Any]:
    """The way of large catalogues beside the exact solution: NDCG@10 of the same shoppers' last items by either."""
    past, wanted = [row[:-1] for row in rows], np.array([row[-1] for row in rows])
    asked = np.random.default_rng(0).permutation(len(past))[:PEOPLE]
    pasts = [past[i] for i in asked]

    def height(model: Any) -> float:
        return metrics.ndcg(metrics.ranks_of(model.score(pasts), wanted[asked], pasts), 10)

    exact = replace(settings, head=n_items)
    return {
        "linear_ndcg10": height(sequential_linear.fit(past, n_items, settings, dense_items=0)),
        "exact_linear_ndcg10": height(sequential_linear.fit(past, n_items, exact)),
        "ease_ndcg10": height(fit_ease(past, n_items, dense_items=0)),
        "exact_ease_ndcg10": height(fit_ease(past, n_items)),
    }


def sampled(model: sequential_linear.Model, rows: list[np.ndarray]) -> dict[str, Any]:
    """Rows of so many items of the fitted matrix beside the same solved exactly, each on its own.

    The share of the first ten of positive weight that are the same, the share of first ones, and the root mean square
    error of the kept weights over that of the exact ones in their places.
    """
    settings, kept = model.settings, model.kept
    gram, right = moments(
        rows, kept, model.n_items, decay=settings.decay, window=settings.window, backward=settings.backward
    )
    items = np.random.default_rng(0).choice(len(kept), min(SAMPLED, len(kept)), replace=False)
    divisor = sequential_linear.popularity(counts_of(rows, model.n_items)[kept], settings)
    exact = (right.T @ _solved(gram, settings.ridge, items)).T / divisor
    ours = model.weights[items].toarray()
    tens = [np.argsort(-matrix, axis=1)[:, :10] for matrix in (exact, ours)]
    good = [(row[a] > 0).sum() for row, a in zip(exact, tens[0], strict=True)]
    same = [len(set(a[:n]) & set(b)) / n for a, b, n in zip(*tens, good, strict=True) if n]
    off = np.linalg.norm((ours - exact)[ours != 0]) / np.linalg.norm(exact[ours != 0])
    first = float((tens[0][:, 0] == tens[1][:, 0]).mean())
    return {
        "rows": len(items),
        "same_first_ten": float(np.mean(same)),
        "same_first": first,
        "relative_error": float(off),
    }


def _solved(gram: Any, ridge: float, items: np.ndarray) -> np.ndarray:
    """Columns of (gram + ridge·I)⁻¹ by conjugate gradients, until nothing is left over a hundred thousandth."""
    left = np.zeros((gram.shape[0], len(items)), dtype=np.float32)
    left[items, np.arange(len(items))] = 1
    scale = (1 / (gram.diagonal() + ridge)).astype(np.float32)[:, None]
    found, step = np.zeros_like(left), scale * left
    height = (left * step).sum(axis=0)
    for _ in range(500):
        ahead = gram @ step + np.float32(ridge) * step
        stride = height / (step * ahead).sum(axis=0)
        found += stride * step
        left -= stride * ahead
        if np.sqrt((left**2).sum(axis=0)).max() < 1e-5:
            break
        before, height = height, (left * scale * left).sum(axis=0)
        step = scale * left + height / before * step
    return found
