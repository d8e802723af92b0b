"""What a shop's records have wrong: each kind is counted, the rest is read as if it were not there."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.utils import timezone

from retail_ai.engine.facts import SaleLine
from retail_ai.inventory.history import read_history
from tests.inventory.shop import SETTINGS, SalesStore

NAN = float("nan")


class OddStore(SalesStore):
    """A shop that sold what a test says: (product, quantity, weeks ago, price)."""

    lines: tuple = ()
    parts: dict = {}

    def sale_lines(self, since=None):
        for number, (product, quantity, weeks_ago, price) in enumerate(self.lines):
            moment = timezone.now() - timedelta(weeks=weeks_ago)
            yield SaleLine("N" if product == "twice" else f"N{number}", product, quantity, price, moment)

    def stock_outs(self, since=None):
        return iter(())

    def sold_as(self):
        return self.parts


@pytest.fixture
def sold(db, settings, monkeypatch):
    """Reads the history of a shop with these lines and kits."""

    def read(lines, parts=None):
        settings.RETAIL_AI = {**SETTINGS, "STORE": "tests.inventory.test_bad_records.OddStore"}
        monkeypatch.setattr(OddStore, "lines", tuple(lines))
        monkeypatch.setattr(OddStore, "parts", parts or {})
        return read_history()

    return read


def steady(products, weeks=40):
    return [(key, 3, week, Decimal(10)) for week in range(weeks, 0, -1) for key in products]


def test_lines_that_cannot_be_used_are_counted_and_passed_over(sold):
    odd = [(None, 1, 3, 1), (1, 0, 3, 1), (1, NAN, 3, 1), (1, -2, 3, 1), (1, 1, -9, 1), (1, float("inf"), 3, 1)]
    history = sold([*steady([1, 2]), *odd, ("once", 4, 5, 1)])
    assert dict(history.problems) == {
        "sale of no product": 1, "quantity not above 0": 4, "sale in the future": 1, "product sold once": 1,
    }  # fmt: skip
    assert history.sold[history.numbers["1"]].sum() == 3 * 40
    assert history.sold[history.numbers["once"]].sum() == 4


def test_a_line_imported_twice_is_said_and_counted_as_sold(sold, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)  # the same moment for both
    history = sold([*steady([1]), ("twice", 2, 2, 1), ("twice", 2, 2, 1)])
    assert history.problems["line repeated"] == 1
    assert history.sold[history.numbers["twice"]].sum() == 4


def test_kits_of_kits_and_variants_count_as_what_they_take_from_stock(sold):
    parts = {"box": [("set", 2)], "set": [("cup", 6), ("pot", 1)], "cup-red": [("cup", 1)]}
    history = sold([*steady(["cup"]), ("box", 1, 2, 50), ("cup-red", 5, 2, 2)], parts)
    assert set(history.numbers) == {"cup", "pot"}
    assert history.sold[history.numbers["cup"]].sum() == 3 * 40 + 12 + 5
    assert history.sold[history.numbers["pot"]].sum() == 2


def test_a_kit_that_contains_itself_ends_and_is_counted(sold):
    history = sold([*steady(["cup"]), ("ring", 1, 2, 1)], {"ring": [("ring", 1)]})
    assert history.problems["kit that contains itself"] == 1
    assert history.sold[history.numbers["ring"]].sum() == 1


def test_the_rest_of_a_kit_that_contains_itself_counts_once(sold):
    parts = {"ring": [("ring", 2), ("cup", 1)], "hen": [("egg", 1), ("cup", 1)], "egg": [("hen", 1)]}
    history = sold([*steady(["cup"]), ("ring", 1, 2, 1), ("hen", 1, 3, 1)], parts)
    assert history.problems["kit that contains itself"] == 2
    assert {key: history.sold[row].sum() for key, row in history.numbers.items()} == {"cup": 122, "ring": 2, "hen": 1}


def test_a_change_of_currency_is_no_change_of_prices(sold):
    old = [(key, 3, week, Decimal(2000 + key)) for week in range(40, 20, -1) for key in range(8)]
    new = [(key, 3, week, Decimal(20 + key) / 10) for week in range(20, 0, -1) for key in range(8)]
    history = sold([*old, *new])
    assert history.problems["change of currency"] == 1
    prices = history.panel.channels["price"]
    assert np.nanmax(prices) / np.nanmin(prices) < 2.0


def test_a_week_missing_in_a_busy_shops_record_is_estimated_and_marked(sold):
    lines = [line for line in steady(range(30)) if line[2] != 7]
    history = sold(lines)
    assert history.problems["week without a sale in the whole shop"] == 1
    gap = int(np.flatnonzero(history.sold.sum(axis=0) == 0)[-1])
    np.testing.assert_allclose(history.panel.values[:, gap], 3.0)
    assert history.repaired[:, gap].all()


def test_a_gap_in_a_quiet_shop_is_demand_of_nothing(sold):
    history = sold([line for line in steady([1, 2]) if line[2] != 7])
    assert "week without a sale in the whole shop" not in history.problems
    assert not history.repaired.any()
