"""Quantiles of a horizon's total straight from a series' past: linear quantile regression (Koenker and Bassett 1978)
over all series, each counting by what it sells, as an order's cost does. It expects no mean and draws no intervals."""

from dataclasses import dataclass

import numpy as np

from retail_ai.engine.forecast_values import QUANTILE_LEVELS
from retail_ai.engine.panel import Floats, Panel

# Beside the quantiles of pooled errors these count half, less where few outcomes are known.
TRUST, PRIOR_ROWS = 0.5, 200
STEPS = 20
SMALL = 0.02
RIDGE = 0.01
FARTHEST = 3.0
LEAST = 0.01


@dataclass(frozen=True, slots=True)
class TotalQuantiles:
    """``weights`` are (levels, columns + 1) of standardised columns, for totals in units of the expected total;
    ``trust`` is how much they should count."""

    weights: Floats
    middle: Floats
    width: Floats
    floor: float
    trust: float

    def of(self, seen: Floats, total: Floats) -> Floats:
        """(n, columns), (n,) expected totals → (n, levels) units, rising with the level."""
        unit = np.maximum(total, self.floor)
        made = _design(seen, self.middle, self.width) @ self.weights.T * unit[:, None]
        rising: Floats = np.maximum.accumulate(np.maximum(made, 0.0), axis=1)
        return rising


def past_of(panel: Panel, at: int, mean: Floats) -> Floats:
    """(n, columns): what was sold before a moment beside what is expected, and how unevenly; ``mean`` (n, horizon)."""
    level = np.maximum(mean.mean(axis=1), 1e-3)
    window = panel.values[:, max(0, at - panel.grain.long) : at]
    known, filled = ~np.isnan(window), np.nan_to_num(window)
    counts = np.maximum(known.sum(axis=1), 1)
    average = filled.sum(axis=1) / counts
    off = np.where(known, np.abs(filled - average[:, None]), 0.0).sum(axis=1) / counts
    deviation = np.sqrt(np.maximum((filled**2).sum(axis=1) / counts - average**2, 0.0))
    recent = filled[:, -panel.grain.windows[2] :].mean(axis=1)
    beside = [off, average, recent, filled.max(axis=1), np.median(filled, axis=1), deviation]
    columns = [np.log(level), (filled > 0).sum(axis=1) / counts, *(np.log(one / level + 0.05) for one in beside)]
    return np.stack(columns, axis=1)


def learn_quantiles(seen: Floats, expected: Floats, actual: Floats) -> TotalQuantiles:
    """From (rows, columns) pasts, (rows,) expected totals and what they came to."""
    count = len(seen)
    if count < 3 * (seen.shape[1] + 1) or not expected.max() > 0:
        nothing = np.zeros(seen.shape[1])
        return TotalQuantiles(np.zeros((len(QUANTILE_LEVELS), len(nothing) + 1)), nothing, nothing + 1, 1.0, 0.0)
    floor = LEAST * float(expected.mean())
    unit = np.maximum(expected, floor)
    weight = np.minimum(unit, np.quantile(unit, 0.99))
    middle, width = seen.mean(axis=0), seen.std(axis=0) + 1e-9
    design, target = _design(seen, middle, width), actual / unit
    target = np.minimum(target, np.quantile(target, 0.998))
    start: Floats = np.zeros(design.shape[1])
    weights = []
    for level in QUANTILE_LEVELS:
        start = _regression(design, target, weight / weight.mean(), level, start)
        weights.append(start)
    return TotalQuantiles(np.array(weights), middle, width, floor, TRUST * count / (count + PRIOR_ROWS))


def _design(seen: Floats, middle: Floats, width: Floats) -> Floats:
    standard = np.clip((seen - middle) / width, -FARTHEST, FARTHEST)
    return np.concatenate([np.ones((len(seen), 1)), standard], axis=1)


def _regression(design: Floats, target: Floats, weight: Floats, level: float, start: Floats) -> Floats:
    """Weights of the columns for one level, by iteratively reweighted least squares."""
    ridge = RIDGE * len(design) * np.eye(design.shape[1])
    ridge[0, 0] = 0.0
    for _ in range(STEPS):
        off = target - design @ start
        counted = design * (np.where(off >= 0, level, 1 - level) / np.maximum(np.abs(off), SMALL) * weight)[:, None]
        start = np.asarray(np.linalg.solve(counted.T @ design + ridge, counted.T @ target), dtype=np.float64)
    return start
