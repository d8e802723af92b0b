"""Scenarios: the plan as it is beside one made for what may come; nothing saved unless asked."""

import pytest
from django.core.management import CommandError, call_command

from retail_ai.engine.scenarios import Scenario
from retail_ai.inventory.models import ReorderSuggestion, SavedScenario, StockPlan, Supplier, SupplierPolicy
from retail_ai.inventory.whatif import chosen_forecasts, compare
from tests.inventory.shop import SETTINGS, make_product
from tests.inventory.test_purchasing import make_advice

PAGE, API = "/admin/retail_ai/reordersuggestion/scenario/", "/retail-ai/api/inventory/scenario"


@pytest.fixture
def shop(db, settings):
    """Two products of two suppliers: mugs sell 10 ± 4 a week, pots 20 ± 4."""
    settings.RETAIL_AI = SETTINGS
    mug, pot = make_product("Mug", stock=40), make_product("Pot", stock=80)
    for product, name in ((mug, "Acme"), (pot, "Baltic")):
        SupplierPolicy.objects.create(product=product, supplier=Supplier.objects.create(name=name), unit_cost=4)
    make_advice(mug, mean=10, sigma=4)
    make_advice(pot, mean=20, sigma=4)
    return mug, pot


def test_a_late_supplier_costs_sales_and_a_plan_for_it_costs_stock(shop):
    found = compare(Scenario(late_days=14), forecasts=chosen_forecasts())
    assert (found.products, found.weeks) == (2, 8)
    assert found.unprepared.lost_units > found.present.lost_units
    assert found.prepared.lost_units < found.unprepared.lost_units
    assert found.prepared.stock_value > found.unprepared.stock_value
    assert {row.product.title for row in found.rows} == {"Mug", "Pot"}
    assert all(row.new_quantity > row.quantity for row in found.rows)


def test_ten_percent_off_sells_more_by_the_elasticity(shop):
    """At −2, two weeks of 10 + 20 grow by 0.9^−2: 14.07 more pieces of 240, each 1 cheaper in those weeks."""
    StockPlan.objects.update(elasticity=-2.0, elasticity_products=5)
    SupplierPolicy.objects.update(service_level=0.999)
    found = compare(Scenario(discount=0.1, discount_weeks=2), forecasts=chosen_forecasts())
    before = found.present.revenue / 10 + found.present.lost_units
    weeks = 60 * 0.9**-2
    after = (found.prepared.revenue - 9 * weeks) / 10 + weeks + found.prepared.lost_units
    assert before == pytest.approx(240, rel=0.02)
    assert after - before == pytest.approx(60 * (0.9**-2 - 1), abs=3)
    assert found.default_elasticity == 0


def test_without_price_changes_the_published_figure_is_named(shop):
    assert compare(Scenario(discount=0.1), forecasts=chosen_forecasts()).default_elasticity == 2


def test_a_higher_level_lowers_the_chance_and_ties_up_money(shop):
    found = compare(Scenario(service_level=0.99), forecasts=chosen_forecasts(product=shop[0].pk))
    assert found.products == 1
    assert found.prepared.chance < found.present.chance
    assert found.prepared.stock_value > found.present.stock_value


def test_a_suppliers_products_alone(shop):
    acme = Supplier.objects.get(name="Acme")
    assert [f.product for f in chosen_forecasts(supplier=acme)] == [shop[0]]
    SupplierPolicy.objects.create(supplier=acme)
    pan = make_product("Pan")
    make_advice(pan)
    assert {f.product for f in chosen_forecasts(supplier=acme)} == {shop[0], pan}


def test_money_of_what_has_no_cost_is_not_made_up(shop):
    SupplierPolicy.objects.update(unit_cost=None)
    found = compare(Scenario(demand=0.2), forecasts=chosen_forecasts())
    assert (found.present.stock_value, found.present.profit, found.without_cost) == (None, None, 2)
    assert found.present.revenue > 0


def test_nothing_to_work_out(db, settings):
    settings.RETAIL_AI = SETTINGS
    assert compare(Scenario(demand=1), forecasts=chosen_forecasts()) is None


def test_the_page_saves_nothing_until_asked(shop, admin_client):
    page = admin_client.get(PAGE, {"late_days": 14}).content.decode()
    assert "lost sales, pieces" in page and "Where the plan changes most" in page
    assert "it happens, plan made for it" in page
    assert not SavedScenario.objects.exists()
    kept = admin_client.post(PAGE, {"late_days": 14, "name": "<b>Late</b>"}, follow=True).content.decode()
    assert "&lt;b&gt;Late" in kept and "cash tied up" in kept
    assert SavedScenario.objects.get().params["late_days"] == 14
    assert ReorderSuggestion.objects.filter(state="open").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"discount": 95}, {"late_days": "x"}, {"service_level": 10}, {"demand": -100}, {"supplier": 99, "demand": 1}],
)
def test_a_wrong_figure_is_said_beside_its_field(shop, admin_client, wrong):
    page = admin_client.get(PAGE, wrong).content.decode()
    assert "retail-ai-late" in page and "lost sales, pieces" not in page


def test_one_product_and_one_that_is_not_there(shop, admin_client):
    assert "For Mug." in admin_client.get(PAGE, {"product": shop[0].pk, "demand": 20}).content.decode()
    for none in ("99999", "x'"):
        assert "For all products" in admin_client.get(PAGE, {"product": none}).content.decode()


def test_by_api(shop, admin_client, client, django_user_model):
    def post(who, **data):
        return who.post(API, data, content_type="application/json")

    found = post(admin_client, late_days=14).json()
    assert found["saved"] is None and found["unprepared"]["lost_units"] > found["present"]["lost_units"]
    assert post(admin_client, demand=0.1, save_as="More").json()["saved"] == SavedScenario.objects.get().pk
    for wrong in ({"discount": 2}, {"product": "x'"}, {"supplier": 999}, {"late_days": "soon"}):
        assert post(admin_client, **wrong).status_code == 400
    client.force_login(django_user_model.objects.create_user("staff", password="pw", is_staff=True))
    assert post(client, demand=0.1).status_code == 403


def test_by_command(shop, capsys):
    call_command("retail_ai_whatif", "--discount", "10", "--level", "98")
    out = capsys.readouterr().out
    assert out.startswith("10 % off for 2 weeks, service level 98 %; 2 products")
    for wrong in (["--discount", "99"], ["--supplier", "Nobody"]):
        with pytest.raises(CommandError):
            call_command("retail_ai_whatif", *wrong)
