"""Forecasts categories and the shop directly as well as by summing, and moves the products so that all agree.

How much each way is believed follows from its own errors from past moments.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from retail_ai.engine.backtest import back_test, errors_of
from retail_ai.engine.forecast_values import SeriesForecast
from retail_ai.engine.forecasting import Forecaster, fit
from retail_ai.engine.methods import BASIC, NAIVE, Method, apply_all
from retail_ai.engine.panel import Floats, Ints, Panel
from retail_ai.engine.reconciliation import reconcile


@dataclass(frozen=True, slots=True)
class Agreed:
    """``mean`` (n, horizon) of the products; ``groups`` one forecast a category, then one of the whole shop, whose
    means are the sums of ``mean``; ``demand`` (groups + 1, periods) their past."""

    mean: Floats
    groups: list[SeriesForecast]
    demand: Floats


def agree(panel: Panel, forecaster: Forecaster, made: list[SeriesForecast], methods: Mapping[str, Method]) -> Agreed:
    """Reconcile products with their categories (``panel.groups``; one category where there are none) and the shop."""
    groups = np.zeros(len(panel), dtype=np.int64) if panel.groups is None else panel.groups
    mean = np.array([one.mean for one in made])
    count = int(groups.max(initial=0)) + 1
    whole = Panel(sum_up(np.nan_to_num(panel.values), groups, count), panel.grain)
    direct = fit(whole, horizon=forecaster.horizon, methods=methods)
    tops = direct.forecast(whole)
    if not forecaster.at:
        sums = sum_up(mean, groups, count)
        return Agreed(mean, [_moved(*pair, np.nan, np.nan) for pair in zip(tops, sums, strict=True)], whole.values)
    test = back_test(whole, forecaster.at, forecaster.horizon)
    summed = np.array([sum_up(past, groups, count) for past in forecaster.past(panel)])
    known = replaced(direct, forecaster.at).past(whole)
    of_sums, of_direct = _variances(summed - test.actual), _variances(known - test.actual)
    variance = np.array([one.sigma**2 for one in made])
    # A sum's variance as it showed, shared out by the products' own.
    whole_variance = np.bincount(groups, weights=variance, minlength=count)
    variance = variance * (of_sums[:-1] / np.maximum(whole_variance, 1e-9))[groups]
    gain = _gain(of_sums, of_direct)
    left = float((of_sums[:-1] * (1 - gain[:-1])).sum())
    said = left * (1 - gain[-1]) / max(gain[-1], 1e-9)
    top = np.array([one.mean for one in tops])
    agreed = reconcile(mean, variance, groups, top[:-1], of_direct[:-1], top[-1], said)
    sums = sum_up(agreed, groups, count)
    past = summed + gain[None, :, None] * (known - summed)
    naive = apply_all({NAIVE: BASIC[NAIVE]}, whole, test.at, forecaster.horizon)[NAIVE]
    errors = errors_of(past, test), errors_of(naive, test)
    return Agreed(agreed, [_moved(t, s, e, n) for t, s, e, n in zip(tops, sums, *errors, strict=True)], whole.values)


def sum_up(values: Floats, groups: Ints, count: int) -> Floats:
    """(n, periods) → (count + 1, periods): each group's sum, then everything's."""
    sums = np.zeros((count + 1, values.shape[1]))
    np.add.at(sums, groups, values)
    sums[-1] = values.sum(axis=0)
    return sums


def replaced(forecaster: Forecaster, at: tuple[int, ...]) -> Forecaster:
    """The forecaster, asked about other moments. For blends of one-series methods only: they know nothing later."""
    from dataclasses import replace

    return replace(forecaster, at=at)


def _variances(error: Floats) -> Floats:
    """(moments, groups, horizon) → (groups,) mean squared error."""
    found: Floats = np.mean(error**2, axis=(0, 2))
    return np.maximum(found, 1e-9)


def _gain(of_sums: Floats, of_direct: Floats) -> Floats:
    gain: Floats = of_sums / (of_sums + of_direct)
    return gain


def _moved(top: SeriesForecast, mean: Floats, error: float, naive: float) -> SeriesForecast:
    """The direct forecast's bands around the agreed mean."""
    bands = np.maximum(top.bands + (mean - top.mean)[None, :], 0.0)
    known = not (np.isnan(error) or np.isnan(naive))
    return SeriesForecast(
        top.method, mean, bands, top.sigma, float(error) if known else None, float(naive) if known else None,
        top.cumulative_sigma, top.shape,
    )  # fmt: skip
