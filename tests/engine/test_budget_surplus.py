"""Which orders a budget pays for, and what lies too long."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retail_ai.engine.budget import Wanted, spend
from retail_ai.engine.dead_stock import discount_for, surplus
from retail_ai.engine.elasticity import Elasticity


def test_enough_money_changes_nothing_and_no_cost_is_said():
    orders = [Wanted("a", 100, 5, 10), Wanted("b", None, 50, 10)]
    shares = spend(orders, 100)
    assert [(s.quantity, s.cost, s.reason) for s in shares] == [(10, 100, ""), (10, 0, "no cost")]
    assert [s.reason for s in spend(orders, None)] == ["", "no cost"]


def test_the_most_saved_per_money_first_then_a_cut_then_nothing():
    """200 to spend: b saves 1 a coin and takes 120; a saves 0.5 and is cut to 8 of 10 by its pack of 4; c is left."""
    orders = [
        Wanted("a", 100, 50, 10, pack=4, minimum=4), Wanted("b", 120, 120, 6), Wanted("c", 90, 1, 3, minimum=3),
    ]  # fmt: skip
    shares = {s.key: s for s in spend(orders, 200)}
    assert (shares["b"].quantity, shares["b"].reason) == (6, "")
    assert (shares["a"].quantity, shares["a"].cost, shares["a"].reason) == (8, 80, "cut")
    assert (shares["c"].quantity, shares["c"].reason) == (0, "left out")


def test_nothing_to_spend_and_less_than_nothing():
    assert [s.reason for s in spend([Wanted("a", 10, 1, 1)], 0)] == ["left out"]
    with pytest.raises(ValueError, match="budget"):
        spend([], -1)


@given(
    orders=st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=1, max_size=7),
    budget=st.integers(0, 150),
)
def test_it_saves_at_least_half_of_the_best_choice_and_never_spends_more(orders, budget):
    wanted = [Wanted(i, cost, gain, 1) for i, (cost, gain) in enumerate(orders)]
    shares = spend(wanted, budget)
    assert sum(s.cost for s in shares) <= budget + 1e-6
    saved = sum(wanted[s.key].gain for s in shares if s.quantity)
    best = max(
        sum(g for _c, g in chosen)
        for n in range(len(orders) + 1)
        for chosen in combinations(orders, n)
        if sum(c for c, _g in chosen) <= budget
    )
    assert saved >= best / 2 - 1e-6


def judge(weekly=7.0, stock=50, on_order=0, target=30.0, short=False, **more):
    return surplus(weekly=[weekly] * 8, stock=stock, on_order=on_order, order_up_to=target, short=short, **more)


def test_surplus_by_hand():
    """7 a week: 120 in 120 days. 150 are 30 too many: show it more. 240 are twice as many: 1 − 2^(1/−2) = 29 % off."""
    assert judge(stock=150).units == pytest.approx(30)
    assert judge(stock=150).remedy == "feature"
    marked = judge(stock=240, elasticity=Elasticity(-2.0))
    assert (marked.remedy, marked.discount) == ("markdown", pytest.approx(1 - 2**-0.5))
    assert judge(stock=2000, elasticity=Elasticity(-2.0)).remedy == "clear"


def test_the_other_states():
    assert judge(stock=0).status == judge(stock=-4).status == "out"
    assert (judge(weekly=0, stock=9).status, judge(weekly=0, stock=9).units) == ("dead", 9)
    assert judge(short=True).status == "short"
    assert judge().status == "ok"
    assert judge(weekly=0.1, stock=12, target=12).status == "ok"


def test_discounts():
    assert discount_for(1.0, Elasticity(-2)) == 0
    assert discount_for(2.0, Elasticity(0.0)) is None
    assert discount_for(100.0, Elasticity(-2)) is None
