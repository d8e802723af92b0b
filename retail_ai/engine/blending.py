"""Chooses how much each method counts, by its errors from past moments (Caruana et al. 2004, ensemble selection).

Errors are what RMSSE averages: a series' root mean square over the horizon, in units of its own scale.
"""

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.panel import Floats

Mask = NDArray[np.bool_]
STEPS = 20


def mean_error(made: Floats, actual: Floats, scales: Floats, use: Mask) -> float:
    """Mean over (origins, series) of root mean square errors; ``made`` and ``actual`` are (origins, n, horizon),
    ``scales`` (origins, n) roots of squared scales, ``use`` (origins, n) those that count."""
    off: Floats = np.sqrt(np.mean((made - actual) ** 2, axis=2)) / np.where(scales > 0, scales, 1.0)
    return float(off[use].mean()) if use.any() else 0.0


def choose_weights(made: Floats, actual: Floats, scales: Floats, use: Mask) -> Floats:
    """(methods, origins, n, horizon) → (methods,) weights ≥ 0 with sum 1: the method that lowers the blend's error
    most is added, twenty times over."""
    if not use.any():
        return np.full(len(made), 1.0 / len(made))
    width = np.where(scales > 0, scales, 1.0)
    # Only what counts, flat: (methods, rows, horizon).
    rows = made[:, use] / width[use][None, :, None]
    target = actual[use] / width[use][:, None]
    counts, total = np.zeros(len(made)), np.zeros(rows.shape[1:])
    best_counts, best_error = counts, np.inf
    for step in range(1, STEPS + 1):
        errors = [_error((total + one) / step, target) for one in rows]
        pick = int(np.argmin(errors))
        counts[pick] += 1
        total += rows[pick]
        if errors[pick] < best_error - 1e-12:
            best_counts, best_error = counts.copy(), errors[pick]
    weights: Floats = best_counts / best_counts.sum()
    return weights


def _error(made: Floats, target: Floats) -> float:
    return float(np.sqrt(np.mean((made - target) ** 2, axis=1)).mean())
