"""Costs of too few and too many: answers worked out by hand, from tables, and by drawing demand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retail_ai.engine.newsvendor import (
    Economics,
    critical_ratio,
    expected_shortage,
    level_by_margin,
    newsvendor_cost,
    newsvendor_quantity,
    stockout_probability,
    unit_loss,
)


@pytest.mark.parametrize(("k", "loss"), [(0.0, 0.3989), (1.0, 0.0833), (-1.0, 1.0833), (1.645, 0.0209)])
def test_the_unit_loss_is_that_of_the_printed_tables(k, loss):
    assert unit_loss(k) == pytest.approx(loss, abs=1e-4)


def test_the_newsboy_of_the_textbook():
    """Sold at 5, bought at 3, worth nothing the next day; 100 ± 20 wanted: ratio 0.4, so 100 − 0.2533 · 20 = 94.9."""
    assert critical_ratio(2, 3) == 0.4
    assert newsvendor_quantity(100, 20, 0.4) == pytest.approx(94.93, abs=0.01)


def test_a_level_by_margin_by_hand():
    """Earns 4, costs 6 at 20 % a year, kept 30.42 days: overage 0.1, ratio 4 / 4.1."""
    level = level_by_margin(Economics(price=10, unit_cost=6, holding_rate=0.2), days=365 / 12)
    assert level == pytest.approx(4 / 4.1, abs=1e-9)


@pytest.mark.parametrize(
    "economics",
    [Economics(), Economics(price=5), Economics(unit_cost=5), Economics(price=4, unit_cost=5),
     Economics(price=9, unit_cost=5, holding_rate=0)],
)  # fmt: skip
def test_without_a_margin_or_a_cost_of_keeping_there_is_no_level(economics):
    assert level_by_margin(economics, 7) is None


@pytest.mark.parametrize(("under", "over"), [(-1, 1), (1, -1), (0, 0)])
def test_costs_that_are_none_are_refused(under, over):
    with pytest.raises(ValueError, match="too few"):
        critical_ratio(under, over)


def test_shortage_and_cost_are_what_drawing_demand_gives():
    demand = np.random.default_rng(1).normal(50, 12, 400_000)
    short = np.maximum(demand - 60, 0).mean()
    assert expected_shortage(60, 50, 12) == pytest.approx(short, rel=0.02)
    assert stockout_probability(60, 50, 12) == pytest.approx((demand > 60).mean(), abs=0.005)
    cost = (4 * np.maximum(demand - 60, 0) + 0.5 * np.maximum(60 - demand, 0)).mean()
    assert newsvendor_cost(60, 50, 12, underage=4, overage=0.5) == pytest.approx(cost, rel=0.01)


@given(mean=st.floats(1, 500), cv=st.floats(0.01, 1), under=st.floats(0.1, 50), over=st.floats(0.1, 50))
def test_no_other_quantity_costs_less(mean, cv, under, over):
    sd = mean * cv
    best = mean + (newsvendor_quantity(1e6, 1, critical_ratio(under, over)) - 1e6) * sd
    least = newsvendor_cost(best, mean, sd, underage=under, overage=over)
    for other in (best - sd, best - 0.1 * sd, best + 0.1 * sd, best + sd):
        assert newsvendor_cost(other, mean, sd, underage=under, overage=over) >= least - 1e-6 * max(1, least)
