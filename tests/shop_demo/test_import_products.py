"""Rows of product files, and on which shelf and under which slug a product goes; no database."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop_demo.imports.departments import choose_department
from shop_demo.imports.problems import BadRow
from shop_demo.imports.product_rows import parse_product
from shop_demo.imports.products import free_slug


def product(**values) -> str:
    return json.dumps({"id": "1", "title": "Lamp", "brand": "", "price_cents": 995, "attributes": {}} | values)


def test_a_product_row_is_cleaned_into_text():
    notes = []
    record = parse_product(
        product(
            title="<b>Lamp</b> 6 W",
            description="Warm &amp; bright",
            attributes={
                "power ": 6.0,
                "dimmable": True,
                "colours": ["red", "blue"],
                "x": None,
                "deep": {"a": 1},
                "": "y",
            },
        ),
        notes.append,
    )
    assert (record.title, record.description, record.price) == ("Lamp 6 W", "Warm & bright", Decimal("9.95"))
    assert record.attributes == {"power": "6", "dimmable": "yes", "colours": "red, blue"}
    assert notes == ["attribute with parts, left out"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "broken JSON"),
        ("[" * 100_000, "broken JSON"),
        ("[1, 2]", "not a JSON object"),
        ("null", "not a JSON object"),
        (product(id=""), "no id"),
        (product(id=None), "no id"),
        (product(id="x" * 65), "id is longer"),
        (product(title="  <b></b> "), "no title"),
        (product(title={"en": "Lamp"}), "no title"),
        (product(price_cents=0), "price is 0"),
        (product(price_cents=None), "price is missing"),
        (product(price_cents=-1), "price is negative"),
        (product(price_cents="lots"), "price is no number"),
    ],
)
def test_bad_product_rows_say_why(line, reason):
    with pytest.raises(BadRow, match=reason):
        parse_product(line, lambda note: None)


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ({"title": "x" * 400}, "title longer than 300 characters, cut"),
        ({"brand": "x" * 400}, "brand longer than 120 characters, cut"),
        ({"description": ["a"]}, "description is no text, left out"),
        ({"attributes": ["a"]}, "attributes are no object, left out"),
        ({"attributes": {"a": "x" * 2000}}, "attribute too long, cut"),
        ({"attributes": {f"a{n}": n for n in range(400)}}, "more than 300 attributes, the first kept"),
    ],
)
def test_values_that_can_be_mended_are_noted(values, note):
    notes = []
    record = parse_product(product(**values), notes.append)
    assert notes == [note]
    assert len(record.title) <= 300
    assert len(record.brand) <= 120


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["id", "title", "description", "brand", "price_cents", "attributes"]), JSON))
def test_any_json_is_a_product_or_a_bad_row(row):
    try:
        record = parse_product(json.dumps(row), lambda note: None)
    except BadRow:
        return
    assert record.sku and record.title and record.price > 0
    assert all(isinstance(v, str) and v for v in record.attributes.values())


@pytest.mark.parametrize(
    ("title", "attributes", "department"),
    [
        ("HP thing", {"product type": "Notebook"}, "Notebook"),
        ("HP thing", {"product type": "1"}, "Other Products"),
        ("Xerox 006R90321 toner cartridge Original Black 6 pc(s)", {}, "Toner & Ink"),
        ("StarTech.com 3 ft Cat6 patch cable", {}, "Network Cables"),
        ("PINK CHRISTMAS CANDLE", {}, "Christmas"),
        ("SET OF 6 MUGS", {}, "Kitchen & Table"),
        ("LW 9000", {"printing colours": "Cyan"}, "Toner & Ink"),
        ("Zz 12", {}, "Other Products"),
        ("", {}, "Other Products"),
        ("Outboard mugger", {}, "Other Products"),
    ],
)
def test_departments_are_chosen_by_type_then_by_words(title, attributes, department):
    assert choose_department(title, attributes) == department


def test_slugs_are_free_and_readable_and_work_for_any_script():
    taken: set[str] = set()
    assert free_slug("Red Lamp", "a 1", taken) == "red-lamp-a-1"
    assert free_slug("Red Lamp", "a-1", taken) == "red-lamp-a-1-2"
    assert free_slug("智能手机", "77", taken) == "77"
    assert free_slug("智能", "机", taken) == "product"
    assert len(free_slug("x" * 300, "y" * 64, taken)) <= 120
