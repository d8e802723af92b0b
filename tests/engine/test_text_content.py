from decimal import Decimal

import numpy as np

from retail_ai.engine.content import text_to_embed, text_to_read
from retail_ai.engine.facts import Attribute, Money, ProductFacts
from retail_ai.engine.terms import FIELDS, number_of, type_of, unpack, weigh

PHONE = ProductFacts(
    key=1,
    title="Apple iPhone 13",
    sku="A2633",
    description="A phone.",
    category=("Electronics", "Smartphones"),
    brand="Apple",
    price=Money(Decimal("799.00"), "EUR"),
    attributes=(
        Attribute("battery capacity", "3240", "mAh"),
        Attribute("5G", "yes"),
        Attribute("headphone jack", "no"),
        Attribute("cores", "6"),
    ),
    review_gist="bright screen",
)


def test_the_text_for_a_vector_says_what_the_product_is():
    assert text_to_embed(PHONE) == "Smartphones: Apple iPhone 13"


def test_the_text_for_a_vector_stays_short():
    assert len(text_to_embed(ProductFacts(key=1, title="x" * 5000), limit=160)) == 160


def test_the_text_to_read_holds_every_fact():
    text = text_to_read(PHONE)
    for fact in ("A2633", "799.00 EUR", "Electronics > Smartphones", "battery capacity: 3240 mAh", "bright screen"):
        assert fact in text


def test_weights_lie_between_0_and_1_and_titles_count_most():
    weights = weigh(PHONE).saturated(20)
    assert all(0 < weight < 1 for weight in weights.values())
    assert weights["iphone"] > weights["3240mah"] > weights["battery"]
    assert "jack" not in weights


def test_counts_by_field_survive_packing():
    words = weigh(PHONE)
    counts = dict(zip(FIELDS, unpack(np.array(words.packed["phone"])), strict=True))
    assert (counts["shelf"], counts["text"], counts["title"]) == (0, 1, 0)
    assert sum(unpack(np.array(words.packed["apple"]))) == words.plain["apple"] == 2
    assert words.length == sum(words.plain.values())


def test_without_a_category_the_type_that_an_attribute_names_is_the_shelf():
    kettle = ProductFacts(key=1, title="K 2", attributes=(Attribute("Product type", "Kettle"),))
    assert type_of(kettle) == ("Kettle",)
    assert unpack(np.array(weigh(kettle).packed["kettle"]))[list(FIELDS).index("shelf")] == 1


def test_numbers_of_terms_fit_postgresqls_integer():
    assert -(2**31) <= number_of("手机") < 2**31
