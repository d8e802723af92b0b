"""Forecasts many weekly series at once: each gets the method that a back-test on its own past found best.

It holds no forecasting model of its own but plain averages; the caller hands in the methods. It reads no shop.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.forecast_values import LEVELS, SeriesForecast

Floats = NDArray[np.float64]
# (weeks of one series, weeks ahead) → expected value of each week ahead. Raises or gives NaN where it cannot.
Method = Callable[[Floats, int], Floats]

NAIVE = "naive"
MEAN8 = "mean of 8 weeks"
MIN_WEEKS = 12
# Standardised residuals below which a pooled quantile is too rough and the normal's is used.
ENOUGH_RESIDUALS = 200
NORMAL_QUANTILES = np.array([-1.96, -1.2816, 1.2816, 1.96])


def naive(series: Floats, horizon: int) -> Floats:
    """As in the last week."""
    return np.full(horizon, series[-1] if len(series) else 0.0)


def mean8(series: Floats, horizon: int) -> Floats:
    """The mean of the last eight weeks."""
    return np.full(horizon, series[-8:].mean() if len(series) else 0.0)


BASIC: dict[str, Method] = {NAIVE: naive, MEAN8: mean8}


def forecast(
    series: Floats,
    *,
    horizon: int,
    methods: Mapping[str, Method] = BASIC,
    origins: int = 3,
    trust: float = 0.3,
) -> list[SeriesForecast]:
    """Forecast each row of ``series`` (n, weeks); NaN at a row's start stands for weeks before it was sold.

    Each method forecasts ``horizon`` weeks from each of ``origins`` moments in the past. A row's method is the one
    with the least error, its own counting ``trust`` and that over all rows the rest: a single product's few weeks
    are a noisy judge. Bounds are quantiles of all rows' back-test residuals, each in units of its row's own spread
    (normalised split-conformal, after Papadopoulos et al. 2008). Raises ValueError for a wrong shape or horizon.
    """
    if series.ndim != 2 or horizon < 1:
        raise ValueError(f"series must be (n, weeks) and horizon positive; got {series.shape} and {horizon}")
    methods = {**BASIC, **methods}
    rows = [_trimmed(row) for row in series]
    tests = [_backtest(row, methods, horizon, origins) for row in rows]
    pooled = _pooled_errors([test for test in tests if test is not None], len(methods))
    chosen = [_choose(test, pooled, trust, list(methods)) for test in tests]
    residuals = [
        None if test is None else test[:, list(methods).index(name)] for test, name in zip(tests, chosen, strict=True)
    ]
    sigmas = [_sigma(row, left) for row, left in zip(rows, residuals, strict=True)]
    quantiles = _quantiles(rows, residuals)
    return [
        _one(row, test, name, sigma, quantiles, methods, horizon)
        for row, test, name, sigma in zip(rows, tests, chosen, sigmas, strict=True)
    ]


def scale_of(series: Floats) -> float:
    """Mean squared step of a series: what RMSSE divides by (Makridakis et al. 2022, M5). 0 for a constant one."""
    steps = np.diff(series)
    return float(np.mean(steps**2)) if len(steps) else 0.0


def apply(method: Method, series: Floats, horizon: int) -> Floats:
    """A method's answer, never negative; the eight-week mean where it fails or is not finite."""
    try:
        mean = np.asarray(method(series, horizon), dtype=float)
    except (ValueError, ZeroDivisionError, IndexError, FloatingPointError, np.linalg.LinAlgError):
        return mean8(series, horizon)
    if mean.shape != (horizon,) or not np.isfinite(mean).all():
        return mean8(series, horizon)
    positive: Floats = np.maximum(mean, 0.0)
    return positive


def _trimmed(row: Floats) -> Floats:
    known = ~np.isnan(row)
    return np.nan_to_num(row[int(np.argmax(known)) :]) if known.any() else np.zeros(0)


def _backtest(row: Floats, methods: Mapping[str, Method], horizon: int, origins: int) -> Floats | None:
    """Residuals (origins, methods, horizon), scaled by nothing; None where the past is too short to tell."""
    step = max(1, horizon // 2)
    cuts = [len(row) - horizon - step * back for back in range(origins)]
    cuts = [cut for cut in cuts if cut >= MIN_WEEKS]
    if not cuts:
        return None
    return np.array(
        [[row[cut : cut + horizon] - apply(m, row[:cut], horizon) for m in methods.values()] for cut in cuts]
    ) / _root_scale(row)


def _root_scale(row: Floats) -> float:
    return float(np.sqrt(scale_of(row))) or 1.0


def _pooled_errors(tests: Sequence[Floats], count: int) -> Floats:
    if not tests:
        return np.zeros(count)
    errors: Floats = np.mean([np.sqrt(np.mean(test**2, axis=(0, 2))) for test in tests], axis=0)
    return errors


def _choose(test: Floats | None, pooled: Floats, trust: float, names: list[str]) -> str:
    if test is None:
        return MEAN8
    own = np.sqrt(np.mean(test**2, axis=(0, 2)))
    return names[int(np.argmin(trust * own + (1 - trust) * pooled))]


def _sigma(row: Floats, residuals: Floats | None) -> float:
    """Spread of a week's error in units, at least that of a Poisson count with the recent mean."""
    floor = float(np.sqrt(row[-26:].mean())) if len(row) else 0.0
    if residuals is None:
        return max(floor, float(row.std())) if len(row) else 0.0
    return max(floor, float(np.sqrt(np.mean(residuals**2))) * _root_scale(row))


def _quantiles(rows: Sequence[Floats], residuals: Sequence[Floats | None]) -> Floats:
    """Quantiles of residuals, each in units of the spread that the row's *other* origins show: as in use, the
    spread is then known from other weeks than those it is applied to."""
    scaled = [
        part for row, left in zip(rows, residuals, strict=True) if left is not None for part in _held_out(row, left)
    ]
    if sum(map(len, scaled)) < ENOUGH_RESIDUALS:
        return NORMAL_QUANTILES
    quantiles: Floats = np.quantile(np.concatenate(scaled), LEVELS)
    return quantiles


def _held_out(row: Floats, left: Floats) -> list[Floats]:
    parts = []
    for origin in range(len(left) if len(left) > 1 else 0):
        sigma = _sigma(row, np.delete(left, origin, axis=0))
        if sigma > 0:
            parts.append(left[origin] * _root_scale(row) / sigma)
    return parts


def _one(
    row: Floats,
    test: Floats | None,
    name: str,
    sigma: float,
    quantiles: Floats,
    methods: Mapping[str, Method],
    horizon: int,
) -> SeriesForecast:
    mean = apply(methods[name], row, horizon)
    bands = np.maximum(mean + sigma * quantiles[:, None], 0.0)
    if test is None:
        return SeriesForecast(name, mean, bands, sigma, None, None)
    errors = np.sqrt(np.mean(test**2, axis=(0, 2)))
    names = list(methods)
    return SeriesForecast(
        name, mean, bands, sigma, float(errors[names.index(name)]), float(errors[names.index(NAIVE)])
    )
