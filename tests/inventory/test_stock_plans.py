"""Stock plans, budgets, and what other rooms learn of the stock."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.utils import timezone

from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.availability import deliverable, stock_boosts, undeliverable
from retail_ai.inventory.budgets import parse_budget, shares
from retail_ai.inventory.models import PurchaseOrder, PurchaseOrderLine, ReorderSuggestion, StockPlan, Supplier
from retail_ai.inventory.plans import refresh_plans
from retail_ai.inventory.prices import refresh_elasticities, weekly_prices
from retail_ai.inventory.services import take_stock
from retail_ai.stores.boosts import boosts
from tests.inventory.shop import SETTINGS, make_product, sell
from tests.inventory.test_purchasing import make_advice

PLANS, REORDERS = "/admin/retail_ai/stockplan/", "/admin/retail_ai/reordersuggestion/"


@pytest.fixture
def plans(db, settings):
    """Too many samovars, too few mugs, no pot left."""
    settings.RETAIL_AI = SETTINGS
    products = make_product("Samovar", stock=900), make_product("Mug", stock=9), make_product("Pot", stock=0)
    for product in products:
        try:
            make_advice(product)
        except ReorderSuggestion.DoesNotExist:
            continue
    return products


def test_each_product_has_a_plan(plans):
    found = {plan.product.title: plan for plan in StockPlan.objects.select_related("product")}
    assert {name: plan.status for name, plan in found.items()} == {"Samovar": "excess", "Mug": "short", "Pot": "out"}
    # 900 less 120 days of 10 a week.
    assert found["Samovar"].surplus_units == pytest.approx(900 - 120 / 7 * 10, abs=0.1)
    assert found["Samovar"].remedy == "clear"
    assert refresh_plans() == 3


def test_recommendations_and_mails_learn_of_it(plans, settings):
    samovar, mug, pot = plans
    keys = [p.pk for p in plans]
    assert stock_boosts(keys) == {samovar.pk: 1.15, mug.pk: 0.8}
    assert boosts(keys) == {samovar.pk: 1.15, mug.pk: 0.8}
    settings.RETAIL_AI = {**SETTINGS, "STOCK_BOOSTS": {"short": 1, "excess": 1, "dead": 1}}
    assert boosts(keys) == {}
    # 9 mugs last 6.3 days of the 7 that a mail is read.
    assert undeliverable(keys) == {mug.pk, pot.pk}
    assert deliverable(list(plans)) == [samovar]
    order = PurchaseOrder.objects.create(state="ordered", expected_on=timezone.localdate())
    line = PurchaseOrderLine.objects.create(order=order, product=mug, quantity=50)
    assert undeliverable([*keys, 10**9]) == {pot.pk, 10**9}
    # All 50 are among the 9 that are left: the rest of the order is about other products.
    PurchaseOrderLine.objects.filter(pk=line.pk).update(received=50)
    PurchaseOrder.objects.filter(pk=order.pk).update(state="partly")
    assert undeliverable(keys) == {mug.pk, pot.pk}


@pytest.mark.parametrize(("units", "days", "gone"), [(2, 3, False), (1, 3, True), (50, -1, True), (50, 8, True)])
def test_a_delivery_counts_if_it_is_enough_and_due_within_the_days(plans, units, days, gone):
    mug = plans[1]
    type(mug).objects.filter(pk=mug.pk).update(stock=8)
    order = PurchaseOrder.objects.create(state="ordered", expected_on=timezone.localdate() + timedelta(days=days))
    PurchaseOrderLine.objects.create(order=order, product=mug, quantity=units)
    assert (mug.pk in undeliverable([mug.pk])) is gone


def test_slates_show_sooner_what_there_is_too_much_of(plans):
    from retail_ai.recommendations.boosted import boosted
    from retail_ai.recommendations.wishes import Candidate, Part

    samovar, mug, _pot = plans
    items = [Candidate(mug.pk, "", 1.0, [Part("next", 1, 1.0)]), Candidate(samovar.pk, "", 0.9, [])]
    assert [(item.pk, round(item.score, 3)) for item in boosted(items)] == [(samovar.pk, 1.035), (mug.pk, 0.8)]


def test_the_list_hands_products_to_a_campaign_and_a_file(plans, admin_client):
    page = admin_client.get(PLANS + "?status__exact=excess").content.decode()
    assert "clear it out" in page and "Samovar" in page and "lie longer than allowed" in page
    plan = StockPlan.objects.get(status="excess")
    chosen = {"_selected_action": [plan.pk]}
    shown = admin_client.post(PLANS, {"action": "to_campaign", **chosen}).content.decode()
    assert "Samovar" in shown and "campaign" in shown
    sheet = admin_client.post(PLANS, {"action": "export_csv", **chosen}).content.decode()
    assert "Samovar,samovar,excess,900" in sheet


def test_who_may_not_change_campaigns_hands_nothing_over(plans, client, django_user_model):
    from django.contrib.auth.models import Permission

    staff = django_user_model.objects.create_user("staff", password="pw", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_stockplan"))
    client.force_login(staff)
    data = {"action": "to_campaign", "_selected_action": [StockPlan.objects.first().pk]}
    assert "You may not change campaigns." in client.post(PLANS, data, follow=True).content.decode()


def test_budgets_of_a_supplier_and_of_all(plans):
    mug, pot = ReorderSuggestion.objects.order_by("product__title")
    acme = Supplier.objects.create(name="Acme", budget=50)
    ReorderSuggestion.objects.filter(pk=mug.pk).update(cost=100, quantity=20, lost_value=40, supplier=acme)
    ReorderSuggestion.objects.filter(pk=pot.pk).update(cost=200, quantity=20, lost_value=300)
    assert {key: (s.quantity, s.reason) for key, s in shares().items()} == {mug.pk: (10, "cut"), pot.pk: (20, "")}
    left = shares(200.0)
    assert (left[pot.pk].quantity, left[pot.pk].reason, left[mug.pk].reason) == (20, "", "left out")
    ReorderSuggestion.objects.filter(pk=pot.pk).update(currency="USD")
    assert shares(10.0)[pot.pk].reason == "currency"


def test_a_suppliers_budget_is_for_an_order_and_an_order_is_in_one_currency(plans):
    mug, pot = ReorderSuggestion.objects.order_by("product__title")
    acme = Supplier.objects.create(name="Acme", budget=100)
    mine = {"cost": 100, "quantity": 20, "lost_value": 40, "supplier": acme}
    ReorderSuggestion.objects.filter(pk=mug.pk).update(**mine, currency="EUR")
    ReorderSuggestion.objects.filter(pk=pot.pk).update(**mine, currency="JPY")
    assert {key: (s.quantity, s.reason) for key, s in shares().items()} == {mug.pk: (20, ""), pot.pk: (20, "")}


@pytest.mark.parametrize("wrong", ["much", "-1", "NaN", "Infinity", "1e99"])
def test_a_budget_that_is_none(wrong):
    with pytest.raises(InvalidInput):
        parse_budget(wrong)
    assert parse_budget(" ") is None and parse_budget("1 000.5") == 1000.5


def test_the_budget_in_the_list(plans, admin_client):
    ReorderSuggestion.objects.update(cost=Decimal(100), lost_value=10, order_by=timezone.localdate(), currency="EUR")
    assert (
        "is no amount"
        in admin_client.post(REORDERS, {"retail_ai_budget": "1", "budget": "much"}, follow=True).content.decode()
    )
    page = admin_client.post(REORDERS, {"retail_ai_budget": "1", "budget": "100"}, follow=True).content.decode()
    assert "left out: others save more" in page or "cut to" in page
    admin_client.post(REORDERS, {"retail_ai_accept_funded": "1"})
    assert ReorderSuggestion.objects.filter(state="accepted").count() == 1


def test_quantities_typed_into_the_list(plans, admin_client):
    row = ReorderSuggestion.objects.first()
    decision = {"retail_ai_decision": f"accept:{row.pk}"}
    page = admin_client.post(REORDERS, {**decision, f"units-{row.pk}": "a few"}, follow=True).content.decode()
    assert "“a few” is no whole number" in page
    admin_client.post(REORDERS, {**decision, f"units-{row.pk}": "33"})
    row.refresh_from_db()
    assert (row.state, row.quantity) == ("accepted", 33)
    admin_client.post(REORDERS, {"retail_ai_decision": f"postpone:{ReorderSuggestion.objects.last().pk}"})
    assert "again on" in admin_client.get(REORDERS + "?state=postponed").content.decode()


def test_by_api(plans, admin_client):
    api = "/retail-ai/api/inventory/"
    assert admin_client.get(f"{api}stock", {"status": "excess"}).json()["count"] == 1
    assert admin_client.get(f"{api}stock", {"status": "lovely"}).status_code == 400
    row = ReorderSuggestion.objects.first()

    def post(**data):
        return admin_client.post(f"{api}reorders/decide", data, content_type="application/json")

    assert post(ids=[row.pk], decision="accept", quantities={row.pk: 0}).status_code == 400
    assert post(ids=[row.pk], decision="accept", quantities={row.pk: 7}).json() == {"changed": 1, "ids": [row.pk]}
    assert post(ids=[row.pk], decision="reopen").json() == {"changed": 1}
    assert post(ids=[], decision="accept").status_code == 400


def test_by_command(plans, tmp_path, capsys):
    call_command("retail_ai_reorder", "--csv", str(tmp_path / "list.csv"), "--accept", "--within", "30")
    out = capsys.readouterr().out
    assert "2 open suggestions." in out and "2 accepted; drafts: PO-" in out
    assert "Mug" in (tmp_path / "list.csv").read_text()
    for wrong in (["--budget", "x"], ["--csv", str(tmp_path / "no" / "list.csv")]):
        with pytest.raises(CommandError):
            call_command("retail_ai_reorder", *wrong)


def test_prices_paid_by_week_and_what_they_do(plans):
    samovar = plans[0]
    for week in range(1, 90):
        samovar.price = Decimal(8 if week % 10 < 3 else 10)
        sell(samovar, 12 if week % 10 < 3 else 8, weeks_ago=week)
        sell(plans[1], 40, weeks_ago=week)
    units, prices = weekly_prices()
    assert {price for price in prices[str(samovar.pk)] if price == price} == {8.0, 10.0}
    assert sum(units[str(samovar.pk)] == 12) > 20
    # Mugs never change: one product's price changes are used.
    assert refresh_elasticities() == 1
    own, other = (StockPlan.objects.get(product=p) for p in plans[:2])
    assert -2.4 < own.elasticity < -1.3 and own.elasticity_is_own
    assert not other.elasticity_is_own and other.elasticity_products == 1


def test_a_week_without_a_sale_has_the_price_that_was_noted(plans):
    samovar = plans[0]
    sell(samovar, 5, weeks_ago=6)
    sell(samovar, 5, weeks_ago=2)
    samovar.price = Decimal(7)
    samovar.save()
    take_stock(day=timezone.localdate() - timedelta(weeks=4))
    prices = weekly_prices()[1][str(samovar.pk)]
    assert [prices[-6], prices[-4], prices[-2]] == [10.0, 7.0, 10.0] and np.isnan(prices[-5])


def test_ten_thousand_plans_take_no_more_queries(plans, admin_client, django_assert_max_num_queries):
    from shop_demo.models import Product

    shelf = plans[0].department
    more = Product.objects.bulk_create(
        Product(sku=f"x{n}", slug=f"x{n}", title=f"X {n}", department=shelf, price=1) for n in range(10_000)
    )
    StockPlan.objects.bulk_create(
        StockPlan(product=product, status="ok", stock=1, weekly_demand=1, reorder_point=1) for product in more
    )
    with django_assert_max_num_queries(16):
        page = admin_client.get(PLANS, {"p": "40", "q": "X"})
    assert page.context["cl"].result_count == 10_000
    assert StockPlan in admin.site._registry
