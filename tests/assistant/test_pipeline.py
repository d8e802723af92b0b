"""What is answered, from which source, in which language; on the packaged multilingual encoder."""

import pytest

from retail_ai.assistant.models import PassageVector
from retail_ai.assistant.passages import forget, index_passages
from retail_ai.assistant.pipeline import answer
from shop_demo.models import HelpPage, Product


def ask(text, customer=None, page_language="en"):
    return answer(text, customer=customer, page_language=page_language)


def test_an_answer_is_the_passages_own_words_with_its_source(pages):
    reply, language = ask("what do you charge for postage?")
    assert reply.text == "Standard delivery costs EUR 4.90. Express costs EUR 9.90."
    assert reply.sources[0] == {"title": "How much does shipping cost?", "url": "/help/shipping/"}
    assert language == "en"


def test_a_question_in_chinese_gets_the_chinese_passage(pages):
    reply, language = ask("运费要多少钱")
    assert reply.text == "标准配送运费 4.90 欧元。特快配送运费 9.90 欧元。"
    assert language == "zh-hans"


def test_where_only_another_language_has_it_that_is_said(pages):
    reply, _language = ask("可以送到快递柜吗？")
    if reply.outcome == "answered":
        assert "Yes, in Germany and Austria only." in reply.text
        assert reply.text != "Yes, in Germany and Austria only."


@pytest.mark.parametrize(
    "text", ["who won the world cup in 2018", "tell me a joke", "what is 17 times 23", "讲个笑话"]
)
def test_without_a_source_it_says_so_and_offers_a_person(pages, products, text):
    reply, _language = ask(text)
    assert reply.outcome == "unanswered"
    assert reply.sources == reply.products == []


def test_products_with_a_price_limit_and_a_reason(products):
    reply, _language = ask("I am looking for headphones under 100 euros")
    found = [int(item["key"]) for item in reply.products]
    assert products[2].pk in found
    assert products[3].pk not in found
    assert all(item["reason"] for item in reply.products)


def test_a_bare_name_of_a_thing_finds_it_and_a_sold_out_one_is_not_offered(products):
    assert ask("coffee table")[0].products[0]["key"] == str(products[0].pk)
    Product.objects.filter(pk=products[0].pk).update(stock=0)
    assert products[0].pk not in [int(i["key"]) for i in ask("coffee table")[0].products]


def test_a_limit_that_nothing_keeps_is_said_with_the_nearest(products):
    reply, _language = ask("show me headphones under 1 euro")
    assert "€1" in reply.text
    assert str(products[2].pk) in [item["key"] for item in reply.products]


def test_what_is_only_near_in_meaning_is_said_to_be(products):
    reply, _language = ask("show me a saxophone")
    assert "Nothing says “saxophone” in so many words" in reply.text


def test_a_wish_that_nothing_fits_is_said_plainly(products):
    Product.objects.update(stock=0)
    reply, _language = ask("show me headphones")
    assert reply.products == []
    assert reply.outcome == "unanswered"


@pytest.mark.parametrize("text", ["hello", "Hi!", "你好", "thanks"])
def test_greetings(db, text):
    assert ask(text)[0].tool == "greeting"


@pytest.mark.parametrize("text", ["I want to talk to a human", "转人工", "agent"])
def test_asking_for_a_person(db, text):
    assert ask(text)[0].outcome == "handed_over"


def test_a_changed_or_deleted_page_is_never_quoted_as_it_was(pages):
    ask("how much is shipping?")
    HelpPage.objects.filter(slug="shipping", language="en").update(body="Delivery costs EUR 7.00.")
    HelpPage.objects.filter(slug="returns").delete()
    forget()  # as after CHECK_SECONDS
    assert ask("what do you charge for postage?")[0].text == "Delivery costs EUR 7.00."
    assert not PassageVector.objects.filter(title__contains="return").exists()


def test_only_what_changed_is_embedded_again(pages):
    assert index_passages() == {"indexed": 5, "unchanged": 0, "deleted": 0}
    assert index_passages() == {"indexed": 0, "unchanged": 5, "deleted": 0}
    HelpPage.objects.filter(slug="lockers").update(body="No.")
    assert index_passages() == {"indexed": 1, "unchanged": 4, "deleted": 0}


def test_a_shop_without_help_pages_or_products_still_replies(db):
    assert ask("how much is shipping?")[0].outcome == "unanswered"
    assert ask("show me a phone")[0].outcome == "unanswered"


def test_a_fact_of_a_named_product_is_told_from_the_catalogue(pages, products):
    Product.objects.filter(pk=products[0].pk).update(attributes={"height": "45 cm", "colour": "oak"})
    reply, _language = ask("what is the height of the oak coffee table?")
    assert reply.text == "Oak coffee table: height 45 cm"
    assert reply.sources[0]["url"] == products[0].get_absolute_url()
    assert ask("what is the weight of the oak coffee table?")[0].tool != "facts"


def test_asking_whether_there_is_a_service_is_no_search_for_goods(pages, products):
    assert (
        ask("do you have delivery to parcel lockers?")[0].sources[0]["title"] == "Can you deliver to a parcel locker?"
    )


def test_the_assistants_own_words_are_in_the_askers_language_too(pages, products):
    assert ask("讲个笑话")[0].text.startswith("帮助页面和商品信息中没有答案")
    assert ask("你好")[0].text.startswith("您好！")


def test_a_shop_without_help_pages_does_not_index_at_each_question(db, monkeypatch):
    ask("how much is shipping?")
    monkeypatch.setattr("retail_ai.assistant.passages.index_passages", lambda: pytest.fail("indexed again"))
    ask("how do I return something?")
