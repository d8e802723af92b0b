import pytest

from retail_ai.engine.phrases import head_of, is_aside, is_purpose, split_purpose, things_of
from retail_ai.engine.relevance import Evidence, fits, score


@pytest.mark.parametrize(
    ("query", "thing"),
    [
        ("case for iPhone 13", "case"),
        ("Zelt für zwei Personen", "Zelt"),
        ("zapatillas para correr", "zapatillas"),
        ("给狗吃的零食", "零食"),
        ("running shoes", "running shoes"),
        ("for", "for"),
        (" for two", "for two"),
        ("的", "的"),
        ("", ""),
    ],
)
def test_the_thing_without_its_purpose(query, thing):
    assert head_of(query) == thing


def test_a_title_is_split_once():
    assert split_purpose("Leather Wallet for Galaxy S22 for men") == ("Leather Wallet", "Galaxy S22 for men")


@pytest.mark.parametrize(
    ("shelf", "things"),
    [
        ("Phone Cases", ["Cases"]),
        ("Coffee Makers & Kettles", ["Makers", "Kettles"]),
        ("手机壳", ["手机壳"]),
        ("Cases for phones", ["Cases"]),
        (" & ", []),
    ],
)
def test_what_stands_on_a_shelf(shelf, things):
    assert things_of(shelf) == things


@pytest.mark.parametrize(
    ("thing", "shelf", "aside"),
    [
        ("mobile phone", "Phone Cases", True),
        ("phone case", "Phone Cases", False),
        ("coffee", "Coffee & Tea", False),
        ("coffee machine", "Coffee Makers & Kettles", False),
        ("tent", "Phone Cases", False),
        ("", "Phone Cases", False),
    ],
)
def test_a_shelf_only_named_after_the_thing(thing, shelf, aside):
    assert is_aside(thing, shelf) is aside


@pytest.mark.parametrize(("name", "purpose"), [("compatible with", True), ("适用型号", True), ("form", False)])
def test_attributes_that_say_what_a_thing_goes_with(name, purpose):
    assert is_purpose(name) is purpose


def test_what_says_the_query_or_is_like_it_fits():
    assert fits(Evidence(words=1, share=1, cosine=0, shelf=0))
    assert fits(Evidence(words=0, share=0, cosine=0.25, shelf=0.6))
    assert fits(Evidence(words=1, share=0.6, cosine=0.2, shelf=0.1))
    assert fits(Evidence(words=1, share=0.2))
    assert not fits(Evidence(words=0, share=0, cosine=0.22, shelf=0.33))
    assert not fits(Evidence(words=1, share=0.43, cosine=0.23, shelf=0.1))
    assert not fits(Evidence(words=0, share=0, cosine=0.1))


def test_a_shelf_named_after_the_thing_stands_back():
    phone, case = (Evidence(words=1, share=1, cosine=0.3, shelf=0.6, aside=aside) for aside in (False, True))
    assert score(phone, 1) > score(case, 1)
