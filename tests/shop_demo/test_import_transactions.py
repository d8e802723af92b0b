"""Rows of transaction files: broken records, returns, non-products; no database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop_demo.imports.problems import BadRow, Problems
from shop_demo.imports.transaction_rows import COLUMNS, NonProducts, parse_sale, read_records

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HEADER = ",".join(COLUMNS)
ROW = dict(
    zip(COLUMNS, ["489434", "85048", "GLASS BALL", "12", "2009-12-01T07:45", "6.95", "13085", "UK"], strict=True)
)


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
