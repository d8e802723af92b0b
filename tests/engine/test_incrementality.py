"""Intervals beside published examples, and what they promise by drawing."""

import numpy as np
import pytest
from scipy import stats

from retail_ai.engine.incrementality import (
    Arm,
    people_needed,
    rate_effect,
    rate_interval,
    spending_effect,
)


def arm_of(spent):
    spent = np.asarray(spent, dtype=float)
    return Arm(len(spent), int((spent > 0).sum()), float(spent.sum()), float((spent**2).sum()))


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    # Newcombe (1998), table II, method 10.
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 20), 0.6791, 1.0000),
     ((5, 56), (0, 29), -0.0381, 0.1926)],
)  # fmt: skip
def test_differences_of_rates_are_those_that_newcombe_printed(a, b, low, high):
    effect = rate_effect(Arm(a[1], a[0]), Arm(b[1], b[0]))
    assert (effect.low, effect.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))
    assert effect.is_clear == (low > 0)


def test_nobody_tells_nothing():
    assert rate_interval(Arm(0, 0)) == (0.0, 1.0) and rate_interval(Arm(20, 0))[0] == 0.0
    effect = rate_effect(Arm(0, 0), Arm(0, 0))
    assert not effect.is_clear and effect.low <= -0.99 and effect.high >= 0.99


def test_spending_is_compared_as_by_welch():
    draw = np.random.default_rng(3)
    a = draw.gamma(2, 20, 400) * (draw.random(400) < 0.2)
    b = draw.gamma(2, 20, 90) * (draw.random(90) < 0.2)
    effect, told = spending_effect(arm_of(a), arm_of(b)), stats.ttest_ind(a, b, equal_var=False)
    interval = told.confidence_interval(0.95)
    assert effect is not None
    assert (effect.low, effect.high) == (pytest.approx(interval.low), pytest.approx(interval.high))
    assert spending_effect(arm_of(a), arm_of([9.0] * 9 + [0.0] * 90)) is None


def test_the_interval_holds_what_it_promises_for_a_small_shop():
    draw, held = np.random.default_rng(5), 0
    for _ in range(1000):
        mailed, kept = Arm(270, int(draw.binomial(270, 0.06))), Arm(30, int(draw.binomial(30, 0.06)))
        effect = rate_effect(mailed, kept)
        held += effect.low <= 0 <= effect.high
    assert 0.94 <= held / 1000 <= 0.99


def test_how_many_are_needed():
    # Two arms of 686 see 10 % become 15 % (Fleiss): 1,372 together.
    assert people_needed(0.10, lift=0.5, held_share=0.5) == pytest.approx(1372, abs=2)
    assert people_needed(0.10, lift=0.5, held_share=0.1) > 1372
    assert people_needed(0.0, lift=0.5, held_share=0.1) is None
    assert people_needed(0.1, lift=0.5, held_share=0.0) is None
    draw, enough = np.random.default_rng(7), people_needed(0.05, lift=0.5, held_share=0.2)
    kept, seen = enough // 5, 0
    for _ in range(600):
        effect = rate_effect(
            Arm(enough - kept, draw.binomial(enough - kept, 0.075)), Arm(kept, draw.binomial(kept, 0.05))
        )
        seen += effect.low > 0
    assert 0.75 <= seen / 600 <= 0.87
