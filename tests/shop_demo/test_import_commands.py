"""The import commands on a real database: what is loaded, what is reported, and that a second run changes nothing."""

import csv
import gzip
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from shop_demo.imports import transactions
from shop_demo.models import Department, Order, OrderLine, Product

pytestmark = pytest.mark.django_db
HEADER = "invoice,product_id,title,quantity,date,price,customer_id,country"
SALES = f"""{HEADER}
1001,85048,GLASS BALL,12,2009-12-01T07:45,6.95,13085,United Kingdom
1001,79323p,PINK LIGHTS,2,2009-12-01T07:45,6.75,13085,United Kingdom
1001,85048,GLASS BALL,12,2009-12-01T07:45,6.95,13085,United Kingdom
1002,85048,glass ball damaged,1,2009-12-05T10:00,7.95,,France
C1003,85048,GLASS BALL,-3,2009-12-09T10:00,6.95,13085,United Kingdom
1004,POST,POSTAGE,1,2009-12-09T10:00,18.00,13085,France
1005,22000,,5,2009-12-09T10:00,0,13085,France
1006,22000,lost,-5,2009-12-09T10:00,2.5,,France
1001,79323P,PINK LIGHTS,1,2009-12-01T07:45,6.75,13085,United Kingdom
broken line
"""


@pytest.fixture
def products_file(tmp_path: Path) -> Path:
    rows = [
        {
            "id": "A1",
            "title": "Desk <b>Lamp</b>",
            "description": "d",
            "brand": "B",
            "price_cents": 1995,
            "attributes": {"product type": "Lamp", "power": 6.0},
        },
        {"id": "A2", "title": "Toner cartridge black", "brand": "B", "price_cents": 4995, "attributes": {}},
        {"id": "A1", "title": "Another", "price_cents": 100, "attributes": {}},
        {"id": "A3", "title": "No price", "price_cents": 0, "attributes": {}},
        {"id": "A4", "title": "x" * 400, "price_cents": 100, "attributes": {"n": float("nan")}},
    ]
    path = tmp_path / "products.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join([*map(json.dumps, rows), "{oops"]).encode()))
    return path


@pytest.fixture
def sales_file(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_text(SALES)
    return path


def shop() -> tuple[list[object], ...]:
    return (
        list(Product.objects.order_by("sku").values()),
        list(Order.objects.order_by("number").values()),
        list(OrderLine.objects.order_by("pk").values()),
        list(Department.objects.order_by("slug").values()),
    )


def test_products_are_loaded_and_bad_rows_reported(products_file, tmp_path, capsys):
    report = tmp_path / "report.csv"
    call_command("import_products", products_file, report=report)
    lamp = Product.objects.get(sku="A1")
    assert (lamp.title, lamp.price, lamp.stock, lamp.source) == ("Desk Lamp", Decimal("19.95"), 50, "import")
    assert lamp.attributes == {"product type": "Lamp", "power": "6"}
    assert lamp.department.path == ("Imported", "Lamp")
    assert Product.objects.get(sku="A2").department.name == "Toner & Ink"
    assert len(Product.objects.get(sku="A4").title) == 300
    with report.open() as file:
        rows = [(r["line"], r["loaded"], r["reason"]) for r in csv.DictReader(file)]
    assert rows == [
        ("3", "no", "duplicate id"),
        ("4", "no", "price is 0"),
        ("5", "yes", "title longer than 300 characters, cut"),
        ("6", "no", "broken JSON"),
    ]
    out = capsys.readouterr().out
    assert "3 created" in out
    assert "line 3: duplicate id (A1, first on line 1)" in out
    assert "Left out: 3\n" in out


def test_loading_products_twice_changes_nothing_and_update_spares_descriptions(products_file):
    call_command("import_products", products_file)
    before = shop()
    call_command("import_products", products_file)
    call_command("import_products", products_file, update=True)
    assert shop() == before
    Product.objects.filter(sku="A1").update(price=1, description="Staff's own")
    call_command("import_products", products_file, update=True)
    lamp = Product.objects.get(sku="A1")
    assert (lamp.price, lamp.description) == (Decimal("19.95"), "Staff's own")


def test_sales_become_orders_returns_and_guests(sales_file, capsys):
    call_command("import_transactions", sales_file)
    order = Order.objects.get(number="1001")
    assert (order.user.username, order.address, order.source) == ("customer-13085", "United Kingdom", "import")
    assert sorted(order.lines.values_list("product__sku", "quantity")) == [
        ("79323p", 1),
        ("79323p", 2),
        ("85048", 12),
        ("85048", 12),
    ]
    assert order.total == Decimal("187.05")
    assert Order.objects.get(number="1002").user is None
    returned = Order.objects.get(number="C1003")
    assert (returned.lines.get().quantity, returned.total) == (-3, Decimal("-20.85"))
    assert Product.objects.get(sku="85048").price == Decimal("7.95")
    assert Product.objects.count() == 2
    out = capsys.readouterr().out
    for line in (
        "line 7: not a product (POST POSTAGE)",
        "line 8: price is 0",
        "line 9: negative quantity without cancellation (1006 22000 -5)",
        "line 11: wrong number of cells",
    ):
        assert line in out


@pytest.mark.parametrize("batch", [1, 2, 3, 2_000])
def test_loading_sales_twice_changes_nothing_whatever_the_batch(sales_file, monkeypatch, batch):
    monkeypatch.setattr(transactions, "BATCH", batch)
    call_command("import_transactions", sales_file)
    before = shop()
    assert Order.objects.get(number="1001").total == Decimal("187.05")
    call_command("import_transactions", sales_file)
    assert shop() == before


def test_an_interrupted_run_is_completed_by_the_next(sales_file, tmp_path):
    part = tmp_path / "part.csv"
    part.write_text("\n".join(SALES.split("\n")[:3]))
    call_command("import_transactions", part)
    assert OrderLine.objects.count() == 2
    call_command("import_transactions", sales_file)
    assert OrderLine.objects.count() == 6
    assert Order.objects.get(number="1001").total == Decimal("187.05")


def test_sales_of_known_products_leave_their_facts_alone(products_file, tmp_path):
    call_command("import_products", products_file)
    path = tmp_path / "s.csv"
    path.write_text(f"{HEADER}\n1,a1,OTHER TITLE,1,2009-12-01,5,,UK\n")
    call_command("import_transactions", path)
    lamp = Product.objects.get(sku="A1")
    assert (lamp.title, lamp.price) == ("Desk Lamp", Decimal("19.95"))
    assert lamp.order_lines.get().unit_price == 5


def test_further_codes_can_be_left_out(sales_file):
    call_command("import_transactions", sales_file, non_product=["79323."])
    assert list(Product.objects.values_list("sku", flat=True)) == ["85048"]


@pytest.mark.parametrize("command", ["import_products", "import_transactions"])
def test_a_missing_file_is_a_clear_error(command, tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        call_command(command, tmp_path / "none")


def test_a_wrong_header_and_a_wrong_pattern_are_clear_errors(sales_file, tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="lacks columns"):
        call_command("import_transactions", wrong)
    with pytest.raises(CommandError, match="pattern"):
        call_command("import_transactions", sales_file, non_product=["("])


def test_an_invoice_number_of_the_shops_own_orders_is_not_touched(sales_file):
    own = Order.objects.create(number="1001", placed_at=timezone.now(), total=5)
    call_command("import_transactions", sales_file)
    own.refresh_from_db()
    assert (own.total, own.lines.count()) == (5, 0)


def test_a_prefix_keeps_files_with_overlapping_ids_apart(products_file, tmp_path):
    call_command("import_products", products_file, id_prefix="ICE-")
    path = tmp_path / "s.csv"
    path.write_text(f"{HEADER}\n1,A1,MUG,1,2009-12-01,5,,UK\n")
    call_command("import_transactions", path, id_prefix="UK-")
    assert set(Product.objects.values_list("sku", flat=True)) == {"ICE-A1", "ICE-A2", "ICE-A4", "UK-A1"}


NASTY_PRODUCTS = [
    b'{"id": "n1", "title": "nul \\u0000, half \\ud83d", "price_cents": 100, "attributes": {"a\\u0000": "b\\udc00"}}',
    b'{"id": "n2", "title": "\xf0\x9f\x94\xa5", "brand": null, "price_cents": "1,999", "attributes": {"n": 1e400}}',
    b'{"id": 3, "title": 12345, "price_cents": 99.6, "attributes": {"huge": 12345678901234567890, "no": false}}',
    b'{"id": "a b", "title": "Same title", "price_cents": 1}',
    b'{"id": "a-b", "title": "Same title", "price_cents": 1, "attributes": null}',
    b'{"id": "A-B", "title": "Same title", "price_cents": 1, "attributes": {"product type": "<i>Lamp</i>"}}',
    b'{"id": "n7", "title": "na\xefve in latin-1", "price_cents": 1}',
    b'{"id": "n8", "title": "\xe7\xba\xa2", "price_cents": 1, "attributes": {"\xe8\x89\xb2": "\xe7\xba\xa2"}}',
    b'{"id": "n9", "title": "infinite", "price_cents": Infinity}',
    b'{"id": "n10", "title": "exponent", "price_cents": 1e300}',
    b"\x00\x01\x02",
    b"",
]


def test_the_nastiest_products_are_stored_or_reported(tmp_path, capsys):
    path = tmp_path / "nasty.jsonl"
    path.write_bytes(b"\n".join(NASTY_PRODUCTS))
    call_command("import_products", path)
    assert set(Product.objects.values_list("sku", flat=True)) == {"n1", "n2", "3", "a b", "a-b", "A-B", "n7", "n8"}
    assert Product.objects.get(sku="n7").title == "naïve in latin-1"
    assert Product.objects.get(sku="n8").attributes == {"色": "红"}
    assert Product.objects.get(sku="3").price == Decimal("1.00")
    out = capsys.readouterr().out
    assert all(f"line {number}: " in out for number in (9, 10, 11))
    before = shop()
    call_command("import_products", path, update=True)
    assert shop() == before


NASTY_SALES = [
    b'1,22,"A ""quoted"" <b>title</b>, with comma",1,2010-01-01T00:00,1.5,17,UK',
    b"1,23,nul \x00 inside,1,2010-01-01T00:00,1.5,17,UK",
    b"1,24,caf\xe9,1,2010-01-01T00:00,1.5,17,UK",
    b"1,25,caf\xc3\xa9,2147483648,2010-01-01T00:00,1.5,17,UK",
    b"1,26,late,1,2999-01-01,1.5,17,UK",
    b'1,27,"never closed,1,2010-01-01,1.5,17,UK',
    b"C1,22,came back,-1,2010-01-02,1.5,17,UK",
    b"c2,22,came back,-1,2010-01-02,1.5,nan,UK",
    b"1,22," + b"x" * 200_000 + b",1,2010-01-01,1.5,17,UK",
    b"2,22,dear,1,2010-01-01,123456789012,17,UK",
]


def test_the_nastiest_sales_are_stored_or_reported(tmp_path, capsys):
    path = tmp_path / "nasty.csv"
    path.write_bytes(b"\xef\xbb\xbf" + HEADER.encode() + b"\r\n" + b"\r\n".join(NASTY_SALES))
    call_command("import_transactions", path)
    lines = list(OrderLine.objects.order_by("pk").values_list("product__sku", "title", "quantity"))
    assert lines == [
        ("22", 'A "quoted" title, with comma', 1),
        ("23", "nul inside", 1),
        ("24", "café", 1),
        ("22", "came back", -1),
        ("22", "came back", -1),
    ]
    out = capsys.readouterr().out
    assert all(f"line {number}: " in out for number in (5, 6, 7, 10, 11))
    before = shop()
    call_command("import_transactions", path)
    assert shop() == before
