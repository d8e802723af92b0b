import pytest
from hypothesis import given
from hypothesis import strategies as st

from retail_ai.engine.text import fold, query_words, slips, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("13inch", "13 inch"), ("13-inch", "13 inch"), ('13"', "13 inch"), ("256GB", "256 gb"), ("2,5 kg", "2.5kg"),
        ("Crème", "creme"), ("ＳＯＮＹ", "sony"), ("laptops", "Laptop"), ("batteries", "battery"),
        ("STRASSE", "straße"), ("15.6”", "15,6 inch"), ("15.6''", '15.6"'),
    ],
)  # fmt: skip
def test_spellings_of_one_thing_give_the_same_tokens(one, other):
    assert tokens(one) == tokens(other)


def test_model_numbers_match_with_and_without_hyphen():
    assert "wh1000xm4" in tokens("Sony WH-1000XM4")
    assert tokens("wh1000xm4") == ("wh1000xm4",)
    assert {"iphone", "13"} <= set(tokens("iPhone13"))


def test_numbers_keep_their_units():
    assert tokens("3240 mAh") == ("3240", "mah", "3240mah")
    assert "13mm" not in tokens("13 mmx")
    assert tokens("laptop 15.6.") == ("laptop", "15.6")
    assert tokens("v1.2.3")[0] == "v1"


def test_chinese_becomes_pairs():
    assert tokens("智能手机") == ("智能", "能手", "手机")
    assert tokens("买 iPhone手机") == ("买", "iphone", "手机")
    assert tokens("13英寸") == ("13", "inch", "13inch")


def test_query_words_that_say_nothing_are_left_out_unless_alone():
    assert query_words("I want to buy a laptop for me") == ["laptop"]
    assert query_words("what is it") == ["what", "is", "it"]


@given(st.text(max_size=300))
def test_any_text_can_be_folded_and_cut(text):
    assert fold(text) == fold(text).strip()
    for token in tokens(text):
        assert token
        assert len(token) <= 60
        assert "\x00" not in token
        assert " " not in token


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("phone", "phone", 0), ("phne", "phone", 1), ("hpone", "phone", 1), ("headfone", "headphone", 2), ("", "abc", 3),
     ("mobile", "mobility", 3)],
)  # fmt: skip
def test_slips_are_counted(one, other, count):
    assert slips(one, other) == slips(other, one) == count
