import numpy as np
import pytest

from retail_ai.engine.replenishment import Terms
from retail_ai.engine.scenarios import Scenario, scaled_sd
from retail_ai.engine.stock_alerts import doubt, surprise, tracking_signal


def test_ten_percent_off_for_two_weeks_by_hand():
    """At −2 demand grows by 0.9^−2 = 1.2346 for two weeks of four."""
    scenario = Scenario(discount=0.1, discount_weeks=2)
    weekly = scenario.weekly(np.full((1, 4), 10.0), np.array([-2.0]))
    assert weekly[0].tolist() == pytest.approx([12.3457, 12.3457, 10, 10], abs=1e-3)
    assert scenario.prices(np.array([20.0]), 4)[0].tolist() == [18, 18, 20, 20]


def test_late_level_and_demand():
    scenario = Scenario(late_days=14, service_level=0.98, demand=0.5)
    terms = scenario.terms(Terms(lead_time=10, service_level=0.9))
    assert (terms.lead_time, terms.service_level) == (24, 0.98)
    before = np.full((1, 4), 10.0)
    after = scenario.weekly(before, np.array([-2.0]))
    assert after.sum() == 60
    assert scaled_sd(np.array([4.0]), before, after)[0] == pytest.approx(6)
    assert scaled_sd(np.array([4.0]), np.zeros((1, 4)), np.zeros((1, 4)))[0] == 4


@pytest.mark.parametrize(
    "wrong",
    [{"discount": 1.0}, {"discount": -0.1}, {"discount_weeks": 0}, {"late_days": -1}, {"late_days": 999},
     {"service_level": 0.1}, {"service_level": 1.0}, {"demand": -1.0}, {"demand": 6.0}, {"discount": float("nan")}],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Scenario(**wrong)


def test_surprises():
    assert surprise(40, 10, 4, 18, 5) == "spike"
    assert surprise(19, 10, 4, 18, 5) == ""
    assert surprise(0, 20, 10, 30, 5) == "drop"
    assert surprise(4, 0.2, 0, 1, 0.5) == ""  # a few units are no news


def test_doubts():
    assert doubt(1.0, 0.7).reason == "error"
    assert doubt(0.8, 0.7) is None
    assert (doubt(1.0, 0.5).reason, doubt(1.0, 0.5).value) == ("error", 2)
    assert (doubt(0.98, 0.02).reason, doubt(0.98, 0.02).value) == ("exact", 0.98)
    assert doubt(0.02, 0.02) is None is doubt(0.5, 0.0)
    assert doubt(None, None) is None
    assert tracking_signal([1, 1, 1, 1, 1]) == 5
    assert doubt(0.5, 0.9, [2.0] * 5).reason == "bias"
    assert tracking_signal([1, -1, 1, -1]) == 0
    assert tracking_signal([0.0] * 6) == 0 == tracking_signal([3.0])
