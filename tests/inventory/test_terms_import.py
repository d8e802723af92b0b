"""Suppliers' terms from files and from the shop: bad rows by line, the rest done."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from retail_ai.engine.facts import PurchaseTerms
from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import Supplier, SupplierPolicy
from retail_ai.inventory.term_import import import_file, import_from_shop
from tests.inventory.shop import SETTINGS, SalesStore, make_product

pytestmark = pytest.mark.django_db
NAN = float("nan")
IMPORT = "/admin/retail_ai/supplierpolicy/import/"


@pytest.fixture(autouse=True)
def products(settings):
    settings.RETAIL_AI = SETTINGS
    return make_product("Mug"), make_product("Kettle")


def test_good_rows_are_saved_and_bad_ones_told_by_line(products):
    report = import_file(
        b"sku,supplier,cost,lead_time_days,minimum_order,pack_size,currency\n"
        b"mug,Acme,3.50,10,12,6,usd\n"
        b"nothing-like-it,Acme,1,1,1,1,\n"
        b"kettle,Acme,cheap,1,1,1,\n"
        b"kettle,Acme,2,99999,1,1,\n"
        b"kettle,Acme,-2,5,1,1,\n"
        b"kettle,Acme,2,5,0,1,EURO\n"
        b"kettle,Acme,2,5,1,1,EUR,extra\n"
        b",Elsewhere,,21,,,\n"
    )
    assert (report.saved, report.unchanged) == (2, 0)
    assert [line for line, _why in report.problems] == [3, 4, 5, 6, 7, 8]
    assert "no product" in report.problems[0][1] and "“cheap” is no number" in report.problems[1][1]
    assert "lead_time_days" in report.problems[2][1] and "unit_cost" in report.problems[3][1]
    mug = SupplierPolicy.objects.get(product=products[0])
    assert (mug.supplier.name, mug.unit_cost, mug.currency, mug.pack_size) == ("Acme", Decimal("3.50"), "USD", 6)
    rest = SupplierPolicy.objects.get(product=None)
    assert (rest.supplier.name, rest.lead_time_days) == ("Elsewhere", 21)


def test_again_changes_nothing_and_an_empty_cell_leaves_what_stood(products):
    import_file(b"sku,cost,article\nmug,3,A-1\n")
    assert import_file(b"sku,cost,article\nmug,3.00,A-1\n").unchanged == 1
    import_file(b"sku,cost,article\nmug,4,\n")
    row = SupplierPolicy.objects.get(product=products[0])
    assert (row.unit_cost, row.article, SupplierPolicy.objects.count()) == (4, "A-1", 1)


@pytest.mark.parametrize("data", [b"", b"name,price\nmug,3\n", b"\x00\x01\x02", "号,价\n".encode("utf-16")])
def test_what_is_no_table_of_terms_is_refused_whole(data):
    with pytest.raises(InvalidInput, match="sku"):
        import_file(data)
    assert not SupplierPolicy.objects.exists()


def test_marks_encodings_and_a_file_twice_over_one_product(products):
    for text in ("\ufeffSKU ,Supplier\nmug,Müller\n".encode(), "sku,supplier\nmug,Müller\n".encode("cp1252")):
        assert not import_file(text).problems
    assert Supplier.objects.get().name == "Müller"
    assert import_file(b"sku,cost\nmug,1\nmug,2\n").saved == 2
    assert SupplierPolicy.objects.get().unit_cost == 2


def test_a_file_with_semicolons_and_decimal_commas(products):
    report = import_file(b"sku;supplier;cost;service_level\nmug;Acme, Ltd;3,50;0,95\nkettle;Acme, Ltd;1,000;\n")
    assert (report.saved, [line for line, _why in report.problems]) == (1, [3])
    mug = SupplierPolicy.objects.get()
    assert (mug.supplier.name, mug.unit_cost, mug.service_level) == ("Acme, Ltd", Decimal("3.50"), 0.95)


def test_what_is_no_number_is_no_term_wherever_it_comes_from(products, monkeypatch):
    rows = [PurchaseTerms(products[0].pk, "Acme", Decimal("NaN")), PurchaseTerms(products[1].pk, "", None, "", NAN)]
    monkeypatch.setattr(SalesStore, "purchase_terms", lambda self: iter(rows))
    reports = import_file(b"sku,lead_time_days\nmug,nan\n"), import_from_shop()
    assert [(report.saved, len(report.problems)) for report in reports] == [(0, 1), (0, 2)]
    assert not SupplierPolicy.objects.exists()


def test_the_shops_own_terms_do_not_overwrite_what_was_typed(products, monkeypatch):
    mug, kettle = products
    SupplierPolicy.objects.create(product=mug, unit_cost=9)
    rows = [
        PurchaseTerms(mug.pk, "Acme", Decimal(1)),
        PurchaseTerms(kettle.pk, "Acme", Decimal(2), lead_time_days=-4),
        PurchaseTerms(kettle.pk, "Acme", Decimal(2), lead_time_days=4),
    ]
    monkeypatch.setattr(SalesStore, "purchase_terms", lambda self: iter(rows))
    report = import_from_shop()
    assert (report.saved, report.unchanged, [line for line, _ in report.problems]) == (1, 1, [2])
    assert SupplierPolicy.objects.get(product=mug).unit_cost == 9
    assert SupplierPolicy.objects.get(product=kettle).lead_time_days == 4


def test_the_page_and_the_command(admin_client, tmp_path, capsys):
    file = SimpleUploadedFile("terms.csv", b"sku,cost\nmug,3\n<b>x</b>,1\n")
    page = admin_client.post(IMPORT, {"file": file}).content.decode()
    assert "1 rows saved" in page and "&lt;b&gt;x&lt;/b&gt;: no product" in page
    assert "Choose a file." in admin_client.post(IMPORT, {}, follow=True).content.decode()
    path = tmp_path / "terms.csv"
    path.write_bytes(b"sku,cost\nkettle,3\nx,1\n")
    call_command("retail_ai_suppliers", str(path))
    assert "1 rows saved, 0 left as they were, 1 not understood." in capsys.readouterr().out


def test_without_permission_nothing_is_imported(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("staff", password="pw", is_staff=True))
    assert client.post(IMPORT, {"file": SimpleUploadedFile("t.csv", b"sku,cost\nmug,3\n")}).status_code == 403
    assert not SupplierPolicy.objects.exists()
