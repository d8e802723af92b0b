import numpy as np
import pytest

from retail_ai.engine.elasticity import DEFAULT, Elasticity, estimate, price_path


def world(products=60, weeks=104, true=-2.4, spread=0.3, rate=12.0, seed=3):
    """Weekly units of products whose price falls by a fifth now and then, in a shop with a season."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.5 * np.sin(np.arange(weeks) / 52 * 2 * np.pi)
    units, prices, own = {}, {}, {}
    for key in range(products):
        own[key] = true + spread * rng.normal()
        price = np.full(weeks, 10.0)
        for start in rng.integers(0, weeks - 4, 4):
            price[start : start + 3] = 10 * rng.choice([0.8, 0.9, 1.1])
        prices[key] = price
        units[key] = rng.poisson(rate * season * (price / 10) ** own[key]).astype(float)
    return units, prices, own


def test_the_shops_mean_is_found_and_a_products_own_is_drawn_to_it():
    units, prices, own = world()
    found = estimate(units, prices)
    values = np.array([found[key].value for key in own])
    truth = np.array(list(own.values()))
    assert values.mean() == pytest.approx(truth.mean(), abs=0.25)
    assert np.abs(values - truth).mean() < 0.4
    assert all(e.own and e.products > 50 for e in found.values())


def test_shrinking_is_nearer_the_truth_than_each_products_own_estimate():
    from retail_ai.engine.elasticity import _exposure, _fit

    units, prices, own = world(rate=3.0, spread=0.2)
    found, exposure = estimate(units, prices), _exposure(units, prices)
    fits = {key: fit[0] for key in own if (fit := _fit(units[key], prices[key], exposure))}
    alone = np.mean([abs(fits[key] - own[key]) for key in fits])
    shrunk = np.mean([abs(found[key].value - own[key]) for key in fits])
    assert shrunk < 0.6 * alone


def test_without_a_price_change_the_published_mean_holds_and_says_so():
    units = {"a": np.full(60, 5.0)}
    found = estimate(units, {"a": np.full(60, 9.0)})["a"]
    assert (found.value, found.is_default, found.own) == (DEFAULT, True, False)
    assert estimate({}, {}) == {}
    assert found.factor(0.1) == pytest.approx(0.9**DEFAULT)


def test_a_product_without_price_changes_gets_the_shops_mean():
    units, prices, _own = world()
    units["new"], prices["new"] = np.full(104, np.nan), np.full(104, np.nan)
    found = estimate(units, prices)["new"]
    assert not found.own and found.products > 50
    assert found.value == pytest.approx(-2.4, abs=0.4)


def test_demand_that_rises_with_the_price_is_taken_as_not_moved_by_it():
    rng = np.random.default_rng(0)
    price = np.where(np.arange(104) % 10 < 5, 10.0, 8.0)
    units = {k: rng.poisson(20 * (price / 10) ** 3).astype(float) for k in range(40)}
    units["rest"] = np.full(104, 500.0)
    assert all(e.value <= 0 for e in estimate(units, dict.fromkeys(units, price)).values())
    assert Elasticity(0.0).factor(0.3) == 1


def offers_shop(rate, products=300, weeks=104, true=-1.8, seed=5):
    """Half of the products on offer at once now and then, from any day of the week on, and all in a season. What the
    shop's records say of it by week: units, the mean price paid where any sold, and the mean price asked."""
    rng = np.random.default_rng(seed)
    days = weeks * 7
    price = np.ones((products, days))
    for start in [*rng.integers(0, days - 12, 8), 330, 700]:
        price[rng.random(products) < 0.5, start : start + rng.integers(6, 12)] = rng.choice([0.7, 0.8, 0.9])
    season = 1 + 0.6 * (np.abs(np.arange(days) % 365 - 335) < 20)
    by_day = price.reshape(products, weeks, 7)
    sold = rng.poisson(rate / 7 * season * price**true).reshape(by_day.shape)
    units = sold.sum(axis=2).astype(float)
    with np.errstate(invalid="ignore"):
        paid = np.where(units > 0, (sold * by_day).sum(axis=2) / units, np.nan)
    return [dict(enumerate(table)) for table in (units, paid, by_day.mean(axis=2))]


def test_promotions_of_half_the_shop_do_not_hide_their_effect():
    units, paid, _asked = offers_shop(rate=3.0)
    found = estimate(units, paid)
    assert np.mean([one.value for one in found.values()]) == pytest.approx(-1.8, abs=0.15)
    assert sum(one.own for one in found.values()) > 250


def test_slow_sellers_say_nothing_unless_their_prices_are_known():
    units, paid, asked = offers_shop(rate=0.6)
    assert not any(one.own for one in estimate(units, paid).values())
    known = estimate(units, asked)
    assert np.mean([one.value for one in known.values()]) == pytest.approx(-1.8, abs=0.25)


def test_a_gap_has_the_price_nearer_to_the_usual_one():
    nan = np.nan
    assert price_path(np.array([nan, 10, nan, 8, nan, 10, nan])).tolist() == [10, 10, 10, 8, 10, 10, 10]
    assert np.isnan(price_path(np.array([nan, nan]))).all()
