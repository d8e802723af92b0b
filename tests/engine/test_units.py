"""Quantities as real catalogues and texts write them."""

import pytest

from retail_ai.engine.units import parse_quantities, same


@pytest.mark.parametrize(
    "text, found",
    [
        ("1,200 g and 1.2 kg", [(1200, "g"), (1.2, "kg")]),
        ("10 x 5 x 2 cm", [(10, "cm"), (5, "cm"), (2, "cm")]),
        ("0 - 40 °C", [(0, "°C"), (40, "°C")]),
        ("½ in", [(0.5, "in")]),
        ("1 1/2 in", [(1.5, "in")]),
        ("5,5 cm", [(5.5, "cm")]),
        ("10,100,1000", [(10, ""), (100, ""), (1000, "")]),
        ('43.2 cm (17")', [(43.2, "cm"), (17, '"')]),
        ("6.1-inch", [(6.1, "inch")]),
        ("two years", [(2, "years")]),
        ("1.2千克,屏幕6.1英寸", [(1.2, "千克"), (6.1, "英寸")]),
        ("三个", [(3, "")]),
        ("2 in 1", [(2, ""), (1, "")]),
        ("MP3 dv7-1211ea 802.11n RJ-45 5G 4K Cat5e", []),
        ("120 g/m²", [(120, "g/m²")]),
        ("146.7 mm x 71.5 mm", [(146.7, "mm"), (71.5, "mm")]),
    ],
)
def test_parse(text: str, found: list[tuple[float, str]]) -> None:
    assert [(q.value, q.unit) for q in parse_quantities(text)] == found


@pytest.mark.parametrize(
    "one, other, equal",
    [
        ("1.2 kg", "1200 g", True),
        ("1.2 kg", "2.65 lb", True),
        ("1.2 kg", "2.5 lb", False),
        ("128 GB", "0.128 TB", True),
        ("1 TB", "1024 GB", True),
        ("220 °C", "428 °F", True),
        ("24 months", "2 years", True),
        ("6.1 in", "15.5 cm", True),
        ("1 m", "1 kg", False),
        ("3240 mAh", "3.24 Ah", True),
    ],
)
def test_same(one: str, other: str, equal: bool) -> None:
    assert same(parse_quantities(one)[0], parse_quantities(other)[0]) is equal


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("twenty-five pockets", 25, ""), ("two hundred and forty grams", 240, "grams"), ("half a kilo", 0.5, "kilo"),
        ("half a dozen eggs", 6, ""), ("one litre", 1, "litre"), ("three quarters of it", 75, "%"),
        ("质保三年", 3, "年"), ("一百二十克", 120, "克"), ("二十四个月", 24, "个月"), ("六个口袋", 6, ""),
    ],
)  # fmt: skip
def test_numbers_in_words(text: str, value: float, unit: str) -> None:
    assert [(q.value, q.unit) for q in parse_quantities(text)] == [(value, unit)]


@pytest.mark.parametrize("text", ["one pocket", "80 pages a minute"[2:], "一个口袋", "十分好"])
def test_words_that_are_no_numbers(text: str) -> None:
    assert not parse_quantities(text)
