"""What forecasts are made of besides the model: censoring, cold starts, reconciliation, quantiles, seasons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benchmarks.inventory_simulation import KINDS, stock_outs
from retail_ai.engine.blending import choose_weights
from retail_ai.engine.censoring import MOST_EVENNESS, correct, expected_given
from retail_ai.engine.cold_start import start_level, weights_of, with_own
from retail_ai.engine.forecasting import fit
from retail_ai.engine.hierarchy import agree
from retail_ai.engine.panel import WEEK, Panel
from retail_ai.engine.reconciliation import reconcile
from retail_ai.engine.seasonality import cycle_factors


@pytest.mark.parametrize("kind", KINDS)
def test_corrected_demand_has_at_most_a_third_of_the_bias(kind):
    found = stock_outs(kind, 60)
    assert abs(found["corrected"]) <= abs(found["uncorrected"]) / 3


@given(rate=st.floats(0.1, 30), least=st.integers(0, 20))
def test_expected_demand_given_that_at_least_so_much_was_wanted(rate, least):
    counts = np.arange(400)
    chances = stats.poisson.pmf(counts, rate) * (counts >= least)
    if chances.sum() > 1e-7:
        known = (counts * chances).sum() / chances.sum()
        found = expected_given(np.array([float(least)]), np.array([rate]), np.array([MOST_EVENNESS]))[0]
        assert found == pytest.approx(known, rel=1e-3)


def test_days_with_stock_stay_as_they_sold_and_closed_days_are_no_loss():
    sold = np.array([[4.0, 5, 0, 0, 4, 5, 4]])
    out = np.array([[False, False, True, True, False, False, False]])
    shape = np.array([1.0, 1, 1, 0, 1, 1, 1])
    made = correct(sold, out, began=out, shape=shape)
    assert made.demand[0, [0, 1, 4, 5, 6]].tolist() == [4, 5, 4, 5, 4]
    assert 4 <= made.demand[0, 2] <= 5
    assert made.demand[0, 3] == 0


def test_weights_go_to_the_method_that_was_right():
    actual = np.random.default_rng(0).poisson(5, (3, 50, 4)).astype(float)
    made = np.stack([actual, actual + 3.0])
    scales, use = np.ones((3, 50)), np.ones((3, 50), bool)
    assert choose_weights(made, actual, scales, use).tolist() == [1, 0]


def test_products_categories_and_shop_agree_and_the_surer_forecast_moves_least():
    bottom = np.array([[10.0], [20.0], [30.0]])
    groups = np.array([0, 0, 1])
    sure, open_ = np.array([0.01, 100.0, 1.0]), np.array([np.inf, np.inf])
    made = reconcile(bottom, sure, groups, np.zeros((2, 1)), open_, np.array([80.0]), 1e-6)
    assert made.sum() == pytest.approx(80, abs=0.01)
    assert made[0, 0] == pytest.approx(10, abs=0.1)
    assert made[1, 0] > 39
    unheard = reconcile(bottom, sure, groups, np.zeros((2, 1)), open_, np.array([80.0]), np.inf)
    assert unheard.tolist() == bottom.tolist()


def test_a_new_product_is_most_like_its_nearest_and_own_sales_take_over():
    weights = weights_of(np.array([0.9, 0.3]))
    assert weights.sum() == pytest.approx(1)
    assert start_level(weights, np.array([8.0, 100.0])) == pytest.approx(8, abs=0.2)
    assert start_level(np.zeros(0), np.zeros(0), 3.0) == 3.0
    assert with_own(10.0, np.zeros(0)) == 10.0
    assert with_own(10.0, np.full(36, 2.0)) == pytest.approx(2.8)


def test_the_shape_of_the_week_is_found_where_there_is_enough_to_see_it():
    shape = np.array([0.5, 0.5, 1, 1, 1, 1.5, 1.5])
    sold = np.random.default_rng(2).poisson(20 * np.tile(shape, (40, 20))).astype(float)
    assert np.abs(cycle_factors(sold, 7) - shape).max() < 0.25
    assert cycle_factors(sold[:, :10], 7).tolist() == np.ones((40, 7)).tolist()


@pytest.mark.parametrize("weeks", [2, 9, 40])
def test_levels_agree_however_short_the_past(weeks):
    values = np.random.default_rng(3).poisson(4, (6, weeks)).astype(float)
    panel = Panel(values, WEEK, groups=np.array([0, 0, 1, 1, 2, 2]))
    fitted = fit(panel, horizon=8)
    agreed = agree(panel, fitted, fitted.forecast(panel), {})
    assert agreed.groups[-1].mean == pytest.approx(agreed.mean.sum(axis=0))
    assert agreed.groups[0].mean == pytest.approx(agreed.mean[:2].sum(axis=0))
