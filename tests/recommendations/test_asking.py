"""Questions over the web: what is refused, what is left aside with a count, what a page gets without scripts."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from retail_ai.events.models import Event
from retail_ai.events.services import record_event
from retail_ai.recommendations.models import HiddenProduct, UnusedProduct
from retail_ai.recommendations.popularity import refresh_popularity
from tests.events.shop import make_customer, make_product
from tests.recommendations.test_slates import links

pytestmark = pytest.mark.django_db
API = "/retail-ai/api/recommendations"


@pytest.fixture
def shop():
    tent, gas, mat = (make_product(title) for title in ("Tent", "Gas", "Mat"))
    links("together", (tent, gas, 0.5))
    links("next", (tent, mat, 0.5))
    record_event(kind="view", visitor="someone", product=mat)
    refresh_popularity()
    return tent, gas, mat


def test_a_huge_or_broken_cart_is_answered_and_what_was_left_aside_is_counted(client, shop):
    tent = shop[0]
    cart = ",".join([str(tent.pk), "x", "404404", *map(str, range(10_000, 10_100))])
    answer = client.get(API, {"slate": "complete_cart", "cart": cart}).json()
    assert [card["title"] for card in answer["results"]] == ["Gas"]
    assert answer["notes"] == {
        "cart: not a product's key": 1, "cart: beyond the first 50": 52, "cart: unknown product": 49,
    }  # fmt: skip
    assert answer["results"][0]["causes"][0]["product"] == str(tent.pk)


def test_the_sessions_own_cart_is_used_where_none_is_named(client, shop):
    client.post("/cart/add/tent/", {"quantity": 1})
    answer = client.get(API, {"slate": "complete_cart"}).json()
    assert answer["results"][0]["reason"] == "Goes with Tent in your cart" and answer["notes"] == {}
    assert "Goes with Tent in your cart" in client.get("/cart/").content.decode()


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"slate": "need"}, 400),
        ({"slate": "need", "text": "x" * 600}, 400),
        ({"slate": "complete_cart", "cart": ""}, 200),
        ({"slate": "popular", "visitor": "somebody-else"}, 403),
        ({"slate": "popular", "customer": "1"}, 403),
        ({"slate": "popular", "product": "99999999999999999999999"}, 404),
        ({"slate": "trending", "category": "' OR 1=1 --"}, 200),
    ],
)
def test_foreign_sessions_and_bad_questions(client, shop, question, status):
    assert client.get(API, question).status_code == status


def test_what_the_database_could_not_hold_is_left_out(client, shop):
    for asked in ({"slate": "popular", "category": "a\x00b"}, {"slate": "need", "text": "\x00 tent"}):
        assert client.get("/retail-ai/slate", asked).status_code == 200
        assert client.get(API, asked).status_code == 400
    many = {"slate": "complete_cart", "cart": f"-5,9223372036854775808,{'9' * 30}"}
    assert client.get(API, many).json()["notes"] == {"cart: unknown product": 3}


def test_staff_may_ask_for_a_visitor(admin_client, shop):
    record_event(kind="view", visitor="v", product=shop[0])
    answer = admin_client.get(API, {"slate": "for_you", "visitor": "v"}).json()
    assert answer["results"][0]["reason"] == "Because you viewed Tent" and answer["shown_as"] == ""


def test_the_browsers_opt_out_is_heeded(client, shop):
    client.get("/products/tent/")
    assert client.get(API, {"slate": "for_you"}).json()["title"] == "For you"
    answer = client.get(API, {"slate": "for_you"}, headers={"Sec-GPC": "1"}).json()
    assert (answer["title"], answer["shown_as"]) == ("Popular now", "popular")


def test_do_not_use_acts_at_once_and_can_be_taken_back_on_the_choices_page(client, shop):
    tent = shop[0]
    client.get("/products/tent/")
    assert client.post("/retail-ai/not-interested", {"product": tent.pk, "mark": "stop"}).status_code == 302
    assert client.get(API, {"slate": "for_you"}).json()["shown_as"] == "popular"
    client.post(f"{API}/hidden/{shop[2].pk}")
    page = client.get("/retail-ai/suggestions").content.decode()
    assert "Use it again" in page and "Suggest it again" in page
    assert client.delete(f"{API}/unused/{tent.pk}").status_code == 204 and not UnusedProduct.objects.exists()
    client.post("/retail-ai/not-interested", {"product": shop[2].pk, "mark": "show"})
    assert not HiddenProduct.objects.exists()
    assert client.post("/retail-ai/not-interested", {"product": tent.pk, "mark": "<x>"}).status_code == 400


def test_events_to_come_and_a_wrong_clock_change_nothing(shop):
    from datetime import timedelta

    from django.utils import timezone

    from retail_ai.recommendations.selectors import recommend

    Event.objects.create(kind="view", visitor="v", product=shop[0], occurred_at=timezone.now() + timedelta(days=9))
    assert recommend(slate="for_you", visitor="v")[0].is_popular
    assert recommend(slate="recently_viewed", visitor="v") == []


def test_bots_are_not_recorded_and_told_so(client, shop):
    headers = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}
    count = Event.objects.count()
    client.get("/products/tent/", headers=headers)
    body = {"events": [{"kind": "view", "product": str(shop[0].pk)}]}
    answer = client.post("/retail-ai/api/events", body, content_type="application/json", headers=headers)
    assert answer.json()["refused"] == {"bot": 1} and Event.objects.count() == count


def test_a_lazy_slate_is_a_link_that_a_script_fills_and_carries_the_pages_nonce(client, shop):
    request = RequestFactory().get("/")
    request.session, request.csp_nonce = client.session, "n0nce"
    tag = '{% load retail_ai %}{% retail_ai_slate "bought_together" product=p lazy=True limit=3 %}'
    html = Template(tag).render(Context({"request": request, "p": shop[0]}))
    url = f"/retail-ai/slate?slate=bought_together&amp;product={shop[0].pk}&amp;limit=3"
    assert f'href="{url}"' in html and f'data-url="{url}&amp;part=1"' in html and html.count('nonce="n0nce"') == 2
    part = client.get(url.replace("&amp;", "&") + "&part=1").content.decode()
    assert "Often bought with Tent" in part and "<html" not in part
    assert "<html" in client.get(url.replace("&amp;", "&")).content.decode()
    assert client.get("/retail-ai/slate", {"slate": "<x>"}).status_code == 404
    assert "nothing to suggest" in client.get("/retail-ai/slate", {"slate": "complete_cart"}).content.decode()


def test_seen_lists_of_nonsense_store_nothing(client, shop):
    for given in ({}, {"list": "<x>"}, {"list": "0123456789abcdef", "products": "x,404404"}):
        assert client.get("/retail-ai/seen.gif", {"slate": "popular", **given})["Content-Type"] == "image/gif"
    assert not Event.objects.filter(kind="impression").exists()


def test_few_round_trips_for_every_slate(shop, django_assert_max_num_queries):
    from retail_ai.recommendations.selectors import recommend

    ada = make_customer()
    record_event(kind="view", customer=ada, product=shop[0])
    for slate in ("for_you", "similar", "bought_together", "complete_cart", "popular", "recently_viewed", "buy_again"):
        recommend(slate=slate, customer=ada, product=shop[0], cart=[shop[0].pk])
        with django_assert_max_num_queries(5):
            recommend(slate=slate, customer=ada, product=shop[0], cart=[shop[0].pk])
