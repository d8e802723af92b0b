"""A shopper whose pages are in Chinese reads Chinese reasons and titles, on the real home page."""

import pytest
from django.urls import reverse

from retail_ai.recommendations.popularity import refresh_popularity
from tests.events.shop import make_product
from tests.recommendations.world import index

pytestmark = pytest.mark.django_db
CHINESE = {"headers": {"Accept-Language": "zh-hans"}}


@pytest.fixture
def products():
    made = [make_product("Tent"), make_product("Camping stove"), make_product("Sleeping bag")]
    index(made)
    return made


def test_the_home_page_after_a_look_at_a_product(client, products):
    client.get(reverse("shop:product", args=["tent"]), **CHINESE)
    page = client.get(reverse("shop:home"), **CHINESE).content.decode()
    assert "<h2>为您推荐</h2>" in page
    assert "与 Tent 相似" in page and "不感兴趣" in page
    assert "For you" not in page and "Similar to" not in page


def test_the_home_page_of_a_stranger_shows_what_is_popular(client, products):
    client.get(reverse("shop:product", args=["tent"]), **CHINESE)
    refresh_popularity()
    client.cookies.clear()
    page = client.get(reverse("shop:home"), **CHINESE).content.decode()
    assert "<h2>当前热门</h2>" in page and "本周热门" in page


def test_a_product_page_and_the_api(client, products):
    page = client.get(reverse("shop:product", args=["tent"]), **CHINESE).content.decode()
    assert "<h2>相似商品</h2>" in page and "与 Tent 相似" in page
    answer = client.get(
        reverse("retail_ai:api_recommendations"), {"slate": "similar", "product": products[0].pk}, **CHINESE
    )
    assert answer.json()["title"] == "相似商品"
    assert {card["reason"] for card in answer.json()["results"]} == {"与 Tent 相似"}


def test_the_pages_around_it(client, products):
    assert "您的隐私选择" in client.get(reverse("retail_ai:privacy"), **CHINESE).content.decode()
    assert "咨询客服" in client.get(reverse("shop:home"), **CHINESE).content.decode()
    assert "此链接不完整" in client.get(reverse("retail_ai:unsubscribe", args=["x"]), **CHINESE).content.decode()
