from decimal import Decimal

import pytest

from retail_ai.catalog.models import VectorSpace
from retail_ai.catalog.search import more_like, search_products
from retail_ai.engine.facts import ProductFilter


@pytest.fixture
def shop(make, index):
    make("Sony WH-1000XM4 headphones", brand="Sony", price=300, sku="WH1000XM4/B")
    make("Gaming laptop 13 inch", brand="Asus", price=900, attributes={"internal memory": "16 GB"})
    make("Laptop sleeve 13-inch", brand="Case Logic", price=20)
    make("iPhone 13", brand="Apple", price=800, stock=0)
    make("Hidden laptop", is_active=False)
    make("Crème brûlée torch", price=15)
    make("智能手机 红色", price=200)
    index()


def titles(result):
    return [hit.product.title for hit in result.hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("wh1000xm4", "Sony WH-1000XM4 headphones"),
        ("WH 1000XM4", "Sony WH-1000XM4 headphones"),
        ("WH1000XM4/B", "Sony WH-1000XM4 headphones"),
        ("laptops with 16gb", "Gaming laptop 13 inch"),
        ("13inch sleeve", "Laptop sleeve 13-inch"),
        ('13" sleeve', "Laptop sleeve 13-inch"),
        ("creme brulee", "Crème brûlée torch"),
        ("我想买智能手机", "智能手机 红色"),
        ("ＳＯＮＹ　ｈｅａｄｐｈｏｎｅｓ", "Sony WH-1000XM4 headphones"),
    ],
)
def test_finds_however_it_is_typed(shop, query, first):
    assert titles(search_products(query))[0] == first


def test_a_typing_mistake_is_mended_and_said(shop):
    result = search_products("headfones")
    assert titles(result)[0] == "Sony WH-1000XM4 headphones"
    assert "headphone" in result.notes[0]


@pytest.mark.parametrize("query", ["laptop stative", "mobility laptop", "raptop"])
def test_another_word_is_not_a_typing_mistake(shop, query):
    assert search_products(query).notes == ()


def test_the_whole_title_and_the_sku_come_first(shop):
    assert search_products("laptop sleeve 13-inch").hits[0].reason == "exact match"
    assert search_products("wh1000xm4/b").hits[0].reason == "exact match"


def test_reasons_name_the_words_that_match(shop):
    assert "sleeve" in search_products("sleeve for my laptop").hits[0].reason


def test_only_what_can_be_seen_and_bought(shop):
    assert "iPhone 13" not in titles(search_products("iphone 13"))
    assert "iPhone 13" in titles(search_products("iphone 13", limits=ProductFilter(in_stock=False)))
    assert "Hidden laptop" not in titles(search_products("hidden laptop", limits=ProductFilter(in_stock=False)))


def test_limits_are_kept(shop):
    assert titles(search_products("laptop", limits=ProductFilter(max_price=Decimal(50))))[0] == "Laptop sleeve 13-inch"
    assert all(
        h.product.brand == "Asus" for h in search_products("laptop", limits=ProductFilter(brands=("asus",))).hits
    )


def test_pages_do_not_overlap(shop):
    everything = titles(search_products("laptop 13 inch"))
    pages = [titles(search_products("laptop 13 inch", limit=1, offset=n)) for n in range(len(everything))]
    assert [title for page in pages for title in page] == everything
    assert search_products("laptop 13 inch", limit=1, offset=10_000).hits == ()


@pytest.mark.parametrize(
    "query",
    [
        "", "   ", "\x00\x01", "😀", "!!!", "'", "%_%", "'; DROP TABLE retail_ai_job; --", "a" * 10_000,
        "{0}{x}%s%(a)s", "x " * 5_000, "\ud800", "((((", "\\", "laptop\x00sleeve", "NULL", "\u202e13", "𝓁𝒶𝓅𝓉ℴ𝓅",
        "!@#$%^&*()", "手" * 3_000,
    ],
)  # fmt: skip
def test_no_input_raises(shop, query):
    result = search_products(query)
    assert result.hits or result.notes or result.total == 0


def test_nothing_to_look_for_says_so(shop):
    assert search_products("  ").notes


def test_without_index_nothing_is_found_and_it_is_said(make):
    make("Laptop")
    result = search_products("laptop")
    assert (result.hits, result.total) == ((), 0)
    assert result.notes


def test_words_alone_when_the_embedder_is_gone(shop):
    VectorSpace.objects.update(identity="some other model")
    result = search_products("laptop sleeve")
    assert titles(result)[0] == "Laptop sleeve 13-inch"
    assert any("words only" in note for note in result.notes)


def test_words_alone_when_the_embedder_fails(shop, monkeypatch):
    from retail_ai.backends import get_embedder

    monkeypatch.setattr(get_embedder(), "embed", lambda texts: 1 / 0, raising=False)
    result = search_products("laptop sleeve")
    assert titles(result)[0] == "Laptop sleeve 13-inch"
    assert any("words only" in note for note in result.notes)


def test_more_like_takes_a_long_text(shop):
    assert titles(more_like("I travel a lot and want to protect my laptop, a sleeve perhaps " * 40))


def test_a_search_takes_few_queries(shop, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        search_products("laptop sleeve")
