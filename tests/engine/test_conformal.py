"""Intervals hold what they promise, also where few errors are known; true distributions are drawn."""

import numpy as np
import pytest

from retail_ai.engine.conformal import calibrate, seen_of
from retail_ai.engine.forecast_values import LEVELS


def held(rows, horizon=4, new=40, times=60, seed=0):
    """Shares of new errors that the 80 and 95 % intervals hold, over shops with ``rows`` past errors of a horizon.
    Half of an error's variance is common to its horizon, and no demand falls below 0."""
    rng = np.random.default_rng(seed)
    shares = []
    for _ in range(times):
        level = rng.lognormal(3, 1, rows + new)
        parts = rng.normal(0, 1.4, (rows + new, 1)) + rng.normal(0, 1.4, (rows + new, horizon))
        error = np.maximum(parts * np.sqrt(level)[:, None], -level[:, None])
        seen, mean = seen_of(level, 2 * np.sqrt(level), np.ones(len(level))), np.tile(level[:, None], horizon)
        made = calibrate(seen[:rows], mean[:rows], error[:rows])
        size = made.sizes.of(seen[rows:])
        ends = made.ends[made.bins(size, level[rows:])] * size[:, None]
        inside = [
            (error[rows:] >= ends[:, [low]]) & (error[rows:] <= ends[:, [high]]) for low, high in ((1, 2), (0, 3))
        ]
        shares.append([one.mean() for one in inside])
    return np.mean(shares, axis=0)


@pytest.mark.parametrize("rows", [8, 20, 60, 400])
def test_intervals_hold_their_share_within_three_points(rows):
    in80, in95 = held(rows)
    assert in80 == pytest.approx(0.80, abs=0.03) and in95 == pytest.approx(0.95, abs=0.02)


def test_without_an_error_the_normal_distribution_stands_in():
    made = calibrate(np.zeros((0, 4)), np.zeros((0, 1)), np.zeros((0, 1)))
    assert made.ends.shape == (1, len(LEVELS)) and (np.diff(made.ends[0]) > 0).all()
    assert made.ends[0][1] == pytest.approx(-1.2816, abs=0.01)


@pytest.mark.parametrize("moments", [3, 6])
def test_weeks_that_go_wrong_for_the_whole_shop_together_count_as_few(moments, rows=120, horizon=4, times=120):
    rng = np.random.default_rng(7)
    held = {"alone": [], "together": []}
    for _ in range(times):
        shock = rng.normal(0, 1, (moments + 1, 1, horizon))
        error = 5 * (shock + rng.normal(0, 1, (moments + 1, rows, horizon)))
        past, new = error[:-1].reshape(-1, horizon), error[-1]
        level = np.full(len(past), 100.0)
        seen, mean = seen_of(level, level / 10, np.ones(len(level))), np.tile(level[:, None], horizon)
        for name, moment in (("alone", None), ("together", np.repeat(np.arange(moments), rows))):
            made = calibrate(seen, mean, past, moment=moment)
            size = made.sizes.of(seen[:rows])
            ends = made.ends[made.bins(size, level[:rows])] * size[:, None]
            held[name].append(((new >= ends[:, [1]]) & (new <= ends[:, [2]])).mean())
    alone, together = np.mean(held["alone"]), np.mean(held["together"])
    assert alone < together and together == pytest.approx(0.80, abs=0.03)


def test_a_series_unlike_all_others_gets_an_interval_within_reason():
    rng = np.random.default_rng(3)
    level = rng.lognormal(5, 1, 300)
    seen = seen_of(level, level / 20, rng.choice([0.999, 1.0], 300))
    error = rng.normal(0, 1, (300, 4)) * level[:, None] / 20 * np.where(seen[:, 2:3] < 1, 0.9, 1.1)
    made = calibrate(seen, np.tile(level[:, None], 4), error)
    ended = seen_of(np.array([100.0]), np.array([90.0]), np.array([0.3]))
    assert 1 < made.sizes.of(ended)[0] < 100  # 0.00006 where the line is followed however far
