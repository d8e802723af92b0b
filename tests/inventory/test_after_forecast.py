"""What a forecast leaves of products that it did not see, and of those whose stock is no longer counted."""

import pytest
from django.utils import timezone

from retail_ai.inventory.after_forecast import follow_up
from retail_ai.inventory.models import Forecast, ForecastRun, ReorderSuggestion, StockPlan
from retail_ai.inventory.reorders import refresh_suggestions
from tests.inventory.shop import SETTINGS, SalesStore, make_product
from tests.inventory.test_purchasing import make_advice


class UncountedStore(SalesStore):
    """A shop that counts no stock any more."""

    stock_field = None


class MugStore(SalesStore):
    """A shop that has mugs alone."""

    def products(self):
        return super().products().filter(slug="mug")


@pytest.fixture
def runs(db, settings):
    """A finished run of a mug and one of a pot, each with its plan and advice."""
    settings.RETAIL_AI = SETTINGS
    for title in ("Mug", "Pot"):
        make_advice(make_product(title, stock=0))
    return list(ForecastRun.objects.order_by("pk"))


def titles(model):
    return sorted(model.objects.values_list("product__title", flat=True))


def test_a_run_that_only_began_and_what_failed_take_no_plan_away(runs):
    ForecastRun.objects.create(origin=timezone.localdate(), weeks=8)
    for run in runs:
        follow_up(run=run)
    assert titles(StockPlan) == titles(ReorderSuggestion) == ["Mug", "Pot"]


def test_what_the_shop_no_longer_has_is_neither_planned_nor_advised(runs, settings):
    settings.RETAIL_AI = {**SETTINGS, "STORE": "tests.inventory.test_after_forecast.MugStore"}
    follow_up(run=runs[1])
    assert titles(StockPlan) == titles(ReorderSuggestion) == ["Mug"]


def test_what_is_no_longer_counted_has_no_plan(runs, settings):
    settings.RETAIL_AI = {**SETTINGS, "STORE": "tests.inventory.test_after_forecast.UncountedStore"}
    assert refresh_suggestions(forecasts=list(Forecast.objects.filter(run=runs[0]))) == 0
    assert titles(StockPlan) == ["Pot"]
