"""A person's past and a slate's candidates are read in one statement: it must say what two would have said."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from retail_ai.events.services import record_event
from retail_ai.inventory.models import StockPlan
from retail_ai.privacy.models import Consent
from retail_ai.recommendations import serving
from retail_ai.recommendations.models import Release
from retail_ai.recommendations.popularity import refresh_popularity
from retail_ai.recommendations.selectors import recommend
from retail_ai.recommendations.services import hide_product, stop_using
from retail_ai.recommendations.slates import SLATES
from retail_ai.stores import boosts as hooks
from retail_ai.stores import get_store
from retail_ai.stores.boosts import boost_texts, boosts, register_boost
from tests.events.shop import make_customer, make_product
from tests.recommendations.test_slates import ago, buy, links

pytestmark = pytest.mark.django_db
STORIES = ["nobody", "a visitor", "a customer", "who hid and took out", "who declined"]


@pytest.fixture
def shop():
    made = [make_product(f"Product {n}", department="Camping" if n % 2 else "Books") for n in range(9)]
    for kind in ("next", "together"):
        links(kind, *((made[a], made[b], 1 + (a * 5 + b * 3) % 7) for a in range(9) for b in range(9) if a != b))
    for n, product in enumerate(made):
        for person in range(n):
            record_event(kind="view", visitor=f"crowd{person}", product=product, occurred_at=ago(1))
    refresh_popularity()
    StockPlan.objects.create(product=made[8], status="excess", stock=9, weekly_demand=1, reorder_point=1)
    return made


@pytest.fixture
def person(shop, request):
    if request.param == "nobody":
        return {}
    ada = make_customer()
    who = {"visitor": "ada"} if request.param == "a visitor" else {"customer": ada}
    for n, kind in enumerate(("view", "purchase", "cart", "view")):
        record_event(kind=kind, product=shop[n], occurred_at=ago(9 - n), **who)
    record_event(kind="return", product=shop[1], occurred_at=ago(5), **who)
    buy(ada, shop[7], 89, 59, 29)
    if request.param == "who hid and took out":
        hide_product(product=shop[5], **who)
        stop_using(product=shop[3], **who)
    if request.param == "who declined":
        Consent.objects.create(customer=ada, purpose="tracking", granted=False)
    return who


def told(shown):
    """All but the scores: those of things due again change with every second."""
    return [(item.product.pk, item.reason, item.shown_as, item.causes) for item in shown]


def scores(shown):
    return pytest.approx([item.score for item in shown], rel=1e-4)


@pytest.mark.parametrize("person", STORIES, indirect=True)
def test_one_statement_says_what_two_say(shop, person, settings):
    ask = {"product": shop[2], "cart": [shop[0].pk, shop[4].pk], "text": "product", **person}
    for _again in range(2):  # the first time it is not known yet what serves
        at_once = {slate: recommend(slate=slate, **ask) for slate in SLATES}
    assert at_once["similar"] and at_once["popular"]
    # Categories that no product is in: the past is read first, and the shop asked of what is in it.
    settings.RETAIL_AI = {**settings.RETAIL_AI, "SENSITIVE_CATEGORIES": ["x"], "REPEAT_CATEGORIES": ["y"]}
    for slate in SLATES:
        shown = recommend(slate=slate, **ask)
        assert told(shown) == told(at_once[slate]), slate
        assert [item.score for item in shown] == scores(at_once[slate]), slate


def test_another_release_serves_from_the_next_request_on(shop):
    ask = {"slate": "similar", "product": shop[0]}
    assert recommend(**ask) and recommend(**ask)
    Release.objects.update(state="retired")
    links("next", (shop[0], shop[3], 1.0))
    assert [item.product for item in recommend(**ask)] == [shop[3]]
    assert serving._last.release == Release.objects.get(state="serving").pk


@pytest.mark.parametrize(
    ("slate", "statements"),
    [("similar", 1), ("bought_together", 1), ("popular", 1), ("trending", 1), ("recently_viewed", 1), ("buy_again", 1),
     ("for_you", 1), ("complete_cart", 1)],
)  # fmt: skip
def test_one_round_trip_whatever_the_reasons_name(shop, slate, statements):
    ada = make_customer()
    record_event(kind="view", customer=ada, product=shop[2])
    buy(ada, shop[7], 89, 59, 29)
    ask = {"slate": slate, "customer": ada, "product": shop[4], "cart": [shop[0].pk]}
    recommend(**ask)
    with CaptureQueriesContext(connection) as asked:
        assert recommend(**ask)
    assert len(asked) == statements


def test_rows_read_along_are_what_the_adapter_gives(shop, cards):
    cards()  # none named: whole rows
    shown = [item.product for item in recommend(slate="popular")]
    given = get_store().products().in_bulk([product.pk for product in shown])
    assert len(shown) > 3 and shown == [given[product.pk] for product in shown]
    with CaptureQueriesContext(connection) as asked:
        for product in shown:
            assert product.attributes == given[product.pk].attributes
            assert product.price == given[product.pk].price and product.created_at == given[product.pk].created_at
            assert product.department.path == given[product.pk].department.path
    assert not asked.captured_queries


@pytest.mark.parametrize("person", STORIES, indirect=True)
def test_what_a_card_of_the_demo_shows_is_read_along(shop, person):
    store, ask = get_store(), {"product": shop[2], "cart": [shop[0].pk], "text": "product", **person}
    for slate in SLATES:
        shown = [item.product for item in recommend(slate=slate, **ask)]
        with CaptureQueriesContext(connection) as asked:
            for product in shown:
                assert store.title(product) and store.price(product) and store.product_url(product)
                assert store.image_url(product)
        assert not asked.captured_queries, slate


def test_rows_beyond_those_read_along_are_fetched(shop, monkeypatch):
    whole = told(recommend(slate="popular"))
    monkeypatch.setitem(SLATES, "popular", replace(SLATES["popular"], spare=-10))
    with CaptureQueriesContext(connection) as asked:
        assert told(recommend(slate="popular")) == whole
    assert len(asked) == 2


def test_a_boost_without_sql_is_asked_in_python(shop, monkeypatch):
    monkeypatch.setattr(hooks, "_boosts", dict(hooks._boosts))
    monkeypatch.setattr(hooks, "_texts", dict(hooks._texts))
    ask = {"slate": "similar", "product": shop[0], "limit": 9}
    first = recommend(**ask)[0]
    register_boost("test", lambda keys: {first.product.pk: 0.01})
    assert boost_texts("1") is None and boosts([first.product.pk])
    shown = recommend(**ask)
    assert shown[-1].product == first.product and shown[-1].score == pytest.approx(first.score / 100)
