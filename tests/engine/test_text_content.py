from decimal import Decimal

from retail_ai.engine.content import text_to_embed, text_to_read
from retail_ai.engine.facts import Attribute, Money, ProductFacts
from retail_ai.engine.terms import SLOTS, slot, weigh

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
    weights = weigh(PHONE)
    assert all(0 < weight < 1 for weight in weights.values())
    assert weights["iphone"] > weights["3240mah"] > weights["bright"]
    assert "jack" not in weights


def test_slots_fit_pgvectors_sparse_vectors():
    assert 0 <= slot("手机") < SLOTS
