"""A purchase order from draft to received and back, in services, on its page, by API and by command."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import (
    Forecast,
    ForecastRun,
    PurchaseOrder,
    ReorderSuggestion,
    Supplier,
    SupplierPolicy,
)
from retail_ai.inventory.purchase_drafts import add_line, change_lines
from retail_ai.inventory.purchasing import cancel, mark_ordered, receive, receive_all, undo
from retail_ai.inventory.reorders import decide, refresh_suggestions, reopen
from retail_ai.inventory.selectors import arrivals, on_order
from tests.inventory.shop import SETTINGS, make_product

API = "/retail-ai/api/inventory/"


def make_advice(product, *, mean=10.0, sigma=2.0):
    """A suggestion out of a forecast of ``mean`` a week."""
    run = ForecastRun.objects.create(origin=timezone.localdate(), weeks=8, finished_at=timezone.now())
    weeks = {name: [mean] * 8 for name in ("mean", "lower80", "upper80", "lower95", "upper95")}
    forecast = Forecast.objects.create(run=run, product=product, method="test", sigma=sigma, **weeks)
    refresh_suggestions(forecasts=[forecast])
    return ReorderSuggestion.objects.get(product=product, state="open")


@pytest.fixture
def order(db, settings, admin_user):
    """A draft of one product of Acme's: 30 at 3 each."""
    settings.RETAIL_AI = SETTINGS
    mug = make_product("Mug", stock=4)
    acme = Supplier.objects.create(name="Acme", email="orders@acme.example", minimum_value=500)
    SupplierPolicy.objects.create(
        product=mug, supplier=acme, unit_cost=3, lead_time_days=10, pack_size=6, article="M1"
    )
    suggestion = make_advice(mug)
    decide(suggestions=[suggestion.pk], state="accepted", by=admin_user, quantities={suggestion.pk: 30})
    return PurchaseOrder.objects.get()


def stock_of(order):
    product = order.lines.get().product
    product.refresh_from_db()
    return product.stock


def test_the_draft_says_what_and_of_whom(order):
    line = order.lines.get()
    assert (order.supplier.name, order.state, order.currency) == ("Acme", "draft", "EUR")
    assert (line.quantity, line.unit_cost, line.article, line.cost) == (30, 3, "M1", 90)
    assert order.expected_on == timezone.localdate() + timedelta(days=10)


def test_from_draft_to_received_in_parts(order, admin_user):
    line = order.lines.get()
    change_lines(order=order, quantities={line.pk: 36})
    mark_ordered(order=order, by=admin_user)
    assert on_order([line.product_id]) == {line.product_id: 36}
    assert arrivals([line.product_id]) == {line.product_id: {10: 36}}
    receive(order=order, units={line.pk: 20}, by=admin_user)
    order.refresh_from_db()
    assert (order.state, stock_of(order), on_order([line.product_id])[line.product_id]) == ("partly", 24, 16)
    receive_all(order=order, by=admin_user)
    order.refresh_from_db()
    assert (order.state, stock_of(order), on_order([line.product_id])) == ("received", 40, {})
    for state, stock in (("partly", 24), ("ordered", 4), ("draft", 4)):
        undo(order=order)
        order.refresh_from_db()
        assert (order.state, stock_of(order)) == (state, stock)
    with pytest.raises(InvalidInput, match="no step"):
        undo(order=order)


def test_cancelling_gives_the_advice_back_and_can_be_undone(order):
    cancel(order=order)
    suggestion = ReorderSuggestion.objects.get()
    assert (suggestion.state, on_order([suggestion.product_id])) == ("open", {})
    undo(order=order)
    suggestion.refresh_from_db()
    assert (suggestion.state, on_order([suggestion.product_id])) == ("accepted", {suggestion.product_id: 30})


def test_the_rest_is_what_is_open_when_it_is_booked_not_when_the_page_was_read(order):
    mark_ordered(order=order)
    read_before = PurchaseOrder.objects.prefetch_related("lines").get()
    receive(order=order, units={order.lines.get().pk: 20})
    receive_all(order=read_before)
    assert (order.lines.get().received, stock_of(order)) == (30, 34)


def test_what_partly_came_is_closed_not_cancelled(order):
    mark_ordered(order=order)
    receive(order=order, units={order.lines.get().pk: 1})
    cancel(order=order)
    order.refresh_from_db()
    assert (order.state, on_order([order.lines.get().product_id]), stock_of(order)) == ("received", {}, 5)


def test_wrong_steps_are_refused_and_change_nothing(order):
    line = order.lines.get()
    for wrong in (-1, 10**9):
        with pytest.raises(InvalidInput, match="Mug"):
            change_lines(order=order, quantities={line.pk: wrong})
    with pytest.raises(InvalidInput, match="draft"):
        receive_all(order=order)
    with pytest.raises(InvalidInput, match="before today"):
        mark_ordered(order=order, expected_on=timezone.localdate() - timedelta(days=1))
    mark_ordered(order=order)
    for units in ({}, {line.pk: 0}, {line.pk + 999: 5}):
        with pytest.raises(InvalidInput, match="how many"):
            receive(order=order, units=units)
    with pytest.raises(InvalidInput, match="ordered"):
        change_lines(order=order, quantities={line.pk: 5})
    order.refresh_from_db()
    assert (order.state, stock_of(order)) == ("ordered", 4)


def test_a_line_set_to_nothing_goes_and_an_empty_order_is_not_ordered(order):
    change_lines(order=order, quantities={order.lines.get().pk: 0})
    assert ReorderSuggestion.objects.get().state == "open"
    with pytest.raises(InvalidInput, match="nothing on this order"):
        mark_ordered(order=order)


def test_another_product_may_be_added_by_its_number(order):
    kettle = make_product("Kettle")
    add_line(order=order, sku="kettle", quantity=3)
    assert order.lines.get(product=kettle).quantity == 3
    for sku, quantity in (("no-such", 1), ("", 1), ("kettle", 0)):
        with pytest.raises(InvalidInput):
            add_line(order=order, sku=sku, quantity=quantity)


def test_undo_does_not_make_two_drafts(order, admin_user):
    mark_ordered(order=order)
    suggestion = make_advice(make_product("Pot", stock=0))
    ReorderSuggestion.objects.filter(pk=suggestion.pk).update(supplier=order.supplier)
    decide(suggestions=[suggestion.pk], state="accepted", by=admin_user)
    with pytest.raises(InvalidInput, match="newer draft"):
        undo(order=order)


def accept_more(order, admin_user, quantity):
    """Accept a second suggestion for the product that the draft has."""
    more = make_advice(order.lines.get().product, mean=30.0)
    decide(suggestions=[more.pk], state="accepted", by=admin_user, quantities={more.pk: quantity})
    return more


def test_more_of_what_is_on_the_draft_is_one_suggestion_with_it(order, admin_user):
    more = accept_more(order, admin_user, 12)
    line = order.lines.get()
    assert (line.quantity, line.suggestion) == (42, more)
    assert [(row.state, row.quantity, row.cost) for row in ReorderSuggestion.objects.all()] == [("accepted", 42, 126)]
    cancel(order=order)
    assert [(row.state, row.quantity) for row in ReorderSuggestion.objects.all()] == [("open", 42)]


def test_what_was_accepted_later_and_ordered_is_not_reopened_either(order, admin_user):
    more = accept_more(order, admin_user, 12)
    mark_ordered(order=order)
    assert reopen(suggestions=[more.pk]) == 0
    assert ReorderSuggestion.objects.get().state == "accepted"


def test_taken_back_before_it_is_ordered_all_of_it_is_advised_again(order, admin_user):
    more = accept_more(order, admin_user, 12)
    assert reopen(suggestions=[more.pk]) == 1
    assert not PurchaseOrder.objects.exists() and ReorderSuggestion.objects.get().quantity == 42


def test_a_draft_left_lying_is_not_about_to_arrive(order):
    PurchaseOrder.objects.update(expected_on=timezone.localdate() - timedelta(days=20))
    product = order.lines.get().product_id
    assert arrivals([product]) == {product: {10: 30}}
    PurchaseOrder.objects.update(state="ordered")
    assert arrivals([product]) == {product: {0: 30}}


def test_more_of_it_at_another_cost_is_all_at_the_newer_cost(order, admin_user):
    SupplierPolicy.objects.update(unit_cost=5)
    more = accept_more(order, admin_user, 12)
    more.refresh_from_db()
    assert order.lines.get().cost == more.cost == 42 * 5


def test_two_of_one_product_taken_back_are_one_and_nothing_is_on_its_way(order, admin_user):
    product = order.lines.get().product
    SupplierPolicy.objects.update(currency="USD")
    more = accept_more(order, admin_user, 12)
    assert on_order([product.pk]) == {product.pk: 42}
    assert reopen(suggestions=ReorderSuggestion.objects.values_list("pk", flat=True)) == 1
    left = ReorderSuggestion.objects.get()
    assert (left, left.state, left.quantity, on_order([product.pk])) == (more, "open", 42, {})


def test_taken_back_it_takes_the_units_of_the_newer_one_that_counted_on_it(order):
    mine = ReorderSuggestion.objects.get()
    more = make_advice(order.lines.get().product, mean=30.0)
    assert reopen(suggestions=[mine.pk]) == 1
    left = ReorderSuggestion.objects.get()
    assert (left, left.state, left.quantity) == (mine, "open", 30 + more.quantity)


def test_what_was_cancelled_can_be_accepted_again(order, admin_user):
    cancel(order=order)
    suggestion = ReorderSuggestion.objects.get()
    decide(suggestions=[suggestion.pk], state="accepted", by=admin_user)
    new = PurchaseOrder.objects.get(state="draft")
    assert new.lines.get().suggestion == suggestion and order.lines.get().suggestion is None
    assert on_order([suggestion.product_id]) == {suggestion.product_id: 30}
    cancel(order=new)
    suggestion.refresh_from_db()
    assert (suggestion.state, on_order([suggestion.product_id])) == ("open", {})


def test_what_was_added_beyond_the_advice_stays_when_it_is_taken_back_and_accepted_again(order, admin_user):
    change_lines(order=order, quantities={order.lines.get().pk: 36})
    suggestion = ReorderSuggestion.objects.get()
    assert reopen(suggestions=[suggestion.pk]) == 1
    assert (order.lines.get().quantity, order.lines.get().suggestion) == (6, None)
    decide(suggestions=[suggestion.pk], state="accepted", by=admin_user)
    suggestion.refresh_from_db()
    assert (order.lines.get().quantity, order.lines.get().suggestion, suggestion.quantity) == (36, suggestion, 36)


@pytest.mark.parametrize("way", ["off the draft", "cancelled"])
def test_a_newer_suggestion_takes_over_what_does_not_come(order, way):
    line = order.lines.get()
    more = make_advice(line.product, mean=30.0)
    wanted = more.quantity + 30
    change_lines(order=order, quantities={line.pk: 0}) if way == "off the draft" else cancel(order=order)
    more.refresh_from_db()
    assert (more.quantity, more.cost, on_order([line.product_id])) == (wanted, 3 * wanted, {})
    assert ReorderSuggestion.objects.get() == more


def test_together_they_may_not_be_more_than_a_line_may_hold(order, admin_user):
    with pytest.raises(InvalidInput, match="Mug: write a whole number from 0 to 10000000"):
        accept_more(order, admin_user, 10_000_000)
    assert order.lines.get().quantity == 30 and ReorderSuggestion.objects.filter(state="open").count() == 1


def test_two_currencies_make_two_drafts(order, admin_user):
    pot = make_product("Pot", stock=0)
    SupplierPolicy.objects.create(product=pot, supplier=order.supplier, unit_cost=5, currency="USD")
    decide(suggestions=[make_advice(pot).pk], state="accepted", by=admin_user)
    assert set(PurchaseOrder.objects.values_list("currency", flat=True)) == {"EUR", "USD"}


def test_the_page_from_draft_to_received(order, admin_client):
    page, line = f"/admin/retail_ai/purchaseorder/{order.pk}/change/", order.lines.get()
    shown = admin_client.get(page).content.decode()
    assert "Below the supplier" in shown and "€90.00" in shown and 'scope="col"' in shown

    def step(name, **more):
        return admin_client.post(page, {"step": name, **more}, follow=True).content.decode()

    assert "is no whole number" in step("save", **{f"quantity-{line.pk}": "many"})
    step("save", **{f"quantity-{line.pk}": "48", "note": "<i>to the back door</i>"})
    shown = step("send")
    assert "Sent to the supplier" in shown and "&lt;i&gt;to the back door" in shown
    (sent,) = mail.outbox
    assert sent.to == ["orders@acme.example"] and "48 × M1 Mug" in sent.body and sent.attachments
    for odd in ("1.5", "--5", "-", "²"):
        assert "is no whole number" in step("receive", **{f"came-{line.pk}": odd})
    assert "Received." in step("receive", **{f"came-{line.pk}": "8"})
    assert "All received." in step("receive_all")
    assert stock_of(order) == 52
    assert "Taken back" in step("undo")
    sheet = admin_client.get(f"/admin/retail_ai/purchaseorder/{order.pk}/csv/").content.decode()
    assert f"PO-{order.pk:05},Acme,M1,mug,Mug,48,3.0000,144.00,EUR" in sheet


def test_who_may_only_look_changes_nothing(order, client, django_user_model):
    staff = django_user_model.objects.create_user("staff", password="pw", is_staff=True)
    page = f"/admin/retail_ai/purchaseorder/{order.pk}/change/"
    client.force_login(staff)
    assert client.get(page).status_code == 403
    staff.user_permissions.add(Permission.objects.get(codename="view_purchaseorder"))
    assert client.get(page).status_code == 200
    assert client.post(page, {"step": "order"}).status_code == 403
    assert client.post(f"{API}purchase-orders/{order.pk}/step", {"step": "order"}).status_code == 403
    order.refresh_from_db()
    assert order.state == "draft"


def test_a_mail_that_cannot_go_leaves_the_draft(order, admin_user, monkeypatch):
    from retail_ai.inventory.purchase_mail import send_order

    def refuse(self, *args, **kwargs):
        raise OSError("no route")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with pytest.raises(InvalidInput, match="no route"):
        send_order(order=order)
    order.refresh_from_db()
    assert order.state == "draft" and not order.events.exists()


def test_by_api(order, admin_client):
    (row,) = admin_client.get(f"{API}purchase-orders", {"state": "draft"}).json()["results"]
    line = row["lines"][0]["id"]
    url = f"{API}purchase-orders/{order.pk}/step"

    def post(**data):
        return admin_client.post(url, data, content_type="application/json")

    assert post(step="edit", units={line: 40}).json()["lines"][0]["quantity"] == 40
    assert post(step="order").json()["state"] == "ordered"
    assert post(step="receive", units={line: 10}).json()["state"] == "partly"
    assert post(step="receive", units={"x": 10}).status_code == 400
    assert post(step="order").status_code == 400
    assert post(step="dance").status_code == 400
    assert admin_client.get(f"{API}purchase-orders", {"state": "lost"}).status_code == 400


def test_by_command(order, capsys):
    call_command("retail_ai_purchase")
    call_command("retail_ai_purchase", str(order), "order")
    call_command("retail_ai_purchase", str(order.pk), "receive")
    out = capsys.readouterr().out
    assert f"{order}  draft  Acme" in out and f"{order}: received" in out
    with pytest.raises(CommandError, match="No purchase order"):
        call_command("retail_ai_purchase", "999")
    with pytest.raises(CommandError, match="received"):
        call_command("retail_ai_purchase", str(order), "order")


def test_a_printed_order_keeps_the_shops_own_remarks_to_itself(order, admin_client):
    page = admin_client.get(f"/admin/retail_ai/purchaseorder/{order.pk}/change/").content.decode()
    assert '<p class="retail-ai-late retail-ai-screen">Below the supplier' in page


def test_bytes_that_no_column_takes_break_no_page(order, admin_client):
    page = f"/admin/retail_ai/purchaseorder/{order.pk}/change/"
    for data in ({"step": "save", "note": "soon\0er"}, {"step": "add", "sku": "m\0ug", "units": "2"}):
        assert admin_client.post(page, data).status_code == 302
    order.refresh_from_db()
    assert (order.note, order.lines.get().quantity) == ("sooner", 32)


@pytest.mark.django_db(transaction=True)
def test_what_is_being_ordered_cannot_be_taken_off_meanwhile(order):
    suggestion, started, results = order.lines.get().suggestion, threading.Event(), []

    def take_back():
        started.set()
        results.append(reopen(suggestions=[suggestion.pk]))
        connection.close()

    other = threading.Thread(target=take_back)
    with transaction.atomic():
        mark_ordered(order=order)
        other.start()
        started.wait(5)
        other.join(0.5)
    other.join(10)
    assert (results, order.lines.get().suggestion) == ([0], suggestion)
