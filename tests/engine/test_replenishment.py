from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retail_ai.engine.forecast_values import QUANTILE_LEVELS
from retail_ai.engine.replenishment import Demand, Terms, days_until, demand_in, order_quantity, safety_stock
from tests.engine.advice import advise

weeks = st.lists(st.just(0.0) | st.floats(0.01, 500), min_size=1, max_size=12)
terms = st.builds(
    Terms,
    lead_time=st.floats(0, 120),
    lead_time_sd=st.floats(0, 30),
    minimum_order=st.integers(1, 200),
    pack_size=st.integers(1, 48),
    service_level=st.floats(0.5, 0.999),
    review=st.floats(1, 60),
)


def test_the_textbook_case():
    """10 a week, σ 4 a week, lead time 2 weeks, 95 %: safety stock 1.645 · 4 · √2 = 9.3; reorder point 29.3."""
    advice = advise(weekly=[10] * 8, weekly_sd=4, stock=60, terms=Terms(lead_time=14, review=7))
    assert advice.safety_stock == pytest.approx(9.304, abs=0.01)
    assert advice.reorder_point == pytest.approx(29.304, abs=0.01)
    assert advice.days_of_cover == pytest.approx(42)
    # 60 − 29.3 = 30.7 units sell in 21.5 days.
    assert advice.order_in == pytest.approx(21.49, abs=0.01)
    assert advice.order_by(date(2026, 3, 1)) == date(2026, 3, 22)
    # Up to 30 + 1.645 · 4 · √3 = 41.4 from 29.3: 13.
    assert advice.quantity == 13


def test_an_unsteady_supplier_costs_safety_stock():
    assert safety_stock(Demand([7], 0), 14, Terms(lead_time_sd=3)) == pytest.approx(1.6449 * 3, abs=0.01)


def test_weeks_that_go_wrong_together_cost_safety_stock():
    """Two weeks' total errs by 8 where independent weeks of 4 would err by 5.66: 1.645 · 8; ten days by √(16 + 3/7 ·
    48); beyond the known weeks it grows with the root of time."""
    demand = Demand([10] * 8, 4, cumulative=[4, 8])
    assert safety_stock(demand, 14, Terms()) == pytest.approx(1.6449 * 8, abs=0.01)
    assert demand.spread(10) == pytest.approx((16 + 3 / 7 * 48) ** 0.5)
    assert demand.spread(28) == pytest.approx(8 * 2**0.5)


def test_errors_that_lean_to_one_side_move_the_safety_factor():
    shape = [2.5 * level for level in QUANTILE_LEVELS]
    assert Demand([10], 4, shape=shape).factor(0.95) == pytest.approx(2.375)
    assert Demand([10], 4).factor(0.95) == pytest.approx(1.6449, abs=1e-4)


def test_stock_below_the_reorder_point_is_ordered_today_and_in_full():
    advice = advise(weekly=[10] * 8, weekly_sd=0, stock=-3, terms=Terms(lead_time=14, review=7))
    assert advice.order_in == 0
    assert advice.days_of_cover == 0
    assert advice.quantity == 33


def test_what_is_on_order_counts_and_what_covers_today_does_not():
    plain = advise(weekly=[10] * 8, weekly_sd=1, stock=5)
    coming = advise(weekly=[10] * 8, weekly_sd=1, stock=5, on_order=100)
    assert plain.order_in == 0 < coming.order_in
    assert plain.days_of_cover == coming.days_of_cover


def test_a_product_that_does_not_sell_is_never_ordered():
    advice = advise(weekly=[0] * 8, weekly_sd=2, stock=0)
    assert advice.quantity == 0
    assert advice.order_in is None
    assert advise(weekly=[], weekly_sd=0, stock=4).days_of_cover is None


def test_a_tiny_rate_overflows_no_date():
    advice = advise(weekly=[1e-9] * 8, weekly_sd=0, stock=10**6)
    assert advice.days_of_cover is None
    assert advice.order_by(date(2026, 1, 1)) is None


@pytest.mark.parametrize("bad", [[-1.0], [float("nan")], [float("inf")]])
def test_demand_that_is_no_demand_is_refused(bad):
    with pytest.raises(ValueError, match="demand"):
        advise(weekly=bad, weekly_sd=1, stock=1)


@given(weekly=weeks, sd=st.floats(0, 100), stock=st.integers(-50, 5000), terms=terms)
def test_every_quantity_fits_packs_and_minimum_and_reaches_the_target(weekly, sd, stock, terms):
    advice = advise(weekly=weekly, weekly_sd=sd, stock=stock, terms=terms)
    assert advice.quantity % terms.pack_size == 0
    if advice.quantity:
        assert advice.quantity >= terms.minimum_order
        assert min(stock, advice.reorder_point) + advice.quantity >= advice.order_up_to - 1e-6
    assert advice.safety_stock >= 0
    assert advice.order_up_to >= advice.reorder_point >= advice.safety_stock


@given(weekly=weeks, sd=st.floats(0, 100), stock=st.integers(0, 5000), more=st.integers(1, 500), terms=terms)
def test_more_stock_never_makes_an_order_more_urgent_or_larger(weekly, sd, stock, more, terms):
    less, full = (advise(weekly=weekly, weekly_sd=sd, stock=s, terms=terms) for s in (stock, stock + more))
    assert full.quantity <= less.quantity
    if full.order_in is not None:
        assert full.order_in >= less.order_in - 1e-9


@given(weekly=weeks, sd=st.floats(0, 100), stock=st.integers(0, 500), low=st.floats(0.5, 0.9), terms=terms)
def test_a_higher_service_level_never_orders_later(weekly, sd, stock, low, terms):
    from dataclasses import replace

    careless = advise(weekly=weekly, weekly_sd=sd, stock=stock, terms=replace(terms, service_level=low))
    careful = advise(weekly=weekly, weekly_sd=sd, stock=stock, terms=replace(terms, service_level=low + 0.09))
    assert careful.safety_stock >= careless.safety_stock
    if careless.order_in is not None:
        assert careful.order_in <= careless.order_in + 1e-9


@example(weekly=[0.0, 0.0, 0.0, 1.0, 63.91066711063137, 0.0], days=35.0)
@given(weekly=weeks, days=st.floats(0.1, 200))
def test_days_until_undoes_demand_in(weekly, days):
    units = demand_in(days, weekly)
    until = days_until(units, weekly)
    if units > 1e-6 and until is not None:
        assert demand_in(until, weekly) == pytest.approx(units, rel=1e-6, abs=1e-6)
        assert until <= days + 1e-6


@given(needed=st.floats(-10, 1000), terms=terms)
def test_order_quantity(needed, terms):
    quantity = order_quantity(needed, terms)
    assert quantity >= needed - 1e-9 or needed <= 1e-9
    assert quantity < max(needed, terms.minimum_order) + terms.pack_size + 1 or quantity == 0
