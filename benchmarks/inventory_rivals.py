"""Every single statsforecast model as a rival: its means, its own intervals, and the seconds it took.

A model without intervals of its own gets normal ones from its own errors at four earlier moments.
"""

import time
import warnings
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any

import numpy as np

from retail_ai.engine.panel import Floats, Panel

LEAST_PAST = 8
# Share of the time for models that are run on all series; a sample of fewer than so many tells nothing.
FOR_ALL, LEAST_SERIES = 0.7, 20
Z95, Z80 = NormalDist().inv_cdf(0.975), NormalDist().inv_cdf(0.9)


@dataclass
class Made:
    """Forecasts of all series from one moment: (n, horizon) means and standard deviations, (n, 4, horizon) bounds of
    the 95 and 80 % intervals."""

    mean: Floats
    sigma: Floats
    bands: Floats
    seconds: float
    cpu: float = 0.0


def rivals(panel: Panel) -> dict[str, Any]:
    """Models by name, with the season that the period has."""
    from statsforecast import models as m

    season = panel.grain.cycle
    yearly = season if season > 1 else panel.grain.year
    made = {
        "naive": m.Naive(),
        "seasonal naive": m.SeasonalNaive(season_length=yearly),
        "window average 8": m.WindowAverage(window_size=8),
        "historic average": m.HistoricAverage(),
        "SES": m.SimpleExponentialSmoothingOptimized(),
        "Holt": m.Holt(season_length=1),
        "AutoETS": m.AutoETS(season_length=season),
        "Theta": m.Theta(season_length=season),
        "DynamicOptimizedTheta": m.DynamicOptimizedTheta(season_length=season),
        "CES": m.AutoCES(season_length=season),
        "MSTL": m.MSTL(season_length=[season if season > 1 else 4]),
        "Croston": m.CrostonClassic(),
        "Croston-SBA": m.CrostonSBA(),
        "Croston optimized": m.CrostonOptimized(),
        "TSB": m.TSB(alpha_d=0.2, alpha_p=0.2),
        "ADIDA": m.ADIDA(),
        "IMAPA": m.IMAPA(),
    }
    if season > 1:
        made["seasonal ES"] = m.SeasonalExponentialSmoothingOptimized(season_length=season)
        made["seasonal window average"] = m.SeasonalWindowAverage(season_length=season, window_size=2)
    made["AutoARIMA"] = m.AutoARIMA(season_length=season)
    return made


@dataclass
class Plan:
    """Which models are run, quickest first; on which series only (``some``, rows by name); and the seconds that each
    of those not run would take."""

    models: dict[str, Any] = field(default_factory=dict)
    some: dict[str, Any] = field(default_factory=dict)
    slow: dict[str, float] = field(default_factory=dict)


def affordable(panel: Panel, horizon: int, cut: int, moments: int, options: Any) -> Plan:
    """What fits into the time given, judged by a few series. AutoETS is the measure of time: it always runs on all.
    Models too slow for all series share the time that is left, on series drawn at random."""
    past, models = panel.until(cut), rivals(panel)
    given = options.minutes * 60
    cost = {name: moments * seconds_for(model, past, horizon, given / moments) for name, model in models.items()}
    plan, left = Plan({"AutoETS": models["AutoETS"]}), FOR_ALL * given - cost["AutoETS"]
    behind = []
    for name in sorted(cost.keys() - {"AutoETS"}, key=cost.__getitem__):
        if cost[name] <= left:
            left -= cost[name]
            plan.models[name] = models[name]
        else:
            behind.append(name)
    left = max(left, 0.0) + (1 - FOR_ALL) * given
    order = np.random.default_rng(1).permutation(len(panel))
    for place, name in enumerate(behind):
        count = min(len(panel), int(left / (len(behind) - place) / cost[name] * len(panel)))
        if count < min(LEAST_SERIES, len(panel)):
            plan.slow[name] = round(cost[name], 1)
            continue
        left -= cost[name] * count / len(panel)
        plan.models[name] = models[name]
        if count < len(panel):
            plan.some[name] = np.sort(order[:count])
    return plan


def seconds_for(model: Any, past: Panel, horizon: int, given: float) -> float:
    """How long one moment's forecasts are likely to take. One that cannot be done in the time given is not tried on
    more than two series; the first also has the model compiled."""
    few = past.rows(np.linspace(0, len(past) - 1, min(8, len(past))).astype(np.int64))
    run(model, few.rows(np.arange(1)), horizon)
    second = run(model, few.rows(np.arange(len(few))[-1:]), horizon).seconds * len(past)
    if second > 4 * given:
        return second
    return run(model, few, horizon).seconds / len(few) * len(past)


def run(model: Any, past: Panel, horizon: int) -> Made:
    """One model over all series; where it fails, the mean of the last eight periods."""
    means, bands, sigmas = [], [], []
    started, busy = time.perf_counter(), time.process_time()
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for number in range(len(past)):
            mean, band, sigma = _one(model, past.row(number), horizon)
            means.append(mean)
            bands.append(band)
            sigmas.append(sigma)
    seconds, cpu = time.perf_counter() - started, time.process_time() - busy
    return Made(np.maximum(means, 0.0), np.array(sigmas), np.maximum(bands, 0.0), seconds, cpu)


def _one(model: Any, row: Floats, horizon: int) -> tuple[Floats, Floats, Floats]:
    try:
        answer = model.forecast(y=np.ascontiguousarray(row), h=horizon, level=[80, 95])
        bounds = np.array([answer[name] for name in ("lo-95", "lo-80", "hi-80", "hi-95")])
        return _usable(answer["mean"], bounds, row, horizon)
    except Exception:
        return _without_intervals(model, row, horizon)


def _without_intervals(model: Any, row: Floats, horizon: int) -> tuple[Floats, Floats, Floats]:
    try:
        mean = np.asarray(model.forecast(y=np.ascontiguousarray(row), h=horizon)["mean"], dtype=float)
    except Exception:
        return _fallback(row, horizon)
    return _usable(mean, _normal(mean, _past_deviation(model, row, horizon)), row, horizon)


def _past_deviation(model: Any, row: Floats, horizon: int) -> float:
    """Of its own errors from up to four earlier moments."""
    errors = []
    for cut in [len(row) - horizon * back for back in range(1, 5)]:
        if cut < LEAST_PAST:
            break
        try:
            made = np.asarray(model.forecast(y=np.ascontiguousarray(row[:cut]), h=horizon)["mean"], dtype=float)
        except Exception:
            continue
        errors.append(row[cut : cut + horizon] - made)
    found = float(np.sqrt(np.nanmean(np.square(errors)))) if errors else float(row.std())
    return found if np.isfinite(found) else float(row.std())


def _usable(mean: Any, bounds: Floats, row: Floats, horizon: int) -> tuple[Floats, Floats, Floats]:
    mean = np.asarray(mean, dtype=float)
    if mean.shape != (horizon,) or not np.isfinite(mean).all() or np.abs(mean).max() > 1e12:
        return _fallback(row, horizon)
    if not np.isfinite(bounds).all():
        bounds = _normal(mean, float(row.std()))
    return mean, bounds, (bounds[3] - bounds[0]) / (2 * Z95)


def _fallback(row: Floats, horizon: int) -> tuple[Floats, Floats, Floats]:
    mean = np.full(horizon, row[-8:].mean() if len(row) else 0.0)
    deviation = float(row.std()) if len(row) else 0.0
    return mean, _normal(mean, deviation), np.full(horizon, deviation)


def _normal(mean: Any, deviation: float) -> Floats:
    return np.array([np.asarray(mean) + z * deviation for z in (-Z95, -Z80, Z80, Z95)])
