"""Quantiles of totals: drawn demand whose unevenness shows in its past, so that the true quantiles are known."""

import numpy as np
import pytest

from retail_ai.engine.forecast_values import QUANTILE_LEVELS
from retail_ai.engine.panel import WEEK, Panel
from retail_ai.engine.total_quantiles import TRUST, learn_quantiles, past_of

HORIZON, WEEKS = 4, 60


def drawn(n, seed):
    """A panel of even and uneven series, what was expected after it, and what came."""
    rng = np.random.default_rng(seed)
    level, evenness = rng.lognormal(3, 1, (n, 1)), np.where(rng.random((n, 1)) < 0.5, 0.3, 8.0)
    values = level * rng.gamma(evenness, 1 / evenness, (n, WEEKS + HORIZON))
    return Panel(values[:, :WEEKS], WEEK), np.tile(level, HORIZON), values[:, WEEKS:].sum(axis=1), evenness[:, 0]


@pytest.fixture(scope="module")
def learned():
    panel, mean, came, _ = drawn(1500, 1)
    return learn_quantiles(past_of(panel, WEEKS, mean), mean.sum(axis=1), came)


@pytest.mark.parametrize("level", [0.2, 0.5, 0.8, 0.9, 0.95])
def test_quantiles_hold_their_share_of_even_and_of_uneven_series(learned, level):
    panel, mean, came, evenness = drawn(4000, 2)
    bounds = learned.of(past_of(panel, WEEKS, mean), mean.sum(axis=1))[:, QUANTILE_LEVELS.index(level)]
    for kind in (0.3, 8.0):
        assert (came <= bounds)[evenness == kind].mean() == pytest.approx(level, abs=0.08)


def test_quantiles_rise_with_their_level_and_are_never_negative(learned):
    panel, mean, _, _ = drawn(200, 3)
    made = learned.of(past_of(panel, WEEKS, mean), mean.sum(axis=1))
    assert (np.diff(made, axis=1) >= 0).all() and (made >= 0).all()


def test_they_count_less_the_fewer_outcomes_are_known():
    panel, mean, came, _ = drawn(100, 4)
    seen = past_of(panel, WEEKS, mean)
    some = learn_quantiles(seen, mean.sum(axis=1), came)
    assert some.trust == pytest.approx(TRUST / 3)
    assert learn_quantiles(seen[:9], mean[:9].sum(axis=1), came[:9]).trust == 0


def test_what_is_seen_does_not_depend_on_the_unit():
    panel, mean, _, _ = drawn(50, 5)
    thousands = past_of(Panel(panel.values * 1000, WEEK), WEEKS, mean * 1000)
    assert np.allclose(thousands[:, 1:], past_of(panel, WEEKS, mean)[:, 1:])
