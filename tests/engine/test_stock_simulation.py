"""The reorder rules against played courses: what they promise happens."""

import numpy as np
import pytest

from retail_ai.engine.projection import project
from retail_ai.engine.replenishment import Terms
from retail_ai.engine.stock_simulation import Policy, demand_draws, simulate
from tests.engine.advice import advise


def play(*, weekly=20.0, weeks=26, sd=6.0, stock=100.0, lead=14.0, lead_sd=0.0, level=0.95, runs=300, arrivals=None,
         pack=1, minimum=1, review=7.0):  # fmt: skip
    terms = Terms(lead_time=lead, lead_time_sd=lead_sd, service_level=level, review=review)
    advice = advise(weekly=[weekly] * weeks, weekly_sd=sd, stock=int(stock), terms=terms)
    one = {"lead": lead, "lead_sd": lead_sd, "review": review, "pack": pack, "minimum": minimum}
    policy = Policy(
        point=np.array([advice.reorder_point]),
        target=np.array([advice.order_up_to]),
        **{k: np.array([float(v)]) for k, v in one.items()},
    )
    coming = np.zeros((1, weeks * 7)) if arrivals is None else arrivals
    return simulate(weekly=np.full((1, weeks), weekly), sd=np.array([sd]), stock=np.array([stock]), arrivals=coming,
                    policy=policy, runs=runs)  # fmt: skip


def test_without_spread_nothing_is_lost_and_all_is_sold():
    outcome = play(sd=0.0)
    assert outcome.lost[0] == pytest.approx(0, abs=1e-9)
    assert outcome.sold.sum() == pytest.approx(520)


def test_by_hand_ten_days_of_stock_and_a_delivery_after_fourteen():
    """20 a week; 20 in stock are gone after a week; 40 arrive on day 14: a week of 20 is lost."""
    arrivals = np.zeros((1, 28))
    arrivals[0, 14] = 40
    policy = Policy(*(np.array([v]) for v in (-1.0, 0.0, 14.0, 0.0, 7.0, 1.0, 1.0)))
    outcome = simulate(weekly=np.full((1, 4), 20.0), sd=np.zeros(1), stock=np.array([20.0]), arrivals=arrivals,
                       policy=policy, runs=3)  # fmt: skip
    assert outcome.lost[0] == pytest.approx(20)
    assert outcome.out[0] == 1
    assert outcome.sold[0].tolist() == pytest.approx([20, 0, 20, 20])


def test_a_higher_level_holds_more_and_loses_less():
    low, high = play(level=0.8), play(level=0.99)
    assert high.stock[0] > low.stock[0]
    assert high.lost[0] < low.lost[0]
    assert high.out[0] < low.out[0]


def test_the_safety_stock_serves_the_share_of_cycles_that_it_promises():
    """One cycle from the order-up-to level over lead time and review: at 95 %, 5 % of the courses run out."""
    rng = np.random.default_rng(5)
    advice = advise(weekly=[20] * 12, weekly_sd=6, stock=0, terms=Terms(lead_time=14, review=7, service_level=0.95))
    cycle = rng.normal(20, 6, (200_000, 3)).sum(axis=1)
    assert (cycle > advice.order_up_to).mean() == pytest.approx(0.05, abs=0.003)


def test_waiting_loses_what_courses_lose():
    terms = Terms(lead_time=14, review=7)
    advice = advise(weekly=[20] * 12, weekly_sd=6, stock=30, terms=terms)
    demand = np.random.default_rng(2).normal(20, 6, (400_000, 3))
    now, later = (np.maximum(demand[:, :n].sum(axis=1) - 30, 0).mean() for n in (2, 3))
    assert advice.lost_by_waiting == pytest.approx(later - now, rel=0.02)
    assert advice.risk == pytest.approx((demand[:, :2].sum(axis=1) > 30).mean(), abs=0.01)


def test_draws_keep_mean_and_spread_and_are_never_negative():
    drawn = demand_draws(
        np.array([[0.3], [50.0], [0.0]]), np.array([1.2, 20.0, 3.0]), 200_000, np.random.default_rng(0)
    )
    assert drawn.min() >= 0
    assert drawn.mean(axis=1).ravel() == pytest.approx([0.3, 50, 0], rel=0.03)
    assert drawn[:2].std(axis=1).ravel() == pytest.approx([1.2, 20], rel=0.05)


def test_a_second_plan_meets_the_same_demand():
    assert play(level=0.9).sold[0, 0] == play(level=0.99).sold[0, 0]
    assert play(pack=12, minimum=24).ordered[0] % 1 == pytest.approx(0, abs=1)


def test_shapes_that_differ_are_refused_and_none_is_none():
    policy = Policy(*(np.zeros(0) for _ in range(7)))
    empty = simulate(
        weekly=np.zeros((0, 4)), sd=np.zeros(0), stock=np.zeros(0), arrivals=np.zeros((0, 28)), policy=policy
    )
    assert empty.lost.shape == (0,)
    with pytest.raises(ValueError, match="arrivals"):
        simulate(weekly=np.zeros((1, 4)), sd=np.zeros(1), stock=np.zeros(1), arrivals=np.zeros((1, 4)), policy=policy)


def test_the_projection_by_hand():
    """14 in stock, 7 a week, 10 more on day 21: 7 left after a week, none on day 14, 10 on day 21, 3 on day 28."""
    days = project(weekly=[7] * 4, weekly_sd=0, stock=14, arrivals={21: 10})
    assert [round(days[d].expected, 6) for d in (0, 7, 14, 20, 21, 28)] == [14, 7, 0, 0, 10, 3]
    assert [days[d].out for d in (13, 14, 15, 21)] == [0, 0, 1, 0]
    assert all(d.low <= d.expected <= d.high <= 14 for d in project(weekly=[7] * 4, weekly_sd=3, stock=14))
