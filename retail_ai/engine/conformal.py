"""Intervals and quantiles from past errors: each error in units of its own series' expected size, pooled over series
whose errors look alike (normalised split-conformal prediction, Papadopoulos et al. 2008). It makes no forecast."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from retail_ai.engine.forecast_values import LEVELS, NORMAL_SHAPE, QUANTILE_LEVELS
from retail_ai.engine.panel import Floats, Ints

BINS = 8
ENOUGH = 150
COVERAGES = (0.95, 0.80)
MOST_HELD = 0.998
ALPHAS = np.concatenate([np.linspace(0.0005, 0.06, 60), np.linspace(0.065, 0.45, 78)])


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large an error is to be expected: log-linear in what is seen of a series, and beside its level (the first
    column) within the bounds ``low`` and ``high`` of what was learned from: lines lead anywhere beyond it."""

    weights: Floats
    low: float = -np.inf
    high: float = np.inf

    def of(self, seen: Floats) -> Floats:
        """(n, columns) → (n,) sizes in units."""
        beside = np.clip(_with_one(seen) @ self.weights - seen[:, 0], self.low, self.high)
        size: Floats = np.exp(np.clip(seen[:, 0] + beside, -12, 25))
        return size


@dataclass(frozen=True, slots=True)
class Calibration:
    """Standardised quantiles by bin of relative size: ``shapes`` (bins, levels), ``ends`` (bins, 4) the bounds of the
    95 and 80 % intervals, ``deviations`` (bins,) standard deviations; all in units of the expected size."""

    sizes: Sizes
    edges: Floats
    shapes: Floats
    ends: Floats
    deviations: Floats

    def bins(self, size: Floats, mean: Floats) -> Ints:
        """(n,) the bin of each series."""
        return np.searchsorted(self.edges, size / np.maximum(mean, 1e-9)).astype(np.int64)


def seen_of(mean: Floats, spread: Floats, share: Floats) -> Floats:
    """(n,) expected demand, its past spread, share of periods with a sale → (n, columns) for ``Sizes``."""
    level = np.log(np.maximum(mean, 1e-3))
    rough = np.log(np.maximum(spread, 1e-3))
    return np.stack([level, rough, share, level * share], axis=1)


def calibrate(
    seen: Floats, expected: Floats, error: Floats, shape: Floats | None = None, moment: Ints | None = None
) -> Calibration:
    """From (n, columns) what was seen, (n, k) expected demand and errors (actual - expected) of k outcomes each.

    ``shape`` (n, k), mean 1, says how an error's size differs among the outcomes; ``moment`` (n,) numbers the moments
    that rows are from, where it is known. With few errors the normal distribution's quantiles stand in.
    """
    shape = np.ones(error.shape) if shape is None else shape
    sizes = _fit_sizes(seen, error / shape)
    size = sizes.of(seen)
    relative = size / np.maximum(expected.mean(axis=1), 1e-9)
    count = int(np.clip(error.size // (2 * ENOUGH), 1, BINS))
    edges = np.quantile(relative, np.arange(1, count) / count) if len(relative) else np.zeros(0)
    bins = np.searchsorted(edges, relative)
    common = (0.0, 1.0) if moment is None else _in_common(error / np.maximum(size[:, None] * shape, 1e-12), moment)
    parts = [_bin(expected, error, size, shape, bins == number, *common) for number in range(count)]
    shapes, ends, deviations = (np.array(column) for column in zip(*parts, strict=True))
    return Calibration(sizes, np.asarray(edges), shapes, ends, deviations)


def _fit_sizes(seen: Floats, error: Floats) -> Sizes:
    """Least squares on the logarithm of each row's root mean square error."""
    rows = _with_one(seen)
    start = np.zeros(rows.shape[1])
    start[1] = 0.5  # as the spread of a Poisson count
    if len(rows) < 3 * rows.shape[1]:
        return Sizes(start)
    target = np.log(np.sqrt(np.mean(error**2, axis=1)) + 0.05)
    ridge = np.eye(rows.shape[1]) * 1e-2
    weights = np.linalg.solve(rows.T @ rows + ridge, rows.T @ target + ridge @ start)
    beside = rows @ weights - seen[:, 0]
    return Sizes(weights, float(beside.min()), float(beside.max()))


def _in_common(scaled: Floats, moment: Ints) -> tuple[float, float]:
    """Which share of the variance of (n, k) errors the rows of a moment have in common, and how many moments there
    are, each step of theirs counting between nothing and one. A shop has good and bad weeks: its rows go together."""
    numbers = np.unique(moment)
    if len(numbers) < 2:
        return 0.0, 1.0
    low, high = np.quantile(scaled, [0.01, 0.99])
    parts = [np.clip(scaled[moment == number], low, high) for number in numbers]
    by_chance = np.mean([part.var(axis=0).mean() / len(part) for part in parts])
    means = np.array([part.mean(axis=0) for part in parts])
    share = (means.var(ddof=1) - by_chance) / max(np.concatenate(parts).var(), 1e-12)
    return float(np.clip(share, 0.0, 1.0)), len(numbers) * (1 + scaled.shape[1]) / 2


def _bin(
    expected: Floats, error: Floats, size: Floats, shape: Floats, here: np.ndarray, common: float, moments: float
) -> tuple[Floats, Floats, float]:
    width = size[here, None] * shape[here]
    scaled = (error[here] / np.maximum(width, 1e-12)).ravel()
    # Outcomes of one row come together: each counts between nothing and one.
    rows = (int(here.sum()) + len(scaled)) / 2
    rows /= 1 + max(rows / moments - 1, 0.0) * common  # Kish 1965, design effect
    if len(scaled) < ENOUGH:
        deviation = float(np.sqrt(np.mean(scaled**2))) if len(scaled) else 1.0
        return NORMAL_SHAPE * deviation, _few_ends(rows) * deviation, deviation
    low, high = np.quantile(scaled, [0.002, 0.998])
    deviation = float(np.clip(scaled, low, high).std()) or 1e-9
    floor = (-expected[here] / np.maximum(width, 1e-12)).ravel()
    (low95, high95), (low80, high80) = (_ends(scaled, floor, _of_one_more(cover, rows)) for cover in COVERAGES)
    return np.quantile(scaled, QUANTILE_LEVELS), np.array([low95, low80, high80, high95]), deviation


def _of_one_more(coverage: float, rows: float) -> float:
    """The share of ``rows`` past errors that an interval must hold to hold the next one with probability ``coverage``
    (Vovk et al. 2005)."""
    return min(coverage * (1.0 + 1.0 / max(rows, 1)), MOST_HELD)


def _few_ends(rows: float) -> Floats:
    """Bounds for one outcome more after so few rows, in standard deviations: Student's."""
    levels = np.array(LEVELS)
    few = rows < 2
    bounds: Floats = np.interp(levels, QUANTILE_LEVELS, NORMAL_SHAPE) if few else stats.t.ppf(levels, rows - 1)
    return bounds if few else bounds * np.sqrt(1.0 + 1.0 / rows)


def _ends(scaled: Floats, floor: Floats, coverage: float) -> tuple[float, float]:
    """Equal tails of such a share that the interval, which ends at a demand of 0, holds ``coverage`` of the errors."""
    lows, highs = np.quantile(scaled, ALPHAS), np.quantile(scaled, 1 - ALPHAS)
    held = [
        np.mean((scaled >= np.maximum(low, floor) - 1e-9) & (scaled <= np.maximum(high, floor)))
        for low, high in zip(lows, highs, strict=True)
    ]
    pick = int(np.argmin(np.abs(np.array(held) - coverage)))
    return float(lows[pick]), float(highs[pick])


def _with_one(seen: Floats) -> Floats:
    return np.concatenate([np.ones((len(seen), 1)), seen], axis=1)
