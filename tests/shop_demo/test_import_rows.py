"""Reading and cleaning of imported rows: nasty values one by one, without a database."""

import gzip
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop_demo.imports.cleaning import clean_text, cut, parse_date, parse_price, parse_quantity
from shop_demo.imports.departments import choose_department
from shop_demo.imports.problems import BadRow, Problems
from shop_demo.imports.product_rows import parse_product
from shop_demo.imports.products import free_slug
from shop_demo.imports.reading import read_lines
from shop_demo.imports.transaction_rows import COLUMNS, NonProducts, parse_sale, read_records

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HEADER = ",".join(COLUMNS)
ROW = dict(
    zip(COLUMNS, ["489434", "85048", "GLASS BALL", "12", "2009-12-01T07:45", "6.95", "13085", "UK"], strict=True)
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (None, ""),
        ("  two   words\n", "two words"),
        ("<p>Warm &amp; <b>soft</b><br/>wool</p>", "Warm & soft wool"),
        ("&lt;b&gt;escaped&lt;/b&gt; tags", "escaped tags"),
        ("<script>alert(1)</script>Lamp", "Lamp"),
        ("<style>p{}</style>Lamp <!-- note -->", "Lamp"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("\ufeffBOM", "BOM"),
        ("智能手机 &nbsp; 6.1&quot;", '智能手机 6.1"'),
        (42, "42"),
    ],
)
def test_text_is_cleaned(raw, clean):
    assert clean_text(raw) == clean


@given(st.text())
def test_clean_text_can_be_stored_whatever_comes(text):
    clean = clean_text(text)
    assert "\x00" not in clean
    clean.encode("utf-8")
    assert "\n" not in clean


def test_long_text_is_cut_to_length():
    assert cut("abc", 3) == ("abc", False)
    text, was_cut = cut("x" * 400, 300)
    assert (len(text), was_cut) == (300, True)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [("6.95", "6.95"), ("2,10", "2.10"), ("£1,234.50", "1234.50"), ("1,000", "1000.00"), (3, "3.00"), (2.1, "2.10")],
)
def test_prices(raw, amount):
    assert parse_price(raw) == Decimal(amount)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("0", "price is 0"),
        ("0.001", "price is 0"),
        ("-5", "price is negative"),
        ("", "price is missing"),
        (None, "price is missing"),
        ("nan", "price is no number"),
        (float("inf"), "price is no number"),
        ("a few", "price is no number"),
        (True, "price is no number"),
        ([1], "price is no number"),
        ("1e12", "price is too high"),
        ("1e999999", "price is out of range"),
    ],
)
def test_bad_prices_say_why(raw, reason):
    with pytest.raises(BadRow) as caught:
        parse_price(raw)
    assert caught.value.reason == reason


@given(
    st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.decimals(allow_nan=True), st.none(), st.booleans())
)
def test_a_price_is_positive_and_fits_or_the_row_is_bad(value):
    try:
        price = parse_price(value)
    except BadRow:
        return
    assert Decimal("0.01") <= price <= Decimal("99999999.99")


@pytest.mark.parametrize(("raw", "number"), [("12", 12), ("-3", -3), ("4.0", 4), ("80995", 80995), (" 7 ", 7)])
def test_quantities(raw, number):
    assert parse_quantity(raw) == number


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("0", "quantity is 0"),
        ("1.5", "quantity is no whole number"),
        ("", "quantity is missing"),
        ("x", "quantity is no number"),
        ("99999999999", "quantity is out of range"),
    ],
)
def test_bad_quantities_say_why(raw, reason):
    with pytest.raises(BadRow, match=reason):
        parse_quantity(raw)


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2009-12-01T07:45", datetime(2009, 12, 1, 7, 45, tzinfo=UTC)),
        ("2009-12-01 07:45:30", datetime(2009, 12, 1, 7, 45, 30, tzinfo=UTC)),
        ("2009-12-01", datetime(2009, 12, 1, tzinfo=UTC)),
        ("03/04/2010 08:26", datetime(2010, 4, 3, 8, 26, tzinfo=UTC)),
        ("12/31/2010 08:26", datetime(2010, 12, 31, 8, 26, tzinfo=UTC)),
        ("31.12.2010", datetime(2010, 12, 31, tzinfo=UTC)),
    ],
)
def test_dates(raw, moment):
    assert parse_date(raw, NOW) == moment


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "missing"),
        ("yesterday", "not understood"),
        ("2010-13-45", "not understood"),
        ("2031-01-01", "future"),
        ("2026-12-01", "future"),
        ("1901-01-01", "before 1970"),
    ],
)
def test_bad_dates_say_why(raw, reason):
    with pytest.raises(BadRow, match=reason):
        parse_date(raw, NOW)


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


def lines_of(tmp_path: Path, data: bytes, name: str = "f") -> tuple[list[str], Problems]:
    (tmp_path / name).write_bytes(data)
    problems = Problems()
    return [text for _, text in read_lines(tmp_path / name, problems)], problems


@pytest.mark.parametrize(
    "data",
    [
        "größe\nnaïve\n".encode(),
        "\ufeffgröße\r\nnaïve".encode(),
        "größe\nnaïve\n".encode("utf-16"),
        gzip.compress("größe\nnaïve\n".encode()),
    ],
)
def test_encodings_and_gzip_are_recognised_by_content(tmp_path, data):
    lines, problems = lines_of(tmp_path, data)
    assert lines == ["größe", "naïve"]
    assert not problems.skipped and not problems.mended


def test_a_latin_1_line_among_utf_8_is_read_and_noted(tmp_path):
    lines, problems = lines_of(tmp_path, "größe\n".encode() + "naïve £5\n".encode("latin-1"))
    assert lines == ["größe", "naïve £5"]
    assert problems.mended == {"not UTF-8, read as Windows-1252": 1}


def test_a_truncated_gzip_file_gives_what_it_holds_and_a_problem(tmp_path):
    text = "\n".join(str(n) * 20 for n in range(20_000)).encode()
    lines, problems = lines_of(tmp_path, gzip.compress(text)[:-2000], "f.gz")
    assert 1000 < len(lines) < 20_000
    assert problems.skipped == {"compressed file is broken from here on": 1}


def test_an_empty_file_has_no_lines(tmp_path):
    assert lines_of(tmp_path, b"")[0] == []


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


@pytest.mark.parametrize(
    ("code", "title", "is_none"),
    [
        ("POST", "POSTAGE", True),
        ("post", "", True),
        ("M", "Manual", True),
        ("D", "Discount", True),
        ("C2", "CARRIAGE", True),
        ("BANK CHARGES", " Bank Charges", True),
        ("gift_0001_20", "Dotcomgiftshop Gift Voucher £20.00", True),
        ("TEST001", "This is a test product.", True),
        ("ADJUST2", "Adjustment by Peter on Jun 25 2010", True),
        ("AMAZONFEE", "AMAZON FEE", True),
        ("X1", "postage", True),
        ("85048", "POSTAGE STAMP ALBUM", False),
        ("DCGS0058", "MISO PRETTY GUM", False),
        ("79323P", "PINK CHERRY LIGHTS", False),
        ("22423", "CAKE STAND", False),
    ],
)
def test_non_products_are_told_by_rule(code, title, is_none):
    assert NonProducts().match(code, title.strip()) is is_none


def test_the_rule_can_be_widened():
    assert NonProducts((r"DCGS.*",)).match("DCGS0058", "")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"invoice": ""}, "no invoice number"),
        ({"invoice": "x" * 30}, "invoice number is longer"),
        ({"product_id": " "}, "no product id"),
        ({"product_id": "POST"}, "not a product"),
        ({"quantity": "-2"}, "negative quantity without cancellation"),
        ({"invoice": "C489434"}, "cancellation with positive quantity"),
        ({"quantity": "0"}, "quantity is 0"),
        ({"price": "0"}, "price is 0"),
        ({"price": "-11062.06"}, "price is negative"),
        ({"date": "soon"}, "date is not understood"),
        ({"customer_id": "9" * 70}, "customer id is longer"),
    ],
)
def test_bad_sales_say_why(change, reason):
    with pytest.raises(BadRow, match=reason):
        parse_sale(5, ROW | change, NonProducts(), NOW)


def test_cancellations_guests_and_float_numbers_are_understood():
    sale = parse_sale(5, ROW | {"invoice": "C489434", "quantity": "-2"}, NonProducts(), NOW)
    assert (sale.quantity, sale.customer) == (-2, "13085")
    assert parse_sale(5, ROW | {"customer_id": ""}, NonProducts(), NOW).customer == ""
    assert parse_sale(5, ROW | {"customer_id": "nan"}, NonProducts(), NOW).customer == ""
    assert parse_sale(5, ROW | {"customer_id": "13085.0"}, NonProducts(), NOW).customer == "13085"


def records(text: str) -> tuple[list[tuple[int, dict[str, str]]], Problems]:
    problems = Problems()
    return list(read_records(iter(enumerate(text.split("\n"), 1)), problems)), problems


def test_records_with_quotes_inches_and_line_breaks():
    rows, problems = records(
        f"{HEADER}\n"
        '1,2,"FRAME 7"" SQUARE, RED",1,2009-12-01,2.1,,UK\n'
        '1,2,FRAME 7" SQUARE,1,2009-12-01,2.1,,UK\n'
        '1,2,"TWO\nLINES",1,2009-12-01,2.1,,UK\n'
        "\n"
        "1,2,LAST,1,2009-12-01,2.1,,UK"
    )
    assert [r["title"] for _, r in rows] == ['FRAME 7" SQUARE, RED', 'FRAME 7" SQUARE', "TWO\nLINES", "LAST"]
    assert [n for n, _ in rows] == [2, 3, 4, 7]
    assert not problems.skipped


def test_a_quote_that_never_closes_costs_one_line_only():
    good = "1,2,GOOD,1,2009-12-01,2.1,,UK"
    rows, problems = records("\n".join([HEADER, good, '1,2,"OPEN,1,2009-12-01,2.1,,UK', *[good] * 9]))
    assert len(rows) == 10
    assert [p.line for p in problems.first] == [3]


def test_rows_with_too_few_or_too_many_cells_are_reported():
    rows, problems = records(f"{HEADER}\n1,2,3\n1,2,A,1,2009-12-01,2.1,,UK\n1,2,A,B,1,2009-12-01,2.1,,UK")
    assert len(rows) == 1
    assert [(p.line, p.reason) for p in problems.first] == [(2, "wrong number of cells"), (4, "wrong number of cells")]


def test_other_headers_and_delimiters_are_understood_and_a_missing_column_is_named():
    rows, _ = records(
        "Invoice;StockCode;Description;Quantity;InvoiceDate;Price;Customer ID;Country\n1;2;A;1;2009-12-01;2,1;;UK"
    )
    assert rows[0][1]["product_id"] == "2"
    with pytest.raises(BadRow, match="customer_id"):
        records("invoice,product_id,title,quantity,date,price,country\n")
    with pytest.raises(BadRow, match="lacks columns"):
        records("")


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_lines_are_rows_or_problems(lines):
    lines = ["".join(line.splitlines()) for line in lines]
    problems = Problems()
    rows = list(read_records(iter(enumerate([HEADER, *lines], 1)), problems))
    assert len(rows) + problems.skipped.total() <= len(lines)
    for number, row in rows:
        assert set(row) == set(COLUMNS)
        try:
            parse_sale(number, row, NonProducts(), NOW)
        except BadRow as error:
            assert error.reason
