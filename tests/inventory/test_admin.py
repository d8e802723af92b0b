import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from retail_ai.inventory.admin import panel
from retail_ai.inventory.models import Forecast, ReorderSuggestion
from retail_ai.inventory.sheets import cell
from retail_ai.jobs.models import Job
from shop_demo.models import Product

LIST = "/admin/retail_ai/reordersuggestion/"


@pytest.fixture
def suggestion(forecast_shop):
    return ReorderSuggestion.objects.get()


def test_the_list_says_what_to_do_when_it_is_empty(admin_client, db):
    page = admin_client.get(LIST).content.decode()
    assert "Nothing needs to be ordered" in page
    assert "Forecast all products now" in page


def test_accept_in_a_row_then_undo(admin_client, suggestion):
    page = admin_client.post(LIST, {"retail_ai_decision": f"accept:{suggestion.pk}"}, follow=True).content.decode()
    assert "1 order accepted." in page
    assert "Undo the last decision" in page
    suggestion.refresh_from_db()
    assert suggestion.state == "accepted"
    assert suggestion.decided_by.username == "admin"
    admin_client.post(LIST, {"retail_ai_undo": "1"})
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_accepting_many_at_once(admin_client, suggestion):
    admin_client.post(LIST, {"action": "dismiss", "_selected_action": [suggestion.pk]})
    suggestion.refresh_from_db()
    assert suggestion.state == "dismissed"
    page = admin_client.get(LIST + "?state=dismissed").content.decode()
    assert f"reopen:{suggestion.pk}" in page


@pytest.mark.parametrize("what", ["accept:x", "accept:", "nonsense:1", "accept:99999999"])
def test_a_wrong_decision_changes_nothing(admin_client, suggestion, what):
    assert admin_client.post(LIST, {"retail_ai_decision": what}).status_code in (200, 302)
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


@pytest.mark.parametrize("urgency", ["", "now", "week", "month", "nonsense"])
def test_filters(admin_client, suggestion, urgency):
    assert admin_client.get(LIST, {"urgency": urgency, "o": "3"}, follow=True).status_code == 200


def test_csv_holds_no_formula(admin_client, suggestion):
    Product.objects.filter(pk=suggestion.product_id).update(title="=1+1")
    made = admin_client.post(LIST, {"action": "export_csv", "_selected_action": [suggestion.pk]}).content.decode()
    header, row = made.splitlines()
    assert header.lstrip("\ufeff").startswith("product,sku,supplier,quantity")
    assert row.startswith("'=1+1,")
    assert cell(-3) == "-3"


def test_without_permission_nothing_is_seen_or_done(client, suggestion):
    staff = get_user_model().objects.create_user("staff", password="pw", is_staff=True)
    client.force_login(staff)
    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"retail_ai_decision": f"accept:{suggestion.pk}"}).status_code == 403
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_forecast_now_queues_a_job(admin_client, shop, monkeypatch):
    started = []
    monkeypatch.setattr("retail_ai.inventory.reorder_admin.enqueue", started.append)  # no broker in this test
    admin_client.post(LIST, {"retail_ai_forecast": "1"})
    assert [job.pk for job in started] == [Job.objects.get(kind="inventory.forecast").pk]


def test_the_plot_page_shows_the_plot_and_its_table(admin_client, forecast_shop):
    steady, rare, new, _hidden = forecast_shop
    for product in (steady, rare, new):
        forecast = Forecast.objects.get(product=product)
        page = admin_client.get(f"/admin/retail_ai/forecast/{forecast.pk}/change/").content.decode()
        assert page.count('role="img"') == 2
        assert "<caption>Forecast</caption>" in page
        assert product.title in page
        assert "<script>" not in page.replace("\n", "")


def test_a_row_leads_to_its_plot(admin_client, suggestion):
    response = admin_client.get(f"{LIST}{suggestion.pk}/forecast/", follow=True)
    assert "Demand by week" in response.content.decode()


def test_the_forecast_list_and_the_other_tables_open(admin_client, forecast_shop):
    for name in ("forecast", "stocksnapshot", "supplierpolicy", "supplierpolicy/add"):
        assert admin_client.get(f"/admin/retail_ai/{name}/?q=mug", follow=True).status_code == 200, name


def test_the_product_page_has_a_line(admin_user, forecast_shop):
    request = RequestFactory().get("/")
    request.user = admin_user
    (line,) = panel(request, forecast_shop[0])
    assert "a week" in line.detail
    assert line.url.startswith("/admin/retail_ai/forecast/")
    assert panel(request, Product()) == []
