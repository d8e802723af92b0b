import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from retail_ai.events.models import Event
from retail_ai.events.services import record_event
from retail_ai.recommendations.models import HiddenProduct
from retail_ai.recommendations.popularity import refresh_popularity
from tests.events.shop import make_customer, make_product
from tests.recommendations.world import index

pytestmark = pytest.mark.django_db
API = "/retail-ai/api/recommendations"


@pytest.fixture
def products():
    tent, stove = make_product('Tent <script>"'), make_product("Stove")
    for product in (tent, stove):
        record_event(kind="view", visitor="someone", product=product)
    refresh_popularity()
    return tent, stove


def render(client, tag, **context):
    request = RequestFactory().get("/")
    request.session = client.session
    request.user = context.pop("user", None)
    return Template("{% load retail_ai %}" + tag).render(Context({"request": request, **context}))


def test_the_widget_shows_cards_escaped_and_a_browser_without_scripts_reports_them_once(client, products):
    ada = make_customer()
    html = render(client, '{% retail_ai_slate "popular" limit=2 %}', user=ada)
    assert html.count("<li data-product") == 2 and "<script>&quot;" not in html and "Tent &lt;script&gt;" in html
    assert "Popular this week" in html and "€20.00" in html and "Not interested" in html
    pixel = re.search(r'<noscript><img src="([^"]+)"', html)[1].replace("&amp;", "&")
    client.force_login(ada)
    for _ in range(2):
        assert client.get(pixel)["Content-Type"] == "image/gif"
    shown = Event.objects.filter(kind="impression", customer=ada).order_by("position")
    assert [(event.slate, event.position) for event in shown] == [("popular", 0), ("popular", 1)]


def test_nothing_is_rendered_when_there_is_nothing_to_show_or_it_fails(client, products, caplog):
    assert render(client, '{% retail_ai_slate "bought_together" product=p %}', p=products[0]) == ""
    assert render(client, '{% retail_ai_slate "nonsense" %}') == ""
    assert "was not shown" in caplog.text
    assert Template('{% load retail_ai %}{% retail_ai_slate "popular" limit=1 %}').render(Context()) != ""


def test_the_api_answers_about_the_asker_only(client, products):
    ada, bob = make_customer(), make_customer("bob")
    assert client.get(API, {"slate": "popular"}).json()["results"][0]["reason"] == "Popular this week"
    assert client.get(API, {"slate": "for_you", "customer": bob.pk}).status_code == 403
    client.force_login(ada)
    assert client.get(API, {"slate": "for_you", "customer": ada.pk}).status_code == 200
    assert client.get(API, {"slate": "for_you", "customer": bob.pk}).status_code == 403
    client.force_login(make_customer("boss", is_superuser=True))
    assert client.get(API, {"slate": "for_you", "customer": bob.pk}).status_code == 200
    assert client.get(API, {"slate": "for_you", "customer": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({}, 400),
        ({"slate": "nonsense"}, 400),
        ({"slate": "similar"}, 400),
        ({"slate": "similar", "product": "404404"}, 404),
        ({"slate": "similar", "product": "x"}, 404),
        ({"slate": "popular", "limit": 1000}, 400),
    ],
)
def test_bad_questions_are_named_as_such(client, question, status):
    assert client.get(API, question).status_code == status


def test_not_interested_hides_at_once_with_and_without_javascript(client, products):
    tent, stove = products
    back = client.post("/retail-ai/not-interested", {"product": tent.pk}, headers={"Referer": "http://testserver/x"})
    assert back["Location"] == "http://testserver/x"
    assert [card["product"] for card in client.get(API, {"slate": "popular"}).json()["results"]] == [str(stove.pk)]
    assert client.delete(f"{API}/hidden/{tent.pk}").status_code == 204
    assert client.post(f"{API}/hidden/{stove.pk}").status_code == 204
    assert [card["product"] for card in client.get(API, {"slate": "popular"}).json()["results"]] == [str(tent.pk)]
    evil = client.post("/retail-ai/not-interested", {"product": tent.pk}, headers={"Referer": "https://evil.example/"})
    assert evil["Location"] == "/" and HiddenProduct.objects.count() == 2
    assert client.post("/retail-ai/not-interested", {"product": "x"}).status_code == 404
    assert client.get("/retail-ai/not-interested").status_code == 405


def test_a_slate_is_titled_by_what_it_really_holds(client, products):
    ada, (tent, _stove) = make_customer(), products
    assert "<h2>Popular now</h2>" in render(client, '{% retail_ai_slate "for_you" %}', user=ada)
    assert client.get(API, {"slate": "for_you"}).json()["title"] == "Popular now"
    index(products)
    record_event(kind="view", customer=ada, product=tent)
    html = render(client, '{% retail_ai_slate "for_you" %}', user=ada)
    assert "<h2>For you</h2>" in html and "Similar to Tent" in html
