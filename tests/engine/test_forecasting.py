import numpy as np
import pytest

from retail_ai.engine.forecasting import MEAN8, NAIVE, apply, forecast, mean8, naive, scale_of

WEEKS = 60


def test_a_constant_series_is_forecast_as_itself_with_no_error():
    (made,) = forecast(np.full((1, WEEKS), 5.0), horizon=4)
    assert made.mean.tolist() == [5, 5, 5, 5]
    assert made.error == made.naive_error == 0


def test_a_noisy_level_is_forecast_better_than_naive_and_says_so():
    series = np.random.default_rng(1).poisson(6, (40, WEEKS)).astype(float)
    made = forecast(series, horizon=4)
    assert {one.method for one in made} == {MEAN8}
    assert np.mean([one.error for one in made]) < np.mean([one.naive_error for one in made])


def test_where_nothing_beats_naive_the_naive_forecast_is_chosen():
    steps = np.random.default_rng(2).normal(0, 1, (40, WEEKS))
    walks = 500 + np.cumsum(steps * 10, axis=1)
    assert all(one.method == NAIVE for one in forecast(walks, horizon=4))


def test_the_bands_hold_about_as_many_outcomes_as_they_say():
    series = np.random.default_rng(3).poisson(8, (200, WEEKS + 4)).astype(float)
    made = forecast(series[:, :WEEKS], horizon=4)
    actual = series[:, WEEKS:]
    bands = np.array([one.bands for one in made])
    inside80 = np.mean((actual >= bands[:, 1]) & (actual <= bands[:, 2]))
    inside95 = np.mean((actual >= bands[:, 0]) & (actual <= bands[:, 3]))
    assert 0.75 < inside80 < 0.88
    assert 0.91 < inside95 < 0.985


def test_weeks_before_the_first_sale_do_not_count():
    late = np.concatenate([np.full(40, np.nan), np.full(20, 3.0)])
    (made,) = forecast(late[None, :], horizon=2)
    assert made.mean.tolist() == [3, 3]


@pytest.mark.parametrize("weeks", [0, 1, 5])
def test_a_short_past_gives_a_mean_and_no_claim_of_accuracy(weeks):
    row = np.full(30, np.nan)
    row[30 - weeks :] = 2.0
    (made,) = forecast(row[None, :], horizon=3)
    assert made.error is None
    assert made.mean.tolist() == [2.0 if weeks else 0.0] * 3
    assert np.isfinite(made.bands).all()


def test_bands_are_ordered_and_never_negative():
    series = np.random.default_rng(4).poisson(0.3, (30, WEEKS)).astype(float)
    for one in forecast(series, horizon=6):
        assert (one.bands >= 0).all()
        assert (np.diff(one.bands, axis=0) >= 0).all()


def test_a_method_that_fails_or_answers_nonsense_is_replaced_by_the_mean():
    def broken(series, horizon):
        raise ValueError("too short")

    series = np.arange(20.0)
    for method in (broken, lambda s, h: np.full(h, np.nan), lambda s, h: np.zeros(1)):
        assert apply(method, series, 3).tolist() == mean8(series, 3).tolist()
    assert apply(lambda s, h: np.full(h, -1.0), series, 2).tolist() == [0, 0]


def test_a_wrong_shape_is_refused():
    with pytest.raises(ValueError, match="must be"):
        forecast(np.zeros(5), horizon=2)


def test_naive_and_scale():
    assert naive(np.array([1.0, 7.0]), 2).tolist() == [7, 7]
    assert scale_of(np.array([1.0, 3.0, 1.0])) == 4.0
    assert scale_of(np.array([1.0])) == 0.0
