"""The first k of many scores, row by row."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.ridge import threads

# From so many columns on, each row is first narrowed to those that can be among the best.
WIDE = 20_000
# A row is narrowed by what so many of its columns, evenly spread, say of the height that is needed; to so many times
# what is wanted, lest too few be left.
_SAMPLED, _MORE = 2_000, 4


def top_k(scores: NDArray[Any], k: int) -> NDArray[np.int64]:
    """Column numbers of the k highest scores of each row, best first; fewer where there are fewer columns."""
    k = min(k, scores.shape[1])
    if not k:
        return np.zeros((len(scores), 0), dtype=np.int64)
    if scores.shape[1] >= WIDE and len(scores):
        with ThreadPoolExecutor(threads()) as pool:
            return np.stack(list(pool.map(lambda row: _of_wide(row, k), scores)))
    best = np.argpartition(-scores, k - 1, axis=1)[:, :k]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def _of_wide(row: NDArray[Any], k: int) -> NDArray[np.int64]:
    """The same of one row: most of it lies below what a sample shows to be too low, and is not sorted at all."""
    sample = row[:: max(len(row) // _SAMPLED, 1)]
    wanted = min(_MORE * (1 + k * len(sample) // len(row)), len(sample))
    above = np.flatnonzero(row >= np.partition(sample, -wanted)[-wanted])
    if len(above) < k:
        above = np.arange(len(row))
    heights = -row[above]
    best = np.argpartition(heights, k - 1)[:k]
    found: NDArray[np.int64] = above[best[np.argsort(heights[best], kind="stable")]]
    return found


def without_seen(scores: NDArray[Any], pasts: Any) -> NDArray[Any]:
    """A copy in which what each row's person had can no longer be chosen (-inf)."""
    masked = np.array(scores, dtype=np.float32, copy=True)
    for row, past in enumerate(pasts):
        masked[row, past] = -np.inf
    return masked
