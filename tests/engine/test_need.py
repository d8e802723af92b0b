import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retail_ai.engine.facts import Attribute, ProductFacts
from retail_ai.engine.need import understand
from retail_ai.engine.need_text import han_number
from retail_ai.engine.need_units import age_range, first_measure, holds_size, read_number
from retail_ai.engine.need_vocabulary import build, values_of


def product(key, title, brand, *category, **attributes):
    said = tuple(Attribute(name.replace("_", " "), value) for name, value in attributes.items())
    return ProductFacts(key, title, brand=brand, category=category, attributes=said)


FACTS = [
    product(1, "Tempo", "Stride", "Shoes", "Running Shoes", colour="black", sizes="EU 36–47", weight="236 g"),
    product(2, "Cloud", "Stride", "Shoes", "Running Shoes", colour="ice blue", sizes="EU 36–48", weight="281 g"),
    product(3, "Sneaker", "Marlowe", "Shoes", "Sneakers", colour="white", upper="calf leather", sizes="S–XL"),
    product(4, "Orange Juice 1 l", "Sun", "Drinks", diet="vegan, sugar-free"),
    product(5, "Phone X", "Apple", "Phones", "Smartphones", colour="smoke black", memory="8 GB"),
    product(6, "Case for Phone X", "Kestrel", "Phones", "Phone Cases", colour="red", material="leather"),
    product(7, "Apple bar", "Bar & Co", "Snacks", flavour="apple", age_range="3–8 years"),
]
VOCABULARY = build(*values_of(FACTS, {"Phones": ("手机",), "Smartphones": ("智能手机",), "Running Shoes": ("跑鞋",)}))


def keys(text, **arguments):
    return {one.key for one in understand(text, VOCABULARY, **arguments).constraints}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("light running shoes under €90, not black", {"category=Running Shoes", "price<=90EUR", "-colour=black"}),
        ("between 50 and 80 euros", {"price=50..80EUR"}),
        ("about $1,299.50", {"price~1299.5USD"}),
        ("1.299,50 € maximal", {"price<=1299.5EUR"}),
        ("running shoes size 42", {"category=Running Shoes", "size=42"}),
        ("size 42 inch tv", set()),
        ("running shoes under 250 g", {"category=Running Shoes", "measure<=250g"}),
        ("orange juice", set()),
        ("apple bar", set()),
        ("apple phone", {"brand=Apple", "category=Phones"}),
        ("phone stand", set()),
        ("case for phone x", set()),
        ("sneakers without leather", {"category=Sneakers", "-attribute=leather"}),
        ("cheapest sneakers", {"category=Sneakers", "sort=price"}),
        ("gift for a 5 year old", {"occasion=gift", "age=5"}),
        ("wedding ring", set()),
        ("pack of 6", {"quantity=6"}),
        ("我想买一部手机，两千块以内，不要红色", {"category=Phones", "price<=2000CNY", "-colour=red"}),
        ("一万二以下的智能手机", {"category=Smartphones", "price<=12000"}),
        ("Laufschuhe bis 100 Euro, nicht schwarz", {"price<=100EUR", "-colour=black"}),
        ("baskets noires taille 42", {"colour=black", "size=42"}),
        ("iphone13 wh-1000xm4", set()),
        ("sneakers, I don't want to spend more than sixty euros", {"category=Sneakers", "price<=60EUR"}),
        ("sneakers not black, more than 50 euros", {"category=Sneakers", "-colour=black", "price>=50EUR"}),
        ("phone under two hundred and fifty dollars", {"category=Phones", "price<=250USD"}),
        ("phone, my budget is like 2 grand", {"category=Phones", "price<=2000"}),
        ("from 80 euros, sneakers", {"category=Sneakers", "price>=80EUR"}),
        ("sneakers 100ish euros", {"category=Sneakers", "price~100EUR"}),
        ("4 vegan drinks", {"category=Drinks", "quantity=4", "attribute=vegan"}),
        ("3 boxes of snacks", {"category=Snacks", "quantity=3"}),
        ("no idea what to get", set()),
        ("sneakesr arround 40 euros", {"category=Sneakers", "price~40EUR"}),
        ("runningshoes in bleck", {"category=Running Shoes"}),
        ("smart phones not apple", {"category=Smartphones", "-brand=Apple"}),
        ("充电线 48伏以上", {"measure>=48v"}),
    ],
)
def test_what_is_asked_for(text, expected):
    assert keys(text) == expected


def test_the_words_that_are_left():
    need = understand("I need light running shoes under €90, not black", VOCABULARY)
    assert need.words == "light running shoes"
    assert understand("gift under 50 euros", VOCABULARY).words == ""


def test_choices_are_the_shops_own_values():
    black, size = understand("black running shoes size 47", VOCABULARY).constraints[0::2]
    assert {VOCABULARY.values[n].value for n in black.choices} == {"black", "smoke black"}
    assert {VOCABULARY.values[n].value for n in size.choices} == {"EU 36–47", "EU 36–48"}
    (phone,) = understand("phone", VOCABULARY).constraints
    assert [VOCABULARY.values[n].value for n in phone.choices] == ["Smartphones"]


def test_what_is_taken_back_is_not_searched_for():
    need = understand("sneakers under 90", VOCABULARY).without(("price<=90",))
    assert {one.key for one in need.constraints} == {"category=Sneakers"}
    assert need.words == "sneakers"


def test_an_empty_shop_still_understands_amounts():
    assert {one.key for one in understand("red shoes under 90", build([])).constraints} == {"price<=90"}


@given(st.text(max_size=600))
@settings(max_examples=300, deadline=None)
def test_no_text_is_too_odd(text):
    need = understand(text, VOCABULARY)
    assert len(need.words) <= len(need.text) <= 4 * 500
    assert all(one.key for one in need.constraints)


PIECES = [
    "under", "not", "between", "and", "€", "90", "size", "42", "black", "or", "without", "pack of", ",", "不要",
    "以内", "元", "红色", "两", "-", "5 year old", "phone", "cheapest",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.sampled_from(["", " "]))
@settings(max_examples=300, deadline=None)
def test_no_order_of_cues_is_too_odd(pieces, joiner):
    need = understand(joiner.join(pieces), VOCABULARY)
    for one in need.constraints:
        assert one.low is None or one.high is None or one.low <= one.high


@pytest.mark.parametrize(
    ("text", "number"),
    [("两百五十", 250), ("一万二", 12_000), ("三千", 3_000), ("十", 10), ("百万", 1_000_000), ("年", None)],
)
def test_chinese_numerals(text, number):
    assert han_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"), [("1,299.00", 1299), ("1.299,00", 1299), ("10,000", 10_000), ("1,5", 1.5), ("0.500", 0.5)]
)
def test_numbers_of_several_countries(text, number):
    assert read_number(text) == number


def test_measures_ages_and_sizes_in_a_shops_values():
    assert first_measure("1.2 kg").amount == first_measure("1200 g").amount
    assert first_measure("Bluetooth 5.0, 30 m") is None
    assert age_range("3–8 years") == (3, 8)
    assert age_range("ab 10 Jahren")[0] == 10
    assert holds_size("XS–XXL", "m") and not holds_size("XS–M", "xl")
    assert holds_size("W28–W38", "w32") and not holds_size("EU 36–47", "w40")
    assert holds_size("S, M, L", "M") and not holds_size("36-41", "42")
