"""Exponential averages of many series at once, at every moment of their past. Plain numpy; it chooses no forecast."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def exponential(values: Floats, alpha: float) -> Floats:
    """(n, periods) → (n, periods + 1): column t is the average of what lies before t, newest counting ``alpha``.
    Unknown values are passed over; 0 before the first known one."""
    n, periods = values.shape
    out = np.zeros((n, periods + 1))
    level = np.full(n, np.nan)
    for t in range(periods):
        now = values[:, t]
        moved = np.where(np.isnan(level), now, level + alpha * (now - level))
        level = np.where(np.isnan(now), level, moved)
        out[:, t + 1] = level
    return np.nan_to_num(out)


def running_sums(values: Floats) -> Floats:
    """(n, periods) → (n, periods + 1): column t is the sum of the known values before t."""
    n = len(values)
    return np.concatenate([np.zeros((n, 1)), np.cumsum(np.nan_to_num(values), axis=1)], axis=1)


def best_exponential(values: Floats, averages: list[Floats]) -> Floats:
    """(n, periods + 1): at each moment the one of ``averages`` whose one-step errors were least until then."""
    costs = []
    for average in averages:
        errors = (average[:, :-1] - values) ** 2
        costs.append(running_sums(np.nan_to_num(errors)))
    best = np.argmin(np.array(costs), axis=0)
    return np.asarray(np.take_along_axis(np.array(averages), best[None], axis=0)[0])
