"""Puts the intervals, the spread and the back-test's errors around expected values. It expects nothing itself."""

from collections.abc import Sequence

import numpy as np

from retail_ai.engine.conformal import Calibration, calibrate, seen_of
from retail_ai.engine.forecast_values import SeriesForecast
from retail_ai.engine.panel import Floats, Ints, Panel
from retail_ai.engine.total_quantiles import TotalQuantiles, past_of


def seen_at(panel: Panel, at: int, mean: Floats) -> Floats:
    """(n, columns): what the size of an error is judged by, from before a moment."""
    window = panel.values[:, max(0, at - panel.grain.long) : at]
    known = ~np.isnan(window)
    counts = np.maximum(known.sum(axis=1), 1)
    filled = np.where(known, window, 0.0)
    average = filled.sum(axis=1) / counts
    # Absolute, not squared: one bulk order does not make every later week uncertain.
    spread = np.where(known, np.abs(filled - average[:, None]), 0.0).sum(axis=1) / counts
    return seen_of(mean.mean(axis=1), spread, (filled > 0).sum(axis=1) / counts)


def step_shape(mean: Floats) -> Floats:
    """(n, horizon) how an error's size differs over the horizon: with the root of what is expected."""
    level = mean.mean(axis=1, keepdims=True)
    shape: Floats = np.sqrt(np.clip(mean / np.maximum(level, 1e-9), 0.1, 10.0))
    return np.where(level > 0, shape, 1.0)


def calibrate_both(seen: Floats, mean: Floats, actual: Floats, moment: Ints) -> tuple[Calibration, Calibration]:
    """For one period and for the horizon's total; (rows, columns), (rows, horizon), (rows, horizon), (rows,)."""
    error = actual - mean
    each = calibrate(seen, mean, error, step_shape(mean), moment)
    return each, calibrate(seen, mean.sum(axis=1, keepdims=True), error.sum(axis=1, keepdims=True))


def as_forecasts(
    panel: Panel,
    mean: Floats,
    each: Calibration,
    total: Calibration,
    direct: TotalQuantiles,
    labels: Sequence[str],
    error: Floats,
    naive: Floats,
) -> list[SeriesForecast]:
    """One SeriesForecast a row of ``mean`` (n, horizon)."""
    seen = seen_at(panel, panel.periods, mean)
    bands, sigma = _bands(seen, mean, each)
    size = total.sizes.of(seen)
    bins = total.bins(size, mean.sum(axis=1))
    deviation = np.maximum(total.deviations[bins], 1e-9)
    together = np.maximum(size * deviation, 0.0)
    shapes = total.shapes[bins] / deviation[:, None]
    if direct.trust:
        sum_of = mean.sum(axis=1)
        other = direct.of(past_of(panel, panel.periods, mean), sum_of) - sum_of[:, None]
        shapes += direct.trust * (other / np.maximum(together, 1e-9)[:, None] - shapes)
    cumulative = _grow(sigma, together, mean.shape[1])
    none = [None if np.isnan(value) else float(value) for value in error]
    against = [None if np.isnan(value) else float(value) for value in naive]
    return [
        SeriesForecast(labels[i], mean[i], bands[i], float(sigma[i]), none[i], against[i], cumulative[i], shapes[i])
        for i in range(len(mean))
    ]


def _bands(seen: Floats, mean: Floats, each: Calibration) -> tuple[Floats, Floats]:
    """(n, 4, horizon) bounds, and (n,) standard deviations of one period."""
    size = each.sizes.of(seen)
    bins = each.bins(size, mean.mean(axis=1))
    width = size[:, None] * step_shape(mean)
    bands = mean[:, None, :] + each.ends[bins][:, :, None] * width[:, None, :]
    return np.maximum(np.sort(bands, axis=1), 0.0), size * each.deviations[bins]


def _grow(one: Floats, together: Floats, horizon: int) -> Floats:
    """(n, horizon): the spread of 1, 2, … periods, by a power of their number that fits both ends."""
    if horizon == 1:
        return together[:, None]
    power = np.log(np.maximum(together, 1e-9) / np.maximum(one, 1e-9)) / np.log(horizon)
    power = np.clip(power, 0.0, 1.0)
    steps = np.arange(1, horizon + 1)[None, :]
    grown: Floats = together[:, None] * (steps / horizon) ** power[:, None]
    return grown
