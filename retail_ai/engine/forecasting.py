"""Forecasts many series at once: one model that learns from all of them, blended with one-series methods by how well
each did from past moments of these very series. It holds no model of its own and reads no shop.

``fit`` looks at the whole panel once; the Forecaster it returns then serves any part of the series.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.backtest import BackTest, back_test, errors_of, moments, moments_for
from retail_ai.engine.blending import choose_weights, mean_error
from retail_ai.engine.conformal import Calibration, calibrate
from retail_ai.engine.forecast_values import SeriesForecast
from retail_ai.engine.global_model import Learner
from retail_ai.engine.intervals import as_forecasts, calibrate_both, seen_at
from retail_ai.engine.methods import BASIC, MEAN8, NAIVE, Method, apply_all
from retail_ai.engine.panel import Floats, Ints, Panel
from retail_ai.engine.shared_models import shared_forecasts
from retail_ai.engine.total_quantiles import TotalQuantiles, learn_quantiles, past_of

SAMPLE = 500
CALIBRATED = 3000
CLASS_LEAST = 60
PRIOR_ROWS = 30
SHARPNESS = 6
DRAWN = 0.5
# A model over all series has nothing to learn from fewer.
FEW = 20
SEED = 11


@dataclass(frozen=True, slots=True)
class Forecaster:
    """What was learned of a panel. ``weights`` are (2, methods): for series that sell in most periods, and for those
    that do not. ``shared`` are (moments + 1, n, horizon) forecasts of the models over all series: from each moment in
    ``at``, by one that knew nothing later, then from the end."""

    horizon: int
    at: tuple[int, ...]
    names: tuple[str, ...]
    weights: Floats
    shared: Mapping[str, Floats]
    each: Calibration
    total: Calibration
    direct: TotalQuantiles
    methods: Mapping[str, Method] = field(default_factory=dict)

    def forecast(self, panel: Panel, rows: Ints | None = None) -> list[SeriesForecast]:
        """Forecast the series numbered ``rows`` (default: all) of the panel that was fitted."""
        rows = np.arange(len(panel)) if rows is None else rows
        if not len(rows):
            return []
        part = panel.rows(rows)
        mean = self._blend(self._made(part, rows, (panel.periods,)), part)[0]
        test = back_test(part, self.at, self.horizon)
        error = errors_of(self._blend(self._made(part, rows, self.at), part), test)
        naive = errors_of(apply_all({NAIVE: BASIC[NAIVE]}, part, self.at, self.horizon)[NAIVE], test)
        return as_forecasts(part, mean, self.each, self.total, self.direct, self._labels(part), error, naive)

    def past(self, panel: Panel) -> Floats:
        """(moments, n, horizon): what would have been expected at the moments ``at``, knowing nothing later."""
        return self._blend(self._made(panel, np.arange(len(panel)), self.at), panel)

    def _made(self, part: Panel, rows: Ints, at: tuple[int, ...]) -> dict[str, Floats]:
        """From the moments ``at``, or from the end."""
        used = {name for name, weight in zip(self.names, self.weights.sum(axis=0), strict=True) if weight > 0}
        made = apply_all({k: m for k, m in self.methods.items() if k in used}, part, at, self.horizon)
        past = slice(0, -1) if at == self.at else slice(-1, None)
        return made | {name: one[past, rows] for name, one in self.shared.items() if name in used}

    def _blend(self, made: Mapping[str, Floats], part: Panel) -> Floats:
        weights = self.weights[classes(part)]
        shape = next(iter(made.values())).shape
        blend = np.zeros(shape)
        for number, name in enumerate(self.names):
            if name in made:
                blend += weights[None, :, number, None] * made[name]
        return np.maximum(blend, 0.0)

    def _labels(self, part: Panel) -> list[str]:
        labels = [label(dict(zip(self.names, row, strict=True))) for row in self.weights]
        return [labels[number] for number in classes(part)]


def fit(
    panel: Panel, *, horizon: int, methods: Mapping[str, Method] | None = None, learner: Learner | None = None
) -> Forecaster:
    """Learn from a panel. ``methods`` are one-series methods by name (plain averages are always among them),
    ``learner`` fits the trees of the model over all series; without it only methods are blended.

    Raises ValueError for a horizon below 1.
    """
    if horizon < 1:
        raise ValueError(f"horizon must be positive, not {horizon}")
    methods = {**BASIC, **(methods or {})}
    learner = learner if len(panel) >= FEW else None
    at = moments(panel.periods, horizon, moments_for(len(panel)))
    shared = shared_forecasts(panel, at, horizon, learner)
    rows = _sample(panel)
    test = back_test(panel, at, horizon).rows(rows)
    weights, without, names = _weights(
        panel, rows, test, {name: one[:-1, rows] for name, one in shared.items()}, methods
    )
    draft = Forecaster(horizon, at, names, weights, shared, *_uncalibrated(), methods=methods)
    return _calibrated(draft, without, panel, rows, test)


def classes(panel: Panel) -> Ints:
    """(n,) 1 for series that sell in fewer than half of their recent periods, else 0."""
    recent = panel.values[:, -panel.grain.long :]
    known = ~np.isnan(recent)
    share = (np.nan_to_num(recent) > 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return np.asarray(share < 0.5, dtype=np.int64)


def label(weights: Mapping[str, float]) -> str:
    """The blend in words: "shared model 70 %, IMAPA 30 %", at most three names."""
    parts = sorted(((w, n) for n, w in weights.items() if w >= 0.01), reverse=True)
    if len(parts) == 1:
        return parts[0][1]
    return ", ".join(f"{name} {weight:.0%}" for weight, name in parts[:3])[:60]


def _sample(panel: Panel) -> Ints:
    order = np.random.default_rng(SEED).permutation(len(panel))
    return np.sort(order[:CALIBRATED]).astype(np.int64)


def _weights(
    panel: Panel, rows: Ints, test: BackTest, made: Mapping[str, Floats], methods: Mapping[str, Method]
) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Weights (2, methods) of each class of series, from a sample of them; the same (moments, 2, methods) as they
    would be without each moment; and the methods' names."""
    few = np.random.default_rng(SEED).permutation(len(rows))[:SAMPLE]
    part, some = panel.rows(rows[few]), test.rows(few)
    all_of = {name: one[:, few] for name, one in made.items()}
    all_of |= apply_all(methods, part, test.at, test.actual.shape[2])
    names = tuple(all_of)
    if not test.at:
        return np.tile(np.array([float(name == MEAN8) for name in names]), (2, 1)), np.zeros((0, 2, len(names))), names
    stack, kinds, others = np.array(list(all_of.values())), classes(part), ~np.eye(len(test.at), dtype=bool)
    picked = _by_class(stack, some, some.use, kinds)
    without = [_by_class(stack, some, some.use & one[:, None], kinds) for one in others if one.any()] or [picked]
    return picked, np.array(without), names


def _by_class(stack: Floats, test: BackTest, use: NDArray[np.bool_], kinds: Ints) -> Floats:
    """(2, methods); the same for both classes where one has few series."""
    pooled = _shrunk(stack, test, use)
    own = [use & (kinds == kind) for kind in (0, 1)]
    return np.array([_shrunk(stack, test, one) if one.any(axis=0).sum() >= CLASS_LEAST else pooled for one in own])


def _shrunk(stack: Floats, test: BackTest, use: NDArray[np.bool_]) -> Floats:
    """The chosen weights drawn half-way to the best single method; where there are few series to choose by as far as
    they are few, and the next two count beside it as far as they did as well."""
    chosen = choose_weights(stack, test.actual, test.scales, use)
    errors = np.array([mean_error(one, test.actual, test.scales, use) for one in stack])
    count = use.sum()
    if count >= 10 * PRIOR_ROWS:
        half: Floats = (1 - DRAWN) * chosen + DRAWN * np.eye(len(stack))[np.argmin(errors)]
        return half
    best = np.argsort(errors, kind="stable")[:3]
    single = np.zeros(len(stack))
    single[best] = (max(errors[best[0]], 1e-9) / np.maximum(errors[best], 1e-9)) ** SHARPNESS
    drawn: Floats = (count * chosen + PRIOR_ROWS * single / single.sum()) / (count + PRIOR_ROWS)
    return drawn


def _uncalibrated() -> tuple[Calibration, Calibration, TotalQuantiles]:
    nothing = np.zeros((0, 4))
    empty = calibrate(nothing, np.zeros((0, 1)), np.zeros((0, 1)))
    return empty, empty, learn_quantiles(nothing, np.zeros(0), np.zeros(0))


def _calibrated(draft: Forecaster, without: Floats, panel: Panel, rows: Ints, test: BackTest) -> Forecaster:
    """The intervals, from the errors of blends from past moments, each weighed by what the other moments say: weights
    that were chosen on a moment err less there than on one to come."""
    if not test.use.any():
        return draft
    part = panel.rows(rows)
    each_by = replace(draft, weights=without.max(axis=0))._made(part, rows, test.at)
    blends = (replace(draft, weights=weights) for weights in without)
    made = np.concatenate(
        [one._blend({name: by[[i]] for name, by in each_by.items()}, part) for i, one in enumerate(blends)]
    )
    seen = np.concatenate([seen_at(part, at, made[i])[test.use[i]] for i, at in enumerate(test.at)])
    each, total = calibrate_both(seen, made[test.use], test.actual[test.use], np.nonzero(test.use)[0])
    pasts = np.concatenate([past_of(part, at, made[i])[test.use[i]] for i, at in enumerate(test.at)])
    direct = learn_quantiles(pasts, made[test.use].sum(axis=1), test.actual[test.use].sum(axis=1))
    return replace(draft, each=each, total=total, direct=direct)
