"""What retail_ai learns of the demo shop through its adapter."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from retail_ai.stores import get_store
from shop_demo import adapter
from shop_demo.models import HelpPage, Order, OrderLine, Profile, Review, StockOut, VisitLog

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def place(user, product, quantity=1, status="delivered", days=0):
    order = Order.objects.create(
        number=f"N{Order.objects.count()}", user=user, status=status, placed_at=NOW - timedelta(days=days), total=100
    )
    OrderLine.objects.create(order=order, product=product, title="T", quantity=quantity, unit_price=product.price)
    return order


def test_the_adapter_reads_as_a_page():
    assert len(Path(adapter.__file__).read_text().splitlines()) < 80


def test_facts(phone, django_assert_num_queries):
    store = get_store()
    with django_assert_num_queries(1):
        facts = store.facts(store.products().get())
    assert facts.category == ("Phones", "Smartphones")
    assert (facts.title, facts.brand, facts.price.amount) == ("Halden One", "Halden", Decimal("100.00"))
    assert {a.name: a.value for a in facts.attributes} == {"colour": "black", "storage": "128 GB"}
    assert store.image_url(phone) == "/images/halden-one.svg"


def test_sale_lines_leave_out_cancelled_orders_and_mark_returns(phone, customer):
    place(customer, phone, 2, days=9)
    place(customer, phone, -1, days=3)
    place(None, phone, 1, "cancelled")
    sold, returned = get_store().sale_lines()
    assert (sold.quantity, sold.is_return, sold.customer) == (2, False, customer.pk)
    assert (returned.quantity, returned.is_return) == (1, True)
    assert len(list(get_store().sale_lines(NOW - timedelta(days=5)))) == 1


def test_gists(phone, customer, make_product):
    other = User.objects.create_user("b")
    make_product("Unreviewed")
    Review.objects.create(product=phone, user=customer, rating=5, text="Bright screen. More.", created_at=NOW)
    Review.objects.create(product=phone, user=other, rating=2, text="Gets warm! Hm.", created_at=NOW)
    assert get_store().review_gists([phone.pk, 0]) == {phone.pk: ("Bright screen. Gets warm!", 3.5, 2)}


def test_logs(phone, customer):
    VisitLog.objects.create(kind="search", visitor="v", query="phone", occurred_at=NOW)
    StockOut.objects.create(product=phone, first_day=date(2026, 1, 1), last_day=date(2026, 1, 9))
    (visit,) = get_store().interactions()
    assert (visit.kind, visit.visitor, visit.query, visit.product) == ("search", "v", "phone", None)
    assert list(get_store().stock_outs()) == [(phone.pk, date(2026, 1, 1), date(2026, 1, 9))]
    assert list(get_store().stock_outs(date(2026, 2, 1))) == []


def test_passages_and_orders(phone, customer):
    HelpPage.objects.create(kind="faq", slug="returns", language="zh-hans", title="怎么退货?", body="30 天")
    (passage,) = get_store().passages()
    assert (passage.language, passage.url) == ("zh-hans", "/help/returns/")
    order = place(customer, phone, days=1)
    place(User.objects.create_user("b"), phone)
    (summary,) = get_store().orders_of(customer.pk)
    assert (summary.number, summary.lines) == (order.number, (("T", 1),))


def test_contacts_are_those_who_asked_for_it(customer):
    assert list(get_store().contacts([customer.pk])) == []
    Profile.objects.update(wants_news=True, language="zh-hans")
    (contact,) = get_store().contacts([customer.pk])
    assert (contact.email, contact.name, contact.language) == ("ada@example.com", "Ada Byron", "zh-hans")
    User.objects.update(is_active=False)
    assert list(get_store().contacts([customer.pk])) == []
