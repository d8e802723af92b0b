"""What a forecast is made of: means, bands, spread and the shape of its error; how much will be wanted with what
probability. It forecasts nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Bounds of the 95 % and 80 % intervals.
LEVELS = (0.025, 0.10, 0.90, 0.975)
QUANTILE_LEVELS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99)
NORMAL_SHAPE = np.array([NormalDist().inv_cdf(level) for level in QUANTILE_LEVELS])


@dataclass(frozen=True, slots=True)
class SeriesForecast:
    """One series ahead. ``mean`` is (periods,), ``bands`` (4, periods): the 95 % lower, 80 % lower, 80 % upper and
    95 % upper bounds. ``error`` and ``naive_error`` are the back-test's RMSSE; None where the past is too short.
    ``sigma`` is the standard deviation of one period's error in units, ``cumulative_sigma`` (periods,) that of the
    first 1, 2, … periods' total; ``shape`` (len(QUANTILE_LEVELS),) the quantiles of an error in those units."""

    method: str
    mean: Floats
    bands: Floats
    sigma: float
    error: float | None
    naive_error: float | None
    cumulative_sigma: Floats = field(default_factory=lambda: np.zeros(0))
    shape: Floats = field(default_factory=lambda: NORMAL_SHAPE)


def shape_at(shape: Sequence[float], level: float) -> float:
    """The standardised quantile at ``level``; the normal's where no shape is known."""
    normal = NormalDist().inv_cdf(level)
    if not len(shape):
        return normal
    inner = min(max(level, QUANTILE_LEVELS[0]), QUANTILE_LEVELS[-1])
    at = float(np.interp(inner, QUANTILE_LEVELS, shape))
    edge = NormalDist().inv_cdf(inner)
    return at * normal / edge if inner != level and edge else at
