"""Learns the level of the coming horizon from all series together, by trees that the caller hands in.

It blends nothing and draws no intervals.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.demand_features import Features
from retail_ai.engine.horizon_loss import WIDEST, HorizonLoss
from retail_ai.engine.panel import Floats, Panel, squared_scales
from retail_ai.engine.seasonality import cycle_factors, over

Rows = NDArray[np.float32]
LEAST_PAST = 6
LEAST_ROWS = 400
MOST_ROWS = 90_000
FORGET_A_YEAR = 0.1


class Trees(Protocol):
    """What a fitted model of trees must do."""

    def predict(self, rows: Rows) -> Floats:
        """(rows, features) → (rows,) scores."""
        ...


# (features (rows, columns), loss) → fitted trees.
Learner = Callable[[Rows, HorizonLoss], Trees]


def without_cycle(panel: Panel, factors: Floats) -> Panel:
    """The panel with its cycle divided out of the demand."""
    if factors.shape[1] < 2:
        return panel
    shape = over(factors, 0, panel.periods)
    return Panel(panel.values / shape, panel.grain, panel.channels, panel.planned, panel.groups)


def expected(panel: Panel, horizon: int, learner: Learner, *, cycle: int = 1) -> Floats | None:
    """(n, horizon) what is expected after the panel's end, learned from every moment of its past; horizons that are
    not over yet count by the part that is. None where there is too little to learn."""
    factors = cycle_factors(panel.values, cycle)
    features = Features(without_cycle(panel, factors), horizon)
    trees = _learned(features, horizon, learner)
    if trees is None:
        return None
    at = panel.periods
    score = np.clip(trees.predict(features.at(at)), -WIDEST, WIDEST)
    level = features.base(at) * np.exp(score) * features.level(at)
    mean: Floats = level[:, None] * over(factors, at, horizon)
    return mean


def _learned(features: Features, horizon: int, learner: Learner) -> Trees | None:
    parts = [_rows(features, at, horizon) for at in _moments(features.panel, horizon)]
    parts = [part for part in parts if len(part[0])]
    if not parts or sum(len(part[0]) for part in parts) < LEAST_ROWS:
        return None
    rows, base, mean, spread, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    weight = np.minimum(weight, np.quantile(weight, 0.99))
    return learner(rows, HorizonLoss(base, mean, spread, weight / weight.mean()))


def _moments(panel: Panel, horizon: int) -> NDArray[np.int64]:
    """Moments to learn from, newest kept when there would be more rows than needed."""
    over, last = panel.periods - horizon, panel.periods - 1
    first = max(min(panel.grain.long // 3 + 2, over), LEAST_PAST, over - panel.grain.span)
    if over < first:
        return np.zeros(0, dtype=np.int64)
    most = max(4, MOST_ROWS // max(len(panel), 1))
    step = max(1, -(-(last - first + 1) // most))
    # Steps that share a factor with the week would see the same weekday only.
    step += 1 if step % 7 == 0 else 0
    return np.arange(last, first - 1, -step)[::-1].astype(np.int64)


def _rows(features: Features, at: int, horizon: int) -> tuple[Rows, Floats, Floats, Floats, Floats]:
    """(features, base, mean, spread, weight) of the series that are old enough at a moment."""
    panel = features.panel
    level, scale = features.level(at), np.sqrt(squared_scales(panel.values[:, :at]))
    good = (features.counts[:, at] >= LEAST_PAST) & (scale > 0) & (level > 1e-6)
    ahead = features.filled[good, at : at + horizon]
    done = ahead.shape[1] / horizon
    level = level[good]
    age = (panel.periods - horizon - at) / panel.grain.year
    weight = level / scale[good] * FORGET_A_YEAR**age * done
    base = features.base(at)[good]
    return features.at(at)[good], base, ahead.mean(axis=1) / level, ahead.std(axis=1) / level, weight
