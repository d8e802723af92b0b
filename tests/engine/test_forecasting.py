"""Forecasts of many series: engine/forecasting.py and what it is made of."""

import numpy as np
import pytest

from retail_ai.backends.forecasters.trees import tree_learner
from retail_ai.engine.forecasting import fit
from retail_ai.engine.methods import MEAN8, NAIVE, apply, mean8, naive
from retail_ai.engine.panel import MONTH, WEEK, Panel, squared_scales
from retail_ai.engine.shared_models import SHARED

WEEKS = 60


def made(values, horizon=4, **options):
    panel = Panel(np.asarray(values, dtype=float), options.pop("grain", WEEK))
    return fit(panel, horizon=horizon, **options).forecast(panel)


def growing(series, weeks=WEEKS, seed=5):
    """Series that a mean lags behind: each grows or shrinks for good some weeks before it is told from its orders."""
    rng = np.random.default_rng(seed)
    level = np.exp(np.cumsum(rng.normal(0, 0.25, (series, weeks)), axis=1))
    return rng.poisson(np.clip(10 * level, 0.1, 1e4)).astype(float)


def test_a_constant_series_is_forecast_as_itself():
    (one,) = made(np.full((1, WEEKS), 5.0))
    assert one.mean.tolist() == [5, 5, 5, 5]


def test_a_noisy_level_is_forecast_better_than_naive_and_says_so():
    several = made(np.random.default_rng(1).poisson(6, (40, WEEKS)))
    assert all(MEAN8 in one.method for one in several)
    assert np.mean([one.error for one in several]) < np.mean([one.naive_error for one in several])


def test_where_nothing_beats_naive_the_naive_forecast_is_chosen():
    steps = np.random.default_rng(2).normal(0, 1, (150, WEEKS))
    walks = 500 + np.cumsum(steps * 10, axis=1)
    assert all(one.method.startswith(NAIVE) for one in made(walks))


def test_the_bands_hold_about_as_many_outcomes_as_they_say():
    series = np.random.default_rng(3).poisson(8, (200, WEEKS + 4)).astype(float)
    several, actual = made(series[:, :WEEKS]), series[:, WEEKS:]
    bands = np.array([one.bands for one in several])
    assert 0.75 < np.mean((actual >= bands[:, 1]) & (actual <= bands[:, 2])) < 0.87
    assert 0.91 < np.mean((actual >= bands[:, 0]) & (actual <= bands[:, 3])) < 0.985


def guesser(number):
    """A method that says some level, another one at each moment."""
    return lambda series, horizon: np.full(horizon, abs(np.random.default_rng([number, len(series)]).normal(20, 10)))


def test_a_blend_is_not_trusted_for_luck_at_the_moments_that_chose_it():
    held = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        # Good and bad months, which nothing foretells and some of forty guessers happen to meet.
        month = np.repeat(rng.normal(0, 0.4, WEEKS // 4 + 1), 4)
        series = rng.poisson(np.tile(20 * np.exp(month), (25, 1))).astype(float)
        methods = {f"guess {number}": guesser(100 * seed + number) for number in range(40)}
        bands = np.array([one.bands for one in made(series[:, :WEEKS], methods=methods)])
        held.append((series[:, WEEKS:] >= bands[:, 0]) & (series[:, WEEKS:] <= bands[:, 3]))
    # By the errors of the very moments that chose the blend, bands of 95 % held 45 %.
    assert np.mean(held) > 0.65


def test_bands_of_rare_sales_hold_as_many_although_they_end_at_zero():
    series = np.random.default_rng(4).poisson(0.4, (300, WEEKS + 4)).astype(float)
    bands = np.array([one.bands for one in made(series[:, :WEEKS])])
    actual = series[:, WEEKS:]
    assert (bands >= 0).all()
    assert (np.diff(bands, axis=1) >= 0).all()
    assert 0.91 < np.mean((actual >= bands[:, 0]) & (actual <= bands[:, 3])) < 0.99


def test_the_spread_of_several_weeks_grows_with_their_number_and_not_faster():
    (one, *_) = made(np.random.default_rng(6).poisson(8, (60, WEEKS)))
    assert (np.diff(one.cumulative_sigma) >= 0).all()
    assert one.cumulative_sigma[0] <= one.cumulative_sigma[-1] <= 4 * one.cumulative_sigma[0] + 1e-9


def test_weeks_before_the_first_sale_do_not_count():
    late = np.concatenate([np.full(40, np.nan), np.full(20, 3.0)])
    (one,) = made(late[None, :], horizon=2)
    assert one.mean == pytest.approx([3, 3])


@pytest.mark.parametrize("weeks", [0, 1, 3])
def test_a_short_past_gives_a_mean_and_no_claim_of_accuracy(weeks):
    row = np.full(30, np.nan)
    row[30 - weeks :] = 2.0
    (one,) = made(row[None, :], horizon=3)
    assert one.error is None
    assert one.mean == pytest.approx([2.0 if weeks else 0.0] * 3)
    assert np.isfinite(one.bands).all()


@pytest.mark.parametrize("periods", [1, 4, 9, 13])
def test_short_panels_are_forecast_too(periods):
    several = made(np.random.default_rng(7).poisson(3, (5, periods)), learner=tree_learner(1))
    assert all(np.isfinite(one.mean).all() and np.isfinite(one.bands).all() for one in several)


def test_no_series_no_forecasts():
    assert made(np.zeros((0, 30))) == []


def test_the_shared_model_learns_what_single_series_cannot_show():
    """A week with many small orders is followed by more of them, one with a bulk order is not."""
    rng = np.random.default_rng(8)
    orders = rng.poisson(np.clip(6 * np.exp(np.cumsum(rng.normal(0, 0.3, (250, 64)), axis=1)), 0.2, 200)).astype(float)
    bulk = np.where(rng.random(orders.shape) < 0.1, rng.integers(40, 120, orders.shape), 0)
    whole = Panel(orders + bulk, WEEK, {"orders": orders + (bulk > 0), "largest": np.maximum(bulk, 1.0)})
    past, actual = whole.until(60), whole.values[:, 60:]
    fitted = fit(past, horizon=4, learner=tree_learner(1))
    alone = fit(past, horizon=4)
    assert SHARED in fitted.forecast(past)[0].method
    error, error_alone = (
        np.sqrt(np.mean((np.array([one.mean for one in f.forecast(past)]) - actual) ** 2)) for f in (fitted, alone)
    )
    assert error < error_alone


def test_nothing_after_a_moment_is_used_for_its_forecast():
    panel = Panel(growing(120), WEEK)
    changed = panel.values.copy()
    changed[:, 52:] = 999.0
    first = fit(panel, horizon=4, learner=tree_learner(1))
    second = fit(Panel(changed, WEEK), horizon=4, learner=tree_learner(1))
    assert first.at == second.at == (48, 52, 56)
    assert first.shared[SHARED][:2] == pytest.approx(second.shared[SHARED][:2])
    assert first.shared[SHARED][2] != pytest.approx(second.shared[SHARED][2])


def test_months_follow_their_season():
    season = 1 + 0.6 * np.sin(2 * np.pi * np.arange(72) / 12)
    values = np.random.default_rng(9).poisson(60 * season, (60, 72)).astype(float)
    several = made(values[:, :66], horizon=6, grain=MONTH, learner=tree_learner(1))
    mean = np.mean([one.mean for one in several], axis=0)
    assert np.corrcoef(mean, season[66:])[0, 1] > 0.95


def test_part_of_the_series_gets_the_same_forecasts_as_all():
    panel = Panel(growing(80), WEEK)
    fitted = fit(panel, horizon=4, learner=tree_learner(1))
    all_of, some = fitted.forecast(panel), fitted.forecast(panel, np.array([3, 70]))
    assert some[1].mean == pytest.approx(all_of[70].mean)
    assert some[0].bands == pytest.approx(all_of[3].bands)


def test_a_method_that_fails_or_answers_nonsense_is_replaced_by_the_mean():
    def broken(series, horizon):
        raise ValueError("too short")

    def unfit(series, horizon):
        raise Exception("no model able to be fitted")  # as statsforecast's AutoETS does

    series = np.arange(20.0)
    for method in (broken, unfit, lambda s, h: np.full(h, np.nan), lambda s, h: np.zeros(1)):
        assert apply(method, series, 3).tolist() == mean8(series, 3).tolist()
    assert apply(lambda s, h: np.full(h, -1.0), series, 2).tolist() == [0, 0]


def test_wrong_shapes_are_refused():
    with pytest.raises(ValueError, match="must be"):
        Panel(np.zeros(5))
    with pytest.raises(ValueError, match="orders"):
        Panel(np.zeros((2, 5)), WEEK, {"orders": np.zeros((2, 4))})
    with pytest.raises(ValueError, match="horizon"):
        fit(Panel(np.zeros((1, 30))), horizon=0)


def test_naive_and_scales():
    assert naive(np.array([1.0, 7.0]), 2).tolist() == [7, 7]
    assert squared_scales(np.array([[1.0, 3.0, 1.0], [np.nan, 2.0, 2.0]])).tolist() == [4.0, 0.0]
