"""The first k of many scores, row by row."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def top_k(scores: NDArray[Any], k: int) -> NDArray[np.int64]:
    """Column numbers of the k highest scores of each row, best first; fewer where there are fewer columns."""
    k = min(k, scores.shape[1])
    if not k:
        return np.zeros((len(scores), 0), dtype=np.int64)
    best = np.argpartition(-scores, k - 1, axis=1)[:, :k]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def without_seen(scores: NDArray[Any], pasts: Any) -> NDArray[Any]:
    """A copy in which what each row's person had can no longer be chosen (-inf)."""
    masked = np.array(scores, dtype=np.float32, copy=True)
    for row, past in enumerate(pasts):
        masked[row, past] = -np.inf
    return masked
