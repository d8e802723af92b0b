import pytest
from django.urls import reverse


@pytest.fixture
def shop(make, index):
    make("Laptop sleeve", price=20), make("Laptop 13 inch", price=900), make("Hidden laptop", is_active=False)
    make("Sold-out laptop", stock=0)
    index()


def test_search(shop, client):
    answer = client.get(reverse("retail_ai:search"), {"q": "laptop", "max_price": "50"})
    assert answer.status_code == 200
    (hit,) = answer.json()["hits"]
    assert (hit["title"], hit["price"]) == ("Laptop sleeve", "20.00")
    assert "laptop" in hit["reason"]


def test_hidden_and_sold_out_products_are_not_shown(shop, client):
    for name in ("search", "suggest"):
        text = client.get(reverse(f"retail_ai:{name}"), {"q": "laptop"}).content.decode()
        assert "Hidden" not in text
        assert "Sold-out" not in text


@pytest.mark.parametrize(
    "query", [{"q": "x" * 501}, {"q": "a", "limit": 0}, {"q": "a", "max_price": "cheap"}, {"q": "a", "offset": -1}, {}]
)
def test_bad_questions_are_refused_with_a_reason(client, db, query):
    answer = client.get(reverse("retail_ai:search"), query)
    assert answer.status_code == 400
    assert answer.json()


def test_odd_but_valid_questions_are_answered(client, shop):
    for q in ("", "😀", "'; DROP TABLE x; --", "\x01"):
        answer = client.get(reverse("retail_ai:search"), {"q": q})
        assert answer.status_code in (200, 400)


def test_suggestions_complete_and_mend(shop, client):
    def ask(q):
        return client.get(reverse("retail_ai:suggest"), {"q": q}).json()["suggestions"]

    assert ask("lap") == ["Laptop sleeve", "Laptop 13 inch"]
    assert ask("slev")[0] == "Laptop sleeve"
    assert ask("l") == []


def test_searching_too_often_is_slowed_down(client, db, settings):
    from django.core.cache import cache

    cache.clear()
    settings.RETAIL_AI = {**settings.RETAIL_AI, "THROTTLE_RATES": {"search": "2/min"}}
    codes = [client.get(reverse("retail_ai:suggest"), {"q": "lap"}).status_code for _ in range(3)]
    cache.clear()
    assert codes == [200, 200, 429]
