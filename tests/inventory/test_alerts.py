"""Alerts: raised, snoozed, dismissed, over, again; and the digest to those who asked for it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.alerts import check_alerts, reopen_alerts, set_aside
from retail_ai.inventory.digest import send_digest, sentence, subscribe
from retail_ai.inventory.models import AlertSubscription, Forecast, ForecastRun, PurchaseOrder, StockAlert, StockPlan
from tests.inventory.shop import SETTINGS, make_product
from tests.inventory.test_purchasing import make_advice

LIST = "/admin/retail_ai/stockalert/"


@pytest.fixture
def mug(db, settings):
    """A mug that sells 10 a week, with 4 left and two weeks to wait for more."""
    settings.RETAIL_AI = SETTINGS
    product = make_product("Mug", stock=4)
    make_advice(product)
    return product


def forecast(product, *, weeks_ago=0, history=(), **more):
    run = ForecastRun.objects.create(
        origin=timezone.localdate() - timedelta(weeks=weeks_ago), weeks=8, finished_at=timezone.now()
    )
    bands = {
        "mean": [10.0] * 8,
        "lower80": [6.0] * 8,
        "upper80": [14.0] * 8,
        "lower95": [4.0] * 8,
        "upper95": [16.0] * 8,
    }
    return Forecast.objects.create(
        run=run, product=product, method="test", sigma=3, history=list(history), **{**bands, **more}
    )


def kinds():
    return sorted(StockAlert.objects.filter(state="open").values_list("kind", flat=True))


def test_what_runs_out_before_an_order_is_here_is_an_alert_and_ends_by_itself(mug):
    assert check_alerts() == {"new": 1, "over": 0}
    alert = StockAlert.objects.get()
    assert (alert.kind, alert.product, alert.at_stake > 0) == ("low", mug, True)
    assert "Sells 10.0 a week; lasts 3 days" in sentence(alert)
    assert check_alerts() == {"new": 0, "over": 0}
    StockPlan.objects.update(status="ok")
    assert check_alerts() == {"new": 0, "over": 1}
    StockPlan.objects.update(status="out")
    assert check_alerts()["new"] == 1
    assert kinds() == ["out"]


def test_what_the_shop_hides_is_no_alert(mug):
    check_alerts()
    type(mug).objects.filter(pk=mug.pk).update(is_active=False)
    assert check_alerts() == {"new": 0, "over": 1}


def test_snoozed_until_its_day_dismissed_until_it_comes_again(mug, admin_user):
    check_alerts()
    alert, today = StockAlert.objects.get(), timezone.localdate()
    with pytest.raises(InvalidInput, match="day to come"):
        set_aside(alerts=[alert.pk], by=admin_user, until=today)
    assert set_aside(alerts=[alert.pk], by=admin_user) == [alert.pk]
    check_alerts(today=today + timedelta(days=6))
    assert kinds() == []
    assert check_alerts(today=today + timedelta(days=7))["new"] == 1
    set_aside(alerts=[alert.pk], by=admin_user, dismiss=True)
    check_alerts()
    assert kinds() == []
    assert reopen_alerts(alerts=[alert.pk]) == 1
    set_aside(alerts=[alert.pk], by=admin_user, dismiss=True)
    StockPlan.objects.update(status="ok")
    check_alerts()
    StockPlan.objects.update(status="short")
    check_alerts()
    assert kinds() == ["low"]


@pytest.mark.parametrize(("sold", "kind"), [(40.0, ["spike"]), (0.0, ["drop"]), (12.0, [])])
def test_last_week_against_its_forecast(db, settings, sold, kind):
    settings.RETAIL_AI = SETTINGS
    pot = make_product("Pot")
    forecast(pot, weeks_ago=1, lower95=[7.0] * 8)
    forecast(pot, history=[9.0, 11.0, sold])
    check_alerts()
    assert kinds() == kind
    if sold == 40:
        assert sentence(StockAlert.objects.get()) == "Sold 40 last week; expected 10.0, at most 16."


def test_forecasts_that_are_bad_biased_or_old(db, settings):
    settings.RETAIL_AI = SETTINGS
    bad, biased, steady = make_product("Bad"), make_product("Biased"), make_product("Steady")
    forecast(bad, error=1.5, naive_error=1.0)
    forecast(steady, error=0.98, naive_error=0.02)
    for week in (5, 4, 3, 2, 1):
        forecast(biased, weeks_ago=week)
    forecast(biased, history=[14.0] * 8)
    check_alerts()
    assert sorted(StockAlert.objects.values_list("product__title", "figures__reason")) == [
        ("Bad", "error"), ("Biased", "bias"), ("Steady", "exact"),
    ]  # fmt: skip
    said = {alert.product.title: sentence(alert) for alert in StockAlert.objects.all()}
    assert "1.5 times that of simply repeating last week" in said["Bad"]
    assert said["Steady"].endswith("almost exact; its error is 0.98 of a usual change from week to week.")
    check_alerts(today=timezone.localdate() + timedelta(days=30))
    assert "stale" in kinds()


def test_a_late_delivery(mug):
    PurchaseOrder.objects.create(state="ordered", expected_on=timezone.localdate() - timedelta(days=3))
    check_alerts()
    assert "late" in kinds()
    assert sentence(StockAlert.objects.get(kind="late")).startswith("3 days late")


def test_the_digest_goes_once_to_those_who_asked_and_may_see_it(mug, admin_user, django_user_model):
    admin_user.email = "owner@shop.example"
    admin_user.save()
    subscribe(user=admin_user)
    subscribe(user=django_user_model.objects.create_user("former", "former@shop.example", "pw", is_staff=True))
    assert send_digest() == {"sent": 0, "failed": 0}
    check_alerts()
    assert send_digest() == {"sent": 1, "failed": 0}
    assert send_digest() == {"sent": 0, "failed": 0}
    (sent,) = mail.outbox
    assert sent.to == ["owner@shop.example"] and sent.subject == "1 new stock alert"
    assert "Mug. Sells 10.0 a week" in sent.body and "/admin/retail_ai/stockalert/" in sent.body


def test_two_digests_at_once_are_one(mug, admin_user, monkeypatch):
    subscribe(user=admin_user)
    check_alerts()
    came_to = []

    def send(*args, **kwargs):
        came_to.append(send_digest())  # another worker's clock strikes while the mail goes out

    monkeypatch.setattr("retail_ai.inventory.digest.send_mail", send)
    assert send_digest() == {"sent": 1, "failed": 0} and came_to == [{"sent": 0, "failed": 0}]


def test_an_alert_raised_while_the_digest_goes_out_is_told_in_the_next(mug, admin_user, monkeypatch):
    subscribe(user=admin_user)
    check_alerts()
    late = []

    def send(*args, **kwargs):
        if not late:
            late.append(StockAlert.objects.create(kind="out", product=make_product("Pot"), figures={}))

    monkeypatch.setattr("retail_ai.inventory.digest.send_mail", send)
    send_digest()
    late[0].refresh_from_db()
    assert late[0].mailed_at is None and send_digest()["sent"] == 1


def test_a_digest_that_reached_nobody_is_tried_again(mug, admin_user, monkeypatch):
    subscribe(user=admin_user)
    check_alerts()

    def refuse(*args, **kwargs):
        raise OSError("the mail server is away")

    with monkeypatch.context() as away:
        away.setattr("retail_ai.inventory.digest.send_mail", refuse)
        assert send_digest() == {"sent": 0, "failed": 1}
    assert send_digest() == {"sent": 1, "failed": 0}


def test_in_the_admin(mug, admin_client, admin_user):
    check_alerts()
    alert = StockAlert.objects.get()
    page = admin_client.get(LIST).content.decode()
    assert "runs out before an order is here" in page and "Snooze a week" in page
    admin_client.post(LIST, {"retail_ai_decision": f"snooze:{alert.pk}"})
    assert kinds() == []
    assert f"reopen:{alert.pk}" in admin_client.get(LIST + "?state=snoozed").content.decode()
    admin_client.post(LIST, {"retail_ai_decision": f"reopen:{alert.pk}"})
    admin_client.post(LIST, {"action": "dismiss", "_selected_action": [alert.pk]})
    assert kinds() == []
    for on in ("on", "off"):
        admin_client.post(LIST, {"retail_ai_digest": on})
        assert AlertSubscription.objects.exists() == (on == "on")
    admin_client.post(LIST, {"retail_ai_check": "1"})
    assert admin_client.get(f"{LIST}{alert.pk}/change/", follow=True).status_code == 200


def test_who_may_only_look_decides_nothing(mug, client, django_user_model):
    from django.contrib.auth.models import Permission

    check_alerts()
    staff = django_user_model.objects.create_user("staff", password="pw", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_stockalert"))
    client.force_login(staff)
    pk = StockAlert.objects.get().pk
    client.post(LIST, {"retail_ai_decision": f"dismiss:{pk}"})
    client.post(LIST, {"action": "dismiss", "_selected_action": [pk]})
    api = "/retail-ai/api/inventory/alerts"
    assert client.get(api).json()["count"] == 1
    assert client.post(f"{api}/decide", {"ids": [pk], "decision": "dismiss"}).status_code == 403
    assert kinds() == ["low"]


def test_by_api_and_command(mug, admin_client, capsys):
    call_command("retail_ai_alerts", "--mail")
    assert "1 open; 1 new, 0 over." in capsys.readouterr().out
    (row,) = admin_client.get("/retail-ai/api/inventory/alerts").json()["results"]
    assert row["kind"] == "low" and row["text"].startswith("Sells")
    url = "/retail-ai/api/inventory/alerts/decide"
    body = {"ids": [row["id"]], "decision": "snooze"}
    assert admin_client.post(url, body, content_type="application/json").json()["changed"] == 1
    wrong = {"ids": [row["id"]], "decision": "snooze", "until": "2001-01-01"}
    assert admin_client.post(url, wrong, content_type="application/json").status_code == 400
