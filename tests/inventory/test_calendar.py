"""Public holidays by the shop's country, closing days, and what they do to demand and forecasts."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone

from retail_ai.engine.demand import monday
from retail_ai.engine.panel import WEEK, Panel
from retail_ai.inventory.calendar import holiday_days, open_days, weekly
from retail_ai.inventory.history import read_history
from retail_ai.inventory.models import Forecast, GroupForecast
from retail_ai.inventory.opening import as_if_open
from retail_ai.inventory.services import start_forecast_job
from retail_ai.jobs.runner import run
from tests.inventory.shop import SETTINGS, SalesStore, make_product, sell

DECEMBER = date(2025, 12, 22)


class GermanStore(SalesStore):
    """A shop in Germany, closed in the first whole week ahead, a week ago and on one Wednesday since."""

    country = "DE"

    def closed_days(self, first, last):
        week = monday(timezone.localdate())
        days = [week + timedelta(days=7 + n) for n in range(7)] + [week - timedelta(days=28 - n) for n in range(7)]
        days.append(week - timedelta(days=5))
        return (day for day in days if first <= day <= last)


class NowhereStore(SalesStore):
    """A shop whose country nobody knows."""

    country = "XX"


def store(settings, name):
    settings.RETAIL_AI = {**SETTINGS, "STORE": f"tests.inventory.test_calendar.{name}"}


@pytest.mark.parametrize(
    ("country", "days"),
    [
        ("DE", [3, 4, 10]),
        ("US", [3, 10]),
        ("GB", [3, 4, 10]),
        ("CN", [10]),
        (None, []),
        ("XX", []),
        ("Germany", [3, 4, 10]),
    ],
)
def test_holidays_are_those_of_the_country(country, days, monkeypatch, settings):
    settings.RETAIL_AI = SETTINGS
    monkeypatch.setattr(SalesStore, "country", country)
    found = holiday_days(DECEMBER, 14)
    assert [offset for offset in np.flatnonzero(found) if offset in (3, 4, 10)] == days
    assert weekly(holiday_days(DECEMBER, 14)).shape == (2,)


def test_a_country_that_nobody_knows_is_said(caplog, settings):
    store(settings, "NowhereStore")
    assert not holiday_days(DECEMBER, 14).any()
    assert "'XX'" in caplog.text and "ISO code" in caplog.text


def test_closing_days_and_holidays_reach_the_model(shop, settings):
    store(settings, "GermanStore")
    history = read_history(horizon=8)
    opened, weeks = history.panel.planned["open"][0], history.weeks
    assert opened[weeks - 4] == 0 and opened[weeks - 1] == pytest.approx(6 / 7)
    assert opened.shape == (weeks + 8,) and opened[weeks + 1] == 0
    holiday = history.panel.planned["holiday"][0]
    christmas = (monday(date(history.origin.year - 1, 12, 25)) - history.start).days // 7
    assert holiday[christmas] > 0 and holiday.shape == opened.shape


def test_nothing_is_expected_while_the_shop_is_closed(shop, settings):
    store(settings, "GermanStore")
    tea = make_product("Tea")
    for day in range(1, 200):
        sell(tea, 4, days_ago=day)
    run(start_forecast_job().pk)
    forecast = Forecast.objects.get(product=tea)
    assert forecast.mean[1] == 0 and 20 < forecast.mean[0] < 36 and forecast.upper95[1] == 0
    assert sum(forecast.daily[7:14]) == 0 < sum(forecast.daily[:7])
    shop_total = GroupForecast.objects.get(kind="shop")
    assert shop_total.mean[1] == 0 < shop_total.mean[2]


def test_a_closed_week_is_no_fall_in_demand():
    values = np.full((2, 8), 14.0)
    values[:, 3], values[:, 6] = 0.0, 12.0
    values[1, :2] = np.nan
    opened = np.ones((2, 10))
    opened[:, 3], opened[:, 6] = 0.0, 6 / 7
    full = as_if_open(Panel(values, WEEK, planned={"open": opened}))
    np.testing.assert_allclose(full.values[0], 14.0)
    assert np.isnan(full.values[1, :2]).all() and "open" not in full.planned
    always = Panel(values, WEEK)
    assert as_if_open(always) is always


def test_a_day_counts_once_whatever_is_said_of_it(shop, settings, monkeypatch):
    store(settings, "GermanStore")
    monkeypatch.setattr(GermanStore, "closed_days", lambda self, first, last: [DECEMBER, DECEMBER, date(1999, 1, 1)])
    assert open_days(DECEMBER, 14).tolist() == [0.0] + [1.0] * 13
