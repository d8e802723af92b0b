"""Orders are placed whole or not at all, and stock never goes below zero, whatever happens at the same time."""

import threading
from decimal import Decimal

import pytest
from django.db import connection, connections

from shop_demo.checkout import Buyer, CannotPlace, cancel_order, new_token, place_order
from shop_demo.models import Order, Product

BUYER = Buyer(name="Ada", email="ada@example.com", address="1 Hill Street")


def order_of(quantities, total, token="t", buyer=BUYER):
    return place_order(quantities=quantities, buyer=buyer, seen_total=Decimal(total), token=token)


def test_order_takes_stock_and_keeps_the_price(phone):
    order = order_of({phone.pk: 2}, "200.00")
    phone.refresh_from_db()
    line = order.lines.get()
    assert (phone.stock, order.total, order.status) == (3, Decimal("200.00"), "placed")
    assert (line.title, line.quantity, line.unit_price) == ("Halden One", 2, Decimal("100.00"))


def test_small_orders_pay_delivery(make_product):
    case = make_product("Case", price=Decimal("20.00"))
    order = order_of({case.pk: 1}, "24.90")
    assert (order.delivery, order.total) == (Decimal("4.90"), Decimal("24.90"))


def test_short_stock_places_nothing(phone, make_product):
    case = make_product("Case", stock=1)
    with pytest.raises(CannotPlace) as caught:
        order_of({phone.pk: 1, case.pk: 2}, "300.00")
    assert caught.value.problems == ["Only 1 of “Case” are left."]
    phone.refresh_from_db()
    assert phone.stock == 5 and not Order.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stock": 0}, "has just sold out"),
        ({"is_active": False}, "no longer sold"),
        ({"price": 90}, "price has changed"),
    ],
)
def test_what_changed_meanwhile_is_said(phone, change, words):
    Product.objects.filter(pk=phone.pk).update(**change)
    with pytest.raises(CannotPlace, match=words):
        order_of({phone.pk: 1}, "100.00")


def test_a_deleted_product_and_an_empty_cart_are_refused(phone):
    with pytest.raises(CannotPlace, match="no longer sold"):
        order_of({phone.pk + 1: 1}, "100.00")
    with pytest.raises(CannotPlace, match="empty"):
        order_of({}, "0")


def test_the_same_form_twice_is_one_order(phone):
    token = new_token()
    first, second = order_of({phone.pk: 1}, "100.00", token), order_of({phone.pk: 1}, "100.00", token)
    phone.refresh_from_db()
    assert first == second and phone.stock == 4


def test_cancelling_restocks_once(phone):
    order = order_of({phone.pk: 2}, "200.00")
    assert cancel_order(order=order) and not cancel_order(order=order)
    phone.refresh_from_db()
    assert phone.stock == 5 and order.status == "cancelled"


def test_a_shipped_order_is_not_cancelled(phone):
    order = order_of({phone.pk: 1}, "100.00")
    Order.objects.update(status="shipped")
    assert not cancel_order(order=order)


@pytest.mark.django_db(transaction=True)
def test_two_buyers_at_once_never_oversell(phone, make_product):
    case = make_product("Case", stock=5)
    results = []

    def buy(n):
        both = {phone.pk: 1, case.pk: 1} if n % 2 else {case.pk: 1, phone.pk: 1}
        try:
            results.append(order_of(both, "200.00", token=f"t{n}"))
        except CannotPlace:
            results.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=buy, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(results) == 8 and sum(r is not None for r in results) == 5
    assert list(Product.objects.values_list("stock", flat=True)) == [0, 0]
    connection.close()
