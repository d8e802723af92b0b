"""The slates that ask more than what people went on to: carts, repeats, trends, new products, searches, needs."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from retail_ai.catalog.services import start_index_job
from retail_ai.events.models import Event
from retail_ai.events.services import record_event
from retail_ai.jobs.runner import run
from retail_ai.recommendations.models import HiddenProduct, Neighbour, Release
from retail_ai.recommendations.popularity import refresh_popularity
from retail_ai.recommendations.repurchases import refresh_repurchases
from retail_ai.recommendations.selectors import recommend, slate_title
from retail_ai.recommendations.services import stop_using
from shop_demo.models import Product
from tests.events.shop import make_customer, make_product
from tests.recommendations.world import index

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - timedelta(days=days)


def buy(customer, product, *days):
    Event.objects.bulk_create(
        Event(kind="purchase", customer=customer, product=product, occurred_at=ago(day)) for day in days
    )


def links(kind, *rows):
    release, _ = Release.objects.get_or_create(state="serving", defaults={"backend": "by hand"})
    Neighbour.objects.bulk_create(
        Neighbour(release=release, kind=kind, product=a, neighbour=b, score=score, support=9) for a, b, score in rows
    )


def titles(shown):
    return [item.product.title for item in shown]


def test_a_cart_is_completed_by_what_goes_with_all_of_it_and_never_by_itself():
    tent, stove, gas, mat = (make_product(title) for title in ("Tent", "Stove", "Gas", "Mat"))
    links("together", (tent, gas, 0.3), (tent, mat, 0.5), (stove, gas, 0.4), (tent, stove, 0.9))
    shown = recommend(slate="complete_cart", cart=[tent.pk, stove.pk])
    assert titles(shown) == ["Gas", "Mat"]
    assert shown[0].reason == "Goes with Stove in your cart"
    assert recommend(slate="complete_cart", cart=[]) == recommend(slate="complete_cart", cart=[404404]) == []


def test_a_substitute_does_not_go_with_a_product_but_another_shelf_does():
    tent = make_product("Tent Fjell 2 green")
    other, pegs = make_product("Tent Fjell 2 blue"), make_product("Tent Fjell 2 pegs", department="Accessories")
    index([tent, other, pegs])
    links("together", (tent, other, 0.9), (tent, pegs, 0.5))
    assert titles(recommend(slate="bought_together", product=tent)) == ["Tent Fjell 2 pegs"]


def test_buy_again_when_ones_own_interval_is_nearly_over():
    ada, coffee, tent = make_customer(), make_product("Coffee"), make_product("Tent")
    buy(ada, coffee, 89, 59, 29)
    buy(ada, tent, 29)
    shown = recommend(slate="buy_again", customer=ada)
    assert titles(shown) == ["Coffee"]
    assert shown[0].reason.startswith("You buy it about every 30 days, last on ")
    Event.objects.filter(product=coffee).update(occurred_at=ago(1))
    assert recommend(slate="buy_again", customer=ada) == []


def test_of_what_is_due_again_what_is_bought_more_often_comes_first():
    ada, coffee, tea = make_customer(), make_product("Coffee"), make_product("Tea")
    buy(ada, coffee, 160, 130, 100, 70, 40)
    buy(ada, tea, 90, 60, 30)
    assert titles(recommend(slate="buy_again", customer=ada)) == ["Coffee", "Tea"]


def test_buy_again_by_what_its_buyers_do_in_general():
    coffee, ada = make_product("Coffee"), make_customer()
    for number in range(4):
        buy(make_customer(f"c{number}"), coffee, 60 + number, 40 + number)
    buy(ada, coffee, 19)
    assert recommend(slate="buy_again", customer=ada) == []
    assert refresh_repurchases() == 1
    (shown,) = recommend(slate="buy_again", customer=ada)
    assert shown.reason.startswith("Bought again after about 20 days; you bought it on ")
    stop_using(product=coffee, customer=ada)
    assert recommend(slate="buy_again", customer=ada) == []


def test_trending_is_what_more_people_want_than_before_here_or_else_what_is_popular_by_name():
    old, hot, far = make_product("Old"), make_product("Hot"), make_product("Far", department="Books")
    for day in range(28):
        for person in range(3):
            record_event(kind="view", visitor=f"{day}-{person}", product=old, occurred_at=ago(day))
    for product in (hot, far):
        for person in range(9):
            record_event(kind="view", visitor=f"{product}{person}", product=product, occurred_at=ago(1))
    refresh_popularity()
    assert titles(recommend(slate="trending")) == ["Hot", "Far"]
    (shown,) = recommend(slate="trending", category="camping")
    assert (shown.product, shown.reason) == (hot, "More wanted this week in camping")
    Product.objects.filter(pk__in=[hot.pk, far.pk]).update(is_active=False)
    shown = recommend(slate="trending")
    assert (
        titles(shown) == ["Old"] and shown[0].shown_as == "popular" and slate_title("trending", shown) == "Popular now"
    )


def test_new_products_are_ranked_by_what_suits_the_person_and_old_ones_stay_out():
    made = {title: make_product(title) for title in ("Gas stove", "Reading lamp", "Camping stove")}
    index(made.values())
    Product.objects.filter(pk=made["Camping stove"].pk).update(created_at=ago(200))
    shown = recommend(slate="new_for_you", visitor="v")
    assert {item.shown_as for item in shown} == {"new"} and shown[0].reason.startswith("New since ")
    record_event(kind="view", visitor="v", product=made["Camping stove"])
    shown = recommend(slate="new_for_you", visitor="v")
    assert titles(shown)[0] == "Gas stove" and shown[0].reason == "Similar to Camping stove"


@pytest.fixture
def catalogue():
    cache.clear()
    made = {
        title: make_product(title, price=price)
        for title, price in (("Light tent", "80"), ("Heavy tent", "60"), ("Light tent deluxe", "200"), ("Lamp", "9"))
    }
    run(start_index_job().pk)
    return made


def test_because_you_searched_finds_what_can_be_bought_now_without_what_is_hidden(catalogue):
    record_event(kind="search", visitor="v", query="Light  tent")
    shown = recommend(slate="because_you_searched", visitor="v")
    assert titles(shown)[:2] == ["Light tent", "Light tent deluxe"]
    assert shown[0].reason == "Because you searched for “light tent”"
    HiddenProduct.objects.create(visitor="v", product=catalogue["Light tent"])
    Product.objects.filter(title="Heavy tent").update(stock=0)
    assert titles(recommend(slate="because_you_searched", visitor="v"))[0] == "Light tent deluxe"
    assert "Heavy tent" not in titles(recommend(slate="because_you_searched", visitor="v"))
    Event.objects.all().delete()
    assert recommend(slate="because_you_searched", visitor="v") == []


def test_a_need_in_words_keeps_its_limits_and_is_ordered_by_what_the_person_did(catalogue):
    plain = recommend(slate="need", text="tent under €90", visitor="v")
    assert set(titles(plain)[:2]) == {"Light tent", "Heavy tent"} and "Light tent deluxe" not in titles(plain)
    assert "tent" in plain[0].reason.casefold()
    links("next", (catalogue["Lamp"], catalogue["Heavy tent"], 1.0), (catalogue["Lamp"], catalogue["Light tent"], 0.1))
    record_event(kind="view", visitor="v", product=catalogue["Lamp"])
    shown = recommend(slate="need", text="tent under €90", visitor="v")
    assert titles(shown)[0] == "Heavy tent" and "Because you viewed Lamp" in shown[0].reason
    assert recommend(slate="need", text="  ") == []
