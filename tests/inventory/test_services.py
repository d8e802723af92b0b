import subprocess
import sys

import pytest
from django.core.management import call_command

from retail_ai.exceptions import MissingPackage
from retail_ai.inventory.history import read_history
from retail_ai.inventory.models import Forecast, ForecastRun, GroupForecast, ReorderSuggestion, StockSnapshot
from retail_ai.inventory.rows import LOOK_ALIKES, NO_SALES
from retail_ai.inventory.services import start_forecast_job, take_stock
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from shop_demo.models import Product, StockOut
from tests.inventory.shop import SETTINGS, make_product, sell


def test_each_product_gets_a_forecast_near_what_it_sells(forecast_shop):
    steady, rare, new, _hidden = forecast_shop
    by_product = {forecast.product_id: forecast for forecast in Forecast.objects.all()}
    assert len(by_product) == 4
    assert 6 <= by_product[steady.pk].mean[0] <= 8
    assert by_product[rare.pk].mean[0] < 1
    assert by_product[new.pk].method == NO_SALES
    assert by_product[steady.pk].error < by_product[steady.pk].naive_error
    assert len(by_product[steady.pk].history) in (59, 60)


def test_a_run_says_when_it_starts_and_how_good_it_was(forecast_shop):
    record = ForecastRun.objects.get()
    steady = record.forecasts.get(product=forecast_shop[0])
    assert record.finished_at is not None
    assert record.origin.weekday() == 0
    assert record.summary["products"] == 4
    assert record.summary["rmsse"] < record.summary["naive_rmsse"]
    assert (record.origin - steady.history_start).days == 7 * len(steady.history)


def test_products_categories_and_shop_add_up(forecast_shop):
    products = [forecast.mean for forecast in Forecast.objects.all()]
    shop = GroupForecast.objects.get(kind="shop")
    categories = GroupForecast.objects.filter(kind="category")
    assert shop.products == sum(category.products for category in categories) == 4
    for week in range(8):
        assert shop.mean[week] == pytest.approx(sum(mean[week] for mean in products), abs=0.01)
        assert shop.mean[week] == pytest.approx(sum(c.mean[week] for c in categories), abs=0.01)
    assert shop.error is not None and shop.naive_error is not None
    assert len(shop.history) in (59, 60)


def test_only_what_runs_low_and_can_be_seen_is_suggested(forecast_shop):
    steady, _rare, _new, _hidden = forecast_shop
    suggestion = ReorderSuggestion.objects.get()
    assert suggestion.product_id == steady.pk
    assert suggestion.quantity > 10
    assert suggestion.stock == 10
    assert 8 < suggestion.days_of_cover < 12


def test_running_again_replaces_open_suggestions_and_keeps_decided_ones(forecast_shop):
    ReorderSuggestion.objects.update(state="accepted", due_on="2999-01-01")
    run(start_forecast_job().pk)
    assert ReorderSuggestion.objects.filter(state="accepted").count() == 1
    again = ReorderSuggestion.objects.filter(state="open").first()
    assert again is None or again.on_order > 0


def test_a_week_out_of_stock_is_estimated_and_marked(shop):
    from datetime import timedelta

    from django.utils import timezone

    steady = shop[0]
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    StockOut.objects.create(
        product=steady, first_day=monday - timedelta(weeks=3), last_day=monday - timedelta(days=15)
    )
    steady.order_lines.filter(
        order__placed_at__date__range=(monday - timedelta(weeks=3), monday - timedelta(days=15))
    ).delete()
    series, marked = read_history().of(str(steady.pk))
    assert marked == [len(series) - 3]
    assert 6 <= series[-3] <= 8


def test_a_return_is_no_demand(shop):
    rare = shop[1]

    def units():
        history = read_history()
        return history.sold[history.numbers[str(rare.pk)]].sum()

    before = units()
    sell(rare, -1, weeks_ago=2)
    assert units() == before - 1


def test_a_shop_that_stopped_long_ago_is_forecast_from_its_last_sale(db, settings):
    settings.RETAIL_AI = SETTINGS
    old = make_product("Lamp")
    for week in range(300, 340):
        sell(old, 3, weeks_ago=week)
    history = read_history()
    assert history.weeks < 60
    series, _marked = history.of(str(old.pk))
    assert series[-1] == 3


def test_a_shop_without_a_sale_has_nothing_to_forecast_and_no_error(db, settings):
    settings.RETAIL_AI = SETTINGS
    make_product("Lamp")
    job = start_forecast_job()
    run(job.pk)
    assert Forecast.objects.get().method == NO_SALES
    assert Job.objects.get(pk=job.pk).state == "done"


def test_a_product_deleted_since_the_job_was_made_is_counted_and_harms_nothing(shop):
    job = start_forecast_job()
    Product.objects.filter(pk=shop[2].pk).delete()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.report["gone"]) == ("done", 1)


def test_selected_products_only(shop):
    job = start_forecast_job(products=Product.objects.filter(pk=shop[0].pk))
    run(job.pk)
    assert Forecast.objects.count() == 1
    assert ForecastRun.objects.get().is_partial


def test_without_the_package_the_error_names_the_extra(shop, monkeypatch):
    monkeypatch.setitem(sys.modules, "statsforecast", None)
    monkeypatch.setattr("retail_ai.backends.forecasters.classical.find_spec", lambda name: None)
    with pytest.raises(MissingPackage, match=r"pip install 'django-retail-ai\[forecast\]'"):
        start_forecast_job()
    assert not Job.objects.exists()


def test_bad_records_are_counted_and_the_rest_is_forecast(shop):
    from datetime import timedelta

    from django.utils import timezone

    steady = shop[0]
    today = timezone.localdate()
    StockSnapshot.objects.create(product=steady, day=today - timedelta(days=30), quantity=-4)
    StockOut.objects.create(product=steady, first_day=today - timedelta(days=20), last_day=today - timedelta(days=22))
    for _ in range(2):
        StockOut.objects.create(
            product=steady, first_day=today - timedelta(days=41), last_day=today - timedelta(days=40)
        )
    once = make_product("Tray")
    sell(once, 2, weeks_ago=3)
    job = start_forecast_job()
    run(job.pk)
    job.refresh_from_db()
    assert job.state == "done"
    assert job.report["negative stock, taken as none"] == 1
    assert job.report["stock-out that ends before it begins"] == 1
    assert job.report["days out of stock named twice"] == 2
    assert job.report["product sold once"] == 1
    assert ForecastRun.objects.get(job=job).summary["problems"]["product sold once"] == 1
    assert Forecast.objects.get(product=once).mean[0] < 2


def test_a_kit_counts_as_its_parts(shop, settings):
    settings.RETAIL_AI = {**SETTINGS, "STORE": "tests.inventory.shop.KitStore"}
    steady, rare, *_ = shop
    history = read_history()
    assert str(steady.pk) not in history.numbers
    week = history.sold[history.numbers[str(rare.pk)], -1]
    assert week >= 2 * 6  # two samovars in each "mug"


def test_a_new_product_starts_from_its_look_alikes(shop, settings):
    from retail_ai.catalog.models import ProductVector, VectorSpace

    settings.RETAIL_AI = {**SETTINGS, "STORE": "tests.inventory.shop.NewKettleStore"}
    steady, rare, new, _hidden = shop
    space = VectorSpace.objects.create(identity="test", dimensions=2, state="active")
    for product, vector in ((steady, [1, 0]), (rare, [0, 1]), (new, [0.96, 0.28])):
        ProductVector.objects.create(product=product, space=space, content_hash="x", embedding=vector)
    run(start_forecast_job().pk)
    forecast = Forecast.objects.get(product=new)
    assert forecast.method == LOOK_ALIKES
    assert forecast.look_alikes[0][0] == str(steady.pk)
    assert 5 < forecast.mean[0] < 8.5
    assert forecast.error is None
    assert forecast.lower80[0] < forecast.mean[0] < forecast.upper80[0]


def test_what_sells_every_day_is_forecast_by_the_day(shop):
    daily = make_product("Tea")
    for day in range(1, 200):
        sell(daily, 9 if day % 7 == 0 else 3, days_ago=day)
    run(start_forecast_job().pk)
    tea, mug = (Forecast.objects.get(product=product) for product in (daily, shop[0]))
    assert mug.daily == []
    assert len(tea.daily) == 7 * len(tea.mean)
    assert sum(tea.daily[:7]) == pytest.approx(tea.mean[0], abs=0.02)
    assert max(tea.daily[:7]) > 2 * min(tea.daily[:7])


def test_stock_is_noted_once_a_day_with_its_latest_figure(shop):
    assert take_stock() == 4
    Product.objects.filter(pk=shop[0].pk).update(stock=3)
    assert take_stock() == 4
    assert StockSnapshot.objects.count() == 4
    assert StockSnapshot.objects.get(product=shop[0]).quantity == 3


def test_the_command_shows_what_it_did(shop, capsys):
    call_command("retail_ai_forecast")
    assert "4 products forecast, 0 failed" in capsys.readouterr().out


def test_django_setup_loads_no_forecasting_package():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'shop_demo.settings'; django.setup();"
        "import retail_ai.urls, retail_ai.admin; sys.exit('statsforecast' in sys.modules or 'pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
