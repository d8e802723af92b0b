"""The composer on feeds as they come: shouting, other languages among English, amounts of food, units in names."""
# ruff: noqa: E501 (tables read better in long rows)

import re
from itertools import pairwise

import pytest

from retail_ai.engine.composer import compose, compose_text
from retail_ai.engine.facts import Attribute, ProductFacts
from retail_ai.engine.grounding import unsupported

TROUSERS = {
    "COLOUR": "NAVY",
    "MATERIAL": "97% COTTON, 3% ELASTANE",
    "FIT": "SLIM",
    "RISE": "MID",
    "MADE IN": "BANGLADESH",
    "CLOSURE": "ZIP FLY, BUTTON",
}


def product(title: str, attributes: dict[str, str], brand: str = "Harrow") -> ProductFacts:
    return ProductFacts("f", title, brand=brand, attributes=tuple(Attribute(*pair) for pair in attributes.items()))


def test_a_shouting_feed_is_written_in_small_letters() -> None:
    facts = product("MEN'S SLIM FIT CHINO TROUSERS", TROUSERS)
    for seed in range(5):
        text = compose_text(facts, seed=seed).text
        assert "Men's Slim Fit Chino Trousers" in text and "navy" in text and "97% cotton and 3% elastane" in text
        assert "NAVY" not in text and "CLOSUREs" not in text and "COTTON" not in text
        assert not unsupported(text, facts)


def test_a_feed_that_does_not_shout_keeps_its_acronyms() -> None:
    text = compose(
        product(
            "Cable HDMI 2 m",
            {"connector 1": "HDMI", "colour": "Black", "certification": "CE", "country of origin": "CHINA"},
        )
    )
    assert "HDMI" in text and "CE certification" in text and "China" in text


@pytest.mark.parametrize(
    ("name", "value", "phrase"),
    [
        ("Iron", "7 mg", "7 mg of iron"), ("of which saturates", "26 g", "26 g of saturates"), ("Sugars", "28,5 g", "28.5 g of sugars"),
        ("Vitamin B1", "yes", "vitamin B1"), ("May contain", "sesame", "May contain: sesame."), ("vegetarian", "yes", "is vegetarian"),
        ("Storage", "Cool and dry", "Storage: cool and dry."), ("Container", "Glass jar", "in a glass jar"), ("width_in", "31.5 in", "31.5 in wide"),
        ("Overall W x D x H", "212 x 88 x 83 cm", "212 x 88 x 83 cm"), ("Brushless", "yes", "is brushless"), ("Weight", "2,3 kg", "2.3 kg"),
        ("Country of origin", "PRC", "the PRC"), ("Gewicht", "1,2 kg", "Gewicht: 1,2 kg."), ("Guarantee", "12 yrs", "12-year guarantee"), ("Origin of tomatoes", "Italy", "origin of tomatoes"),
        ("Outer fabric", "60% wool, 40% polyester", "outer fabric is 60% wool and 40% polyester"),
    ],
)  # fmt: skip
def test_attributes_of_feeds_are_said_as_people_do(name: str, value: str, phrase: str) -> None:
    facts = product("Merrow Aster kit", {name: value, "warranty": "2 years"})
    text = compose(facts)
    assert phrase in text and not unsupported(text, facts)


def test_what_title_and_colour_disagree_on_is_in_no_name() -> None:
    facts = product(
        "Running shoe men black", {"colour": "White", "weight": "245 g", "vegan": "yes", "upper material": "Mesh"}
    )
    assert compose_text(facts).coverage > 0 and "black" not in compose(facts).lower()


@pytest.mark.parametrize("value", ["contains", "required", "all", "see packaging"])
def test_values_that_say_nothing_are_left_out(value: str) -> None:
    assert value not in compose(product("Merrow bar", {"gluten": value, "colour": "Red"}))


@pytest.mark.parametrize(
    ("name", "value", "phrase"),
    [
        ("ink type", "Pigment-based ink", "墨水类型为颜料墨水"), ("printing colours", "Cyan", "打印颜色为青色"), ("gender", "Unisex", "适合男女通用"),
        ("number of shelves", "3", "层数为3"), ("brushless motor", "yes", "无刷电机"), ("room", "Living room", "适用于客厅"),
        ("maximum resolution", "1600 x 1200", "最大分辨率为1600 x 1200"), ("connector gender", "Male/Female", "接头一端公头、一端母头"),
        ("protein", "8 g", "蛋白质为8 g"), ("connectivity", "Wired", "支持有线连接"), ("colour", "Gold", "金色"), ("colour", "Cream", "奶油色"),
        ("heat retention", "12 hours", "保温时间为12小时"), ("seats", "3", "座位数为3"), ("colour", "Steel", "钢色"),
    ],
)  # fmt: skip
def test_chinese_texts_say_what_catalogues_hold(name: str, value: str, phrase: str) -> None:
    facts = product("Merrow Aster kit", {name: value, "warranty": "2 years"})
    text = compose_text(facts, language="zh-hans").text
    assert phrase in text and not unsupported(text, facts, strict=True)


def test_a_joining_word_never_comes_twice_running() -> None:
    many = {"colour": "Red", "material": "Oak", "weight": "2 kg", "width": "20 cm", "height": "30 cm", "depth": "9 cm",
            "warranty": "2 years", "country of origin": "Italy", "volume": "3 l", "diameter": "4 cm"}  # fmt: skip
    for seed in range(30):
        said = compose_text(product("Merrow Aster", many), language="zh-hans", seed=seed).sentences
        leads = [s.text[:3] for s in said]
        assert not any(a == b and a in ("此外,", "同时,") for a, b in pairwise(leads))


@pytest.mark.parametrize(
    ("attributes", "phrase"),
    [
        ({"RefreshRate": "120Hz", "colour": "black"}, "refresh rate of 120 Hz"),
        ({"WarrantyMonths": "24", "colour": "black"}, "24-month warranty"),
        ({"cable_len_cm": "15", "colour": "black"}, "length of 15 cm|15 cm long|length is 15 cm"),
        ({"clinically validated": "yes", "colour": "black"}, "clinically validated"),
        ({"alcohol": "free", "colour": "black"}, "alcohol-free"),
        ({"origin": "Made in Czech Republic", "colour": "black"}, "the Czech Republic"),
        ({"shelf_life_days": "21", "colour": "black"}, "21 days"),
        ({"material": "Aluminium + glass", "weight": "2 kg"}, "aluminium and glass"),
        ({"Storage": "Keep below 25 °C", "colour": "black"}, "Storage: keep below 25 °C"),
        ({"battery capacity watt hours": "48.0", "colour": "black"}, "48-watt-hour battery"),
        ({"Warranty": "2y", "colour": "black"}, "2-year warranty"),
    ],
)
def test_names_and_values_of_odd_feeds_are_read(attributes: dict[str, str], phrase: str) -> None:
    facts = ProductFacts("o", "Nordal N2", attributes=tuple(Attribute(*pair) for pair in attributes.items()))
    text = compose(facts)
    assert any(each in text for each in phrase.split("|")), text
    assert not unsupported(text, facts, strict=True)


@pytest.mark.parametrize(
    ("name", "value", "phrase"),
    [
        ("inserts discs quantity", "4", "four insert discs"),
        ("number of sports bags", "3", "three sports bags"),
        ("number of sas ports", "8", "eight sas ports"),
        ("inputs and outputs quantity", "6", "six inputs and outputs"),
        ("maximum paper trays", "5", "can have up to five paper trays"),
        ("max. fans quantity", "3", "can have up to three fans"),
    ],
)
def test_counts_are_said_as_people_do(name: str, value: str, phrase: str) -> None:
    facts = product("Merrow Aster 300 kit", {name: value, "warranty": "2 years"})
    for seed in range(5):
        text = compose_text(facts, seed=seed).text
        assert phrase in text and not unsupported(text, facts, strict=True)


def test_a_parts_colour_is_not_the_products() -> None:
    own = product("Merrow Cat6 patch cable", {"cable colour": "Blue", "warranty": "2 years"})
    part = product("Merrow 30 piece tool kit with case", {"case colour": "Blue", "warranty": "2 years"})
    for seed in range(8):
        said = compose_text(own, seed=seed).text
        assert "cable colour" not in said and "blue" in said
        text = compose_text(part, seed=seed).text
        assert re.search(r"case colour (?:of .+ )?is blue", text) and not unsupported(text, part, strict=True)
