import subprocess
import sys

import pytest
from django.core.management import call_command

from retail_ai.exceptions import MissingPackage
from retail_ai.inventory.history import read_history
from retail_ai.inventory.models import Forecast, ForecastRun, ReorderSuggestion, StockSnapshot
from retail_ai.inventory.services import NO_SALES, start_forecast_job, take_stock
from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run
from shop_demo.models import Product, StockOut
from tests.inventory.shop import sell


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
    before = read_history().sold[str(rare.pk)].sum()
    sell(rare, -1, weeks_ago=2)
    assert read_history().sold[str(rare.pk)].sum() == before - 1


def test_a_shop_that_stopped_long_ago_is_forecast_from_its_last_sale(db, settings):
    from tests.inventory.shop import SETTINGS, make_product

    settings.RETAIL_AI = SETTINGS
    old = make_product("Lamp")
    for week in range(300, 340):
        sell(old, 3, weeks_ago=week)
    history = read_history()
    assert history.weeks < 45
    series, _marked = history.of(str(old.pk))
    assert series[-1] == 3


def test_a_shop_without_a_sale_has_nothing_to_forecast_and_no_error(db, settings):
    from tests.inventory.shop import SETTINGS, make_product

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
