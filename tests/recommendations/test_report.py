"""What came of the slates: counted once, bots apart, revenue to the last click, and drawn."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from retail_ai.events.models import Event
from retail_ai.recommendations import report as counting
from retail_ai.recommendations.report import slate_report
from tests.events.shop import make_customer, make_product

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


def event(kind, product, *, who, slate="", minutes=0, price=None, quantity=1):
    Event.objects.create(
        kind=kind, product=product, slate=slate, quantity=quantity, unit_price=price,
        occurred_at=timezone.now() - timedelta(minutes=minutes),
        **({"visitor": who} if isinstance(who, str) else {"customer": who}),
    )  # fmt: skip


def test_a_purchase_belongs_to_the_last_click_of_the_same_person_on_that_product():
    tent, stove, ada = make_product("Tent"), make_product("Stove"), make_customer()
    for minutes in (50, 40):
        event("impression", tent, who=ada, slate="for_you", minutes=minutes)
    event("click", tent, who=ada, slate="for_you", minutes=39)
    event("click", tent, who=ada, slate="similar", minutes=30)
    event("purchase", tent, who=ada, minutes=20, price=Decimal("20.00"), quantity=2)
    event("purchase", stove, who=ada, minutes=20, price=Decimal("9.00"))
    event("purchase", tent, who="somebody", minutes=20, price=Decimal("20.00"))
    event("click", tent, who=ada, slate="popular", minutes=10)
    event("click", tent, who=ada, slate="35384c53851f4668", minutes=35)  # a hit of a search, named by its number
    found = slate_report(TODAY - timedelta(days=1), TODAY)
    totals = {slate: found.total(slate) for slate in found.days}
    assert (totals["for_you"].shown, totals["for_you"].clicked, totals["for_you"].rate) == (2, 1, 0.5)
    assert (totals["similar"].bought, totals["similar"].revenue) == (1, Decimal("40.00"))
    assert totals["for_you"].bought == totals["popular"].bought == 0
    assert set(totals) == {"for_you", "similar", "popular"}
    assert slate_report(TODAY - timedelta(days=9), TODAY - timedelta(days=3)).days == {}


def test_what_stands_in_for_a_slate_is_counted_under_its_own_name(admin_client):
    tent = make_product("Tent")
    event("impression", tent, who="v", slate="new")
    assert slate_report(TODAY - timedelta(days=1), TODAY).total("new").shown == 1
    assert "New in the shop" in admin_client.get(reverse("admin:retail_ai_slaterule_report")).content.decode()


def test_who_sees_more_than_a_person_can_is_left_out_and_counted(monkeypatch):
    monkeypatch.setattr(counting, "MOST_A_DAY", 3)
    tent = make_product()
    for _ in range(4):
        event("impression", tent, who="bot", slate="popular")
    event("impression", tent, who="person", slate="popular")
    found = slate_report(TODAY - timedelta(days=1), TODAY)
    assert (found.total("popular").shown, found.bots, found.bot_events) == (1, 1, 4)


def test_the_page_draws_each_slate_and_takes_its_days(admin_client, client):
    url = reverse("admin:retail_ai_slaterule_report")
    assert "No slate was shown" in admin_client.get(url).content.decode()
    tent = make_product()
    event("impression", tent, who="v", slate="for_you")
    event("click", tent, who="v", slate="for_you")
    event("purchase", tent, who="v")
    page = admin_client.get(url).content.decode()
    assert "<svg" in page and "shown 1 times, clicked 1 times" in page and "100.0 %" in page
    Event.objects.filter(kind="purchase").update(occurred_at=timezone.now() + timedelta(seconds=1))
    assert "1 purchase without a known price" in admin_client.get(url).content.decode()
    assert "2026-01-31" in admin_client.get(url, {"from": "x"}).content.decode()
    wrong = {"from": date(2026, 2, 1).isoformat(), "to": date(2026, 1, 1).isoformat()}
    assert "must not be after" in admin_client.get(url, wrong).content.decode()
    assert client.get(url).status_code == 302
