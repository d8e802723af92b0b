"""What every shop's adapter must do. Runs on the demo shop, and in a process of its own on the second shop."""

from dataclasses import FrozenInstanceError
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

from retail_ai.engine.facts import ProductFilter


def titles(products, store):
    return sorted(store.facts(product).title for product in products)


def test_the_migrations_fit_the_shop_without_drift(db):
    call_command("makemigrations", "--check", "--dry-run")


def test_facts_are_frozen_and_carry_the_shops_own_key(shop, store):
    made = shop.product(
        "Tent Fjell 2", brand="Nordur", category="Tents", price="199.90", attributes={"weight": "2.1 kg"}
    )
    facts = store.facts(store.products().get())
    assert facts.key == made.pk
    assert (facts.title, facts.brand, facts.category[-1]) == ("Tent Fjell 2", "Nordur", "Tents")
    assert facts.price is not None
    assert facts.price.amount == Decimal("199.90")
    assert [(a.name, a.value) for a in facts.attributes] == [("weight", "2.1 kg")]
    assert facts.sku
    with pytest.raises(FrozenInstanceError):
        facts.title = "other"


def test_facts_of_many_products_take_a_bounded_number_of_queries(shop, store, django_assert_max_num_queries):
    for number in range(20):
        shop.product(f"Cup {number}", category="Cups", attributes={"volume": "300 ml"})
    with django_assert_max_num_queries(3):
        assert len([store.facts(product) for product in store.products()]) == 20


def test_sellable_means_visible_and_in_stock(shop, store):
    shop.product("Here")
    shop.product("Sold out", stock=0)
    shop.product("Hidden", visible=False)
    assert titles(store.products(), store) == ["Here", "Hidden", "Sold out"]
    assert titles(store.visible(), store) == ["Here", "Sold out"]
    assert titles(store.sellable(), store) == ["Here"]


def test_a_bulk_update_which_fires_no_signal_is_seen_at_once(shop, store):
    one, two, three = (shop.product(title) for title in ("One", "Two", "Three"))
    shop.hide_in_bulk(one)
    shop.sell_out_in_bulk(two)
    shop.reprice_in_bulk(Decimal("3.50"), three)
    assert titles(store.sellable(), store) == ["Three"]
    offers = store.offers([one.pk, two.pk, three.pk])
    assert [offers[p.pk].sellable for p in (one, two, three)] == [False, False, True]
    assert offers[three.pk].price.amount == Decimal("3.50")


def test_narrow_applies_every_limit(shop, store):
    shop.product("Cheap red", price="5", brand="Acme", category="Mugs", attributes={"colour": "red"})
    shop.product("Dear red", price="50", brand="Acme", category="Mugs", attributes={"colour": "red"})
    shop.product("Cheap blue", price="6", brand="Zen", category="Mugs", attributes={"colour": "blue"})
    plate = shop.product("Plate", price="7", brand="Acme", category="Plates")
    shop.product("Gone", price="7", brand="Acme", category="Plates", stock=0)

    def found(**limits):
        return titles(store.narrow(ProductFilter(**limits)), store)

    assert found(max_price=Decimal("6.50")) == ["Cheap blue", "Cheap red"]
    assert found(min_price=Decimal("7"), max_price=Decimal("60")) == ["Dear red", "Plate"]
    assert found(brands=("acme",), categories=("mugs",)) == ["Cheap red", "Dear red"]
    assert found(attributes={"colour": "red"}, max_price=Decimal(10)) == ["Cheap red"]
    assert found(categories=("plates",), exclude=(plate.pk,)) == []
    assert found(categories=("plates",), in_stock=False) == ["Gone", "Plate"]


def test_sale_lines_come_oldest_first_without_void_orders_and_mark_returns(shop, store):
    product, now = shop.product("Lamp", price="20"), timezone.now()
    buyer = shop.customer("a@example.com")
    shop.order(buyer, [(product, 2)], now - timedelta(days=10))
    shop.order(buyer, [(product, -1)], now - timedelta(days=5))
    shop.order(None, [(product, 3)], now - timedelta(days=1))
    shop.order(buyer, [(product, 9)], now, counts=False)
    lines = list(store.sale_lines())
    assert [(line.quantity, line.is_return) for line in lines] == [(2, False), (1, True), (3, False)]
    assert [line.customer for line in lines] == [buyer.pk, buyer.pk, None]
    assert {line.product for line in lines} == {product.pk}
    assert [line.quantity for line in store.sale_lines(since=now - timedelta(days=2))] == [3]


def test_orders_of_gives_a_customers_own_orders_newest_first(shop, store):
    product, now = shop.product("Lamp", price="20"), timezone.now()
    mine, other = shop.customer("me@example.com"), shop.customer("other@example.com")
    shop.order(mine, [(product, 1)], now - timedelta(days=3))
    shop.order(mine, [(product, 2)], now - timedelta(days=1))
    shop.order(other, [(product, 7)], now)
    orders = list(store.orders_of(mine.pk))
    assert [order.lines for order in orders] == [(("Lamp", 2),), (("Lamp", 1),)]
    assert orders[0].total.amount == Decimal("40")


def test_only_customers_who_said_yes_are_contacts(shop, store):
    yes, no = shop.customer("yes@example.com", may_contact=True), shop.customer("no@example.com")
    assert [(c.customer, c.email) for c in store.contacts([yes.pk, no.pk])] == [(yes.pk, "yes@example.com")]


def test_a_written_text_is_read_back(shop, store):
    shop.product("Lamp", text="old")
    product = store.products().get()
    assert store.read_text(product, "description", "en") == "old"
    store.write_text(product, "description", "en", "A lamp <b>of brass</b>.")
    assert store.read_text(store.products().get(), "description", "en") == "A lamp <b>of brass</b>."


def test_passages_carry_their_source(shop, store):
    shop.passage("Returns", "You may return goods within 30 days.")
    (passage,) = store.passages()
    assert (passage.title, passage.text) == ("Returns", "You may return goods within 30 days.")
    assert passage.id
