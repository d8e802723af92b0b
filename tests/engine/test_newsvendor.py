"""Costs of too few and too many: answers worked out by hand, from tables, and by drawing demand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retail_ai.engine.newsvendor import (
    NORMAL,
    Economics,
    critical_ratio,
    expected_shortage,
    level_by_margin,
    stockout_probability,
    unit_loss,
)


@pytest.mark.parametrize(("k", "loss"), [(0.0, 0.3989), (1.0, 0.0833), (-1.0, 1.0833), (1.645, 0.0209)])
def test_the_unit_loss_is_that_of_the_printed_tables(k, loss):
    assert unit_loss(k) == pytest.approx(loss, abs=1e-4)


def test_the_critical_ratio_of_the_textbook():
    """Sold at 5, bought at 3, worth nothing the next day."""
    assert critical_ratio(2, 3) == 0.4


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


def test_shortage_is_what_drawing_demand_gives():
    demand = np.random.default_rng(1).normal(50, 12, 400_000)
    short = np.maximum(demand - 60, 0).mean()
    assert expected_shortage(60, 50, 12) == pytest.approx(short, rel=0.02)
    assert stockout_probability(60, 50, 12) == pytest.approx((demand > 60).mean(), abs=0.005)


@given(mean=st.floats(1, 500), cv=st.floats(0.01, 1), under=st.floats(0.1, 50), over=st.floats(0.1, 50))
def test_no_other_quantity_costs_less(mean, cv, under, over):
    sd = mean * cv

    def cost(supply):
        short = expected_shortage(supply, mean, sd)
        return under * short + over * (supply - mean + short)

    best = NORMAL.inv_cdf(critical_ratio(under, over)) * sd + mean
    for other in (best - sd, best - 0.1 * sd, best + 0.1 * sd, best + sd):
        assert cost(other) >= cost(best) - 1e-6 * max(1, cost(best))
