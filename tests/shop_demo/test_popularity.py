"""The ranking behind "most popular" and the front page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shop_demo.listing import sort
from shop_demo.models import Department, Order, OrderLine, Product
from shop_demo.popularity import best_sellers, popular_keys

pytestmark = pytest.mark.django_db


def sell(product, quantity, days=1, status="delivered"):
    placed = timezone.now() - timedelta(days=days)
    order = Order.objects.create(number=f"N{Order.objects.count()}", placed_at=placed, status=status)
    OrderLine.objects.create(order=order, product=product, title="", quantity=quantity, unit_price=1)


def test_ranking_counts_recent_orders_that_stand(make_product):
    a, b, c, d = (make_product(name) for name in "ABCD")
    sell(a, 2)
    sell(b, 3)
    sell(b, -2)
    sell(c, 9, days=400)
    sell(d, 9, status="cancelled")
    assert popular_keys() == [a.pk, b.pk]
    assert [p.title for p in sort(Product.objects.all(), "popular")] == ["A", "B", "C", "D"]


def test_front_page_shows_no_department_only(make_product):
    pets = Department.objects.create(slug="pets", name="Pets")
    phones = [make_product(f"Phone {n}") for n in range(4)]
    lead = make_product("Lead", department=pets)
    sold_out = make_product("Gone", stock=0)
    for place, product in enumerate([sold_out, *phones, lead]):
        sell(product, 20 - place)
    assert best_sellers(5) == [phones[0], phones[1], lead]


def test_a_new_shop_shows_what_it_has(phone):
    assert best_sellers(5) == [phone]
