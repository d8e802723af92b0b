"""Errors of forecasts beside what came: scaled errors, bias, pinball loss, coverage. What ordering by them costs is
told in inventory_orders."""

import numpy as np

from benchmarks.inventory_rivals import Made
from retail_ai.engine.panel import Floats, Panel, squared_scales

PINBALL = (0.1, 0.25, 0.5, 0.75, 0.9)


def errors(past: Panel, actual: Floats, made: Made) -> dict[str, float]:
    """RMSSE, MASE, bias, pinball loss and coverage; ``actual`` is (n, horizon)."""
    squared, absolute = squared_scales(past.values), _absolute(past.values)
    use = (squared > 0) & (absolute > 0)
    off = (actual - made.mean)[use]
    held = {
        "coverage80": _held(actual, made.bands[:, 1], made.bands[:, 2]),
        "coverage95": _held(actual, made.bands[:, 0], made.bands[:, 3]),
    }
    if not use.any():  # no series ever changed: nothing to scale by
        return dict.fromkeys(("rmsse", "mase", "bias", "pinball"), float("nan")) | held
    return {
        "rmsse": float(np.mean(np.sqrt(np.mean(off**2, axis=1) / squared[use]))),
        "mase": float(np.mean(np.mean(np.abs(off), axis=1) / absolute[use])),
        "bias": float(-off.sum() / max(actual[use].sum(), 1.0)),
        "pinball": pinball(made, actual, absolute, use),
        **held,
    }


def pinball(made: Made, actual: Floats, absolute: Floats, use: np.ndarray) -> float:
    """Mean over quantiles of the loss in units of the series' mean absolute step. Quantiles between the bounds of the
    intervals are read off by the intervals' own levels, with the mean in the middle where a rival has no median."""
    known = (0.025, 0.1, 0.5, 0.9, 0.975)
    middle = np.clip(made.mean, made.bands[:, 1], made.bands[:, 2])
    curve = np.stack([made.bands[:, 0], made.bands[:, 1], middle, made.bands[:, 2], made.bands[:, 3]])
    losses = []
    for level in PINBALL:
        high = int(np.clip(np.searchsorted(known, level), 1, 4))
        share = (level - known[high - 1]) / (known[high] - known[high - 1])
        quantile = curve[high - 1] + share * (curve[high] - curve[high - 1])
        off = actual - quantile
        losses.append(np.maximum(level * off, (level - 1) * off).mean(axis=1)[use] / absolute[use])
    return float(np.mean(losses))


def _held(actual: Floats, low: Floats, high: Floats) -> float:
    return float(np.mean((actual >= low - 1e-9) & (actual <= high + 1e-9)))


def _absolute(values: Floats) -> Floats:
    steps = np.abs(np.diff(values, axis=1))
    known = ~np.isnan(steps)
    total: Floats = np.where(known, steps, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return total
