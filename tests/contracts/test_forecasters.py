"""Every forecasting method, on demand whose continuation can be seen by eye."""

from unittest.mock import patch

import numpy as np
import pytest

from retail_ai.backends.forecasters import classical
from retail_ai.backends.forecasters.classical import classical_methods, methods_for
from retail_ai.backends.forecasters.trees import tree_learner
from retail_ai.engine.backtest import moments, moments_for
from retail_ai.engine.forecasting import fit
from retail_ai.engine.methods import BASIC, apply
from retail_ai.engine.panel import DAY, MONTH, WEEK, Panel

GRAINS = [DAY, WEEK, MONTH]


def every(grain):
    few = Panel(np.ones((2, 80)), grain)
    with patch.object(classical, "TIMES", 1_000):
        return {**BASIC, **methods_for(few, 4)}


@pytest.mark.parametrize("grain", GRAINS, ids=lambda grain: grain.name)
def test_what_never_changes_goes_on(grain):
    for name, method in every(grain).items():
        assert apply(method, np.full(80, 7.0), 4) == pytest.approx([7.0] * 4, rel=0.1), name


@pytest.mark.parametrize("grain", GRAINS, ids=lambda grain: grain.name)
@pytest.mark.parametrize("series", [np.zeros(0), np.ones(1), np.zeros(40), np.array([0.0, 0, 9])], ids=len)
def test_too_little_to_go_by_gives_finite_numbers_that_are_not_negative(grain, series):
    for name, method in every(grain).items():
        made = apply(method, series, 3)
        assert made.shape == (3,), name
        assert np.isfinite(made).all(), name
        assert (made >= 0).all(), name


@pytest.mark.parametrize(("grain", "cycle"), [(DAY, 7), (MONTH, 12)], ids=["day", "month"])
def test_methods_with_a_season_follow_it(grain, cycle):
    shape = 10.0 + 5 * (np.arange(cycle) % 2)
    series = np.tile(shape, 8)
    seasonal = set(every(grain)) - set(classical_methods(WEEK)) - set(BASIC) - {"ETS(M,A,M)", "CES"}
    assert {"MSTL", "AutoETS"} <= seasonal
    for name in seasonal | {"seasonal naive"}:
        assert apply(every(grain)[name], series, cycle) == pytest.approx(shape, abs=1.5), name


def test_slow_methods_are_for_few_steady_series(monkeypatch):
    slow = {"Theta", "AutoETS", "CES"}
    assert slow & set(methods_for(Panel(np.ones((200, 100))), 4)) == {"Theta"}
    assert not slow & set(methods_for(Panel(np.ones((3000, 100))), 4))
    rare = np.tile([0.0, 0, 0, 0, 5], (60, 20))
    assert not slow & set(methods_for(Panel(rare), 4))
    monkeypatch.setattr(classical, "TIMES", 1_000)
    assert slow <= set(methods_for(Panel(np.ones((4, 100))), 4))


def test_slow_methods_together_take_some_times_what_autoets_takes_once():
    months = Panel(np.ones((12, 130)), MONTH)
    chosen, known = methods_for(months, 12), classical.thorough_models(12)
    asked = len(moments(130, 12, moments_for(12))) + 1
    costs = [asked * known[name][1] for name in chosen if name in known]
    assert costs and sum(costs) <= classical.TIMES * known["AutoETS"][1]


@pytest.mark.parametrize("weeks", [66, 74, 80])
def test_the_shared_model_is_asked_about_a_longer_past_than_it_learned_from(weeks):
    values = np.random.default_rng(1).poisson(5, (30, weeks)).astype(float)
    made = fit(Panel(values), horizon=4, learner=tree_learner(1)).forecast(Panel(values))
    assert np.mean([one.mean for one in made]) == pytest.approx(5, abs=1)


def test_a_planned_promotion_lifts_the_weeks_it_is_planned_for():
    rng = np.random.default_rng(2)
    promoted = np.repeat(rng.random((80, 31)) < 0.3, 4, axis=1)[:, :124].astype(float)
    values = rng.poisson(10 * (1 + 2 * promoted[:, :120])).astype(float)
    panel = Panel(values, WEEK, planned={"promotion": promoted})
    mean = np.array([one.mean.mean() for one in fit(panel, horizon=4, learner=tree_learner(1)).forecast(panel)])
    coming = promoted[:, 120] > 0
    assert mean[coming].mean() > 1.4 * mean[~coming].mean()
