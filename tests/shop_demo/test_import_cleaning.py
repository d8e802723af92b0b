"""Cleaning of single cells: nasty values one by one, without a database."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop_demo.imports.cleaning import clean_text, cut, parse_date, parse_price, parse_quantity
from shop_demo.imports.problems import BadRow

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (None, ""),
        ("  two   words\n", "two words"),
        ("<p>Warm &amp; <b>soft</b><br/>wool</p>", "Warm & soft wool"),
        ("H<sub>2</sub>O, <span class='x'>clean</span>, <li>one</li><li>two</li>", "H2O, clean, one two"),
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
