"""Categories and the shop as sums of their products, the page that shows it, and what a job keeps while it runs."""

import re

import numpy as np
import pytest

from retail_ai.engine.forecast_values import SeriesForecast
from retail_ai.inventory import prepared as kept
from retail_ai.inventory.history import read_history
from retail_ai.inventory.models import Forecast, ForecastRun, GroupForecast, PreparedForecast
from retail_ai.inventory.prepared import forget_prepared, pack, prepared_for, unpack
from retail_ai.inventory.services import start_forecast_job
from retail_ai.inventory.totals import lines_of, newest_run
from retail_ai.inventory.training import prepare
from retail_ai.jobs.runner import run
from shop_demo.models import Department, Product
from tests.inventory.shop import NewKettleStore, make_product, sell

PAGE = "/admin/retail_ai/forecast/totals/"


@pytest.fixture
def two_departments(shop, monkeypatch, settings):
    """Mugs and samovars in one, lamps in another; a new kettle that starts from its look-alikes."""
    settings.RETAIL_AI = {**settings.RETAIL_AI, "STORE": "tests.inventory.shop.NewKettleStore"}
    assert NewKettleStore
    lamp = make_product("Lamp")
    for week in range(1, 50):
        sell(lamp, 3 + week % 2, weeks_ago=week)
    Product.objects.filter(pk=lamp.pk).update(department=Department.objects.create(slug="light", name="Light"))

    def started(keys, _prepared):
        from retail_ai.inventory.newcomers import Start

        kettle = shop[2]
        return {str(kettle.pk): Start(2.5, [])} if kettle.pk in keys else {}

    monkeypatch.setattr("retail_ai.inventory.services.starts", started)
    run(start_forecast_job().pk)
    return shop


def figures(page, row):
    """The numbers in a row of a table of the page."""
    line = re.search(rf"<tr><th scope=\"row\">(?:<a [^>]*>)?{row}.*?</tr>", page).group()
    return [float(cell) for cell in re.findall(r"<td>([\d.]+)</td>", line)]


def test_the_page_shows_that_products_categories_and_shop_are_equal(two_departments, admin_client):
    page = admin_client.get(PAGE).content.decode()
    assert "every category is the sum of its products" in page and 'role="img"' in page
    products, shop, of_products = figures(page, "The whole shop")[:3]
    assert (products, shop) == (5, of_products)
    assert figures(page, "Sum of the categories")[0] == pytest.approx(shop, abs=0.2)
    assert shop == pytest.approx(sum(sum(one.mean) for one in Forecast.objects.all()), abs=0.1)
    light = GroupForecast.objects.get(name__contains="Light")
    part = admin_client.get(PAGE, {"group": light.pk}).content.decode()
    assert figures(part, "Lamp") == figures(part, "Sum of the products") == figures(part, "Forecast of the category")


def test_a_start_from_look_alikes_is_in_the_sum_and_inside_the_bands(two_departments):
    record = newest_run()
    assert all(line.agrees for line in lines_of(record))
    for group in record.groups.all():
        total = np.zeros(record.weeks)
        for one in Forecast.objects.filter(run=record):
            if group.kind == "shop" or (one.product.department.name in group.name):
                total += one.mean
        assert group.mean == pytest.approx(total, abs=0.01)
        assert all(
            low <= mean <= high for low, mean, high in zip(group.lower95, group.mean, group.upper95, strict=True)
        )


def test_what_was_moved_since_is_said(two_departments, admin_client):
    Product.objects.filter(slug="lamp").update(department=Department.objects.get(slug="all"))
    assert "Some totals differ" in admin_client.get(PAGE).content.decode()
    for odd in ("x", "0", "99999999"):
        assert admin_client.get(PAGE, {"group": odd}).status_code == 200


def test_without_a_forecast_the_page_says_what_to_do(admin_client, client, django_user_model):
    assert "No forecast of the whole range" in admin_client.get(PAGE).content.decode()
    client.force_login(django_user_model.objects.create_user("clerk", password="pw", is_staff=True))
    assert client.get(PAGE).status_code == 403


def test_what_was_learned_is_read_by_the_next_worker_and_deleted_in_the_end(shop, monkeypatch):
    learned = []
    monkeypatch.setattr(kept, "prepare", lambda *given: learned.append(1) or prepare(*given))
    job = start_forecast_job()
    record = ForecastRun.objects.get(job=job)
    first = prepared_for(record.pk, 8)
    prepared_for.cache_clear()  # another process has nothing in memory
    second = prepared_for(record.pk, 8)
    assert len(learned) == 1 and PreparedForecast.objects.count() == 1
    for key in first.history.numbers:
        assert second.of(key).mean == pytest.approx(first.of(key).mean)
        assert second.of(key).method == first.of(key).method
    run(job.pk)
    assert len(learned) == 1 and not PreparedForecast.objects.exists()
    assert GroupForecast.objects.filter(run=record).exists()


def test_packing_loses_nothing_that_a_forecast_is_written_from(shop):
    made = prepare(read_history(horizon=8), 8)
    back = unpack(pack(made))
    assert back.history.numbers == made.history.numbers and back.history.problems == made.history.problems
    assert (back.history.start, back.history.origin) == (made.history.start, made.history.origin)
    for name in ("sold", "repaired", "outliers", "daily"):
        np.testing.assert_allclose(getattr(back.history, name), getattr(made.history, name), rtol=1e-6)
    np.testing.assert_allclose(back.history.panel.values, made.history.panel.values, rtol=1e-6)
    assert (back.categories, list(back.members)) == (made.categories, list(made.members))
    for one, other in [
        *zip(made.made, back.made, strict=True),
        *zip(made.agreed.groups, back.agreed.groups, strict=True),
    ]:
        assert isinstance(other, SeriesForecast)
        assert (one.method, one.error, one.sigma) == (other.method, other.error, other.sigma)
        np.testing.assert_allclose(one.bands, other.bands)
    forget_prepared(0)


def test_a_shop_without_sales_can_be_kept_too(db):
    from datetime import date

    from retail_ai.inventory.history import History

    empty = unpack(pack(prepare(History(date(2026, 1, 5), date(2026, 1, 5)), 8)))
    assert empty.made == [] and empty.agreed is None and empty.of("1") is None
