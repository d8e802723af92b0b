"""Filters, order and pages of departments."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from shop_demo.facets import brands_of, facets_of
from shop_demo.listing import narrow, read_wishes, sort
from shop_demo.models import Department, Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(make_product):
    make_product("Alpha", brand="Halden", price=Decimal(300), attributes={"storage": "128 GB", "nfc": True})
    make_product("Beta", brand="Kestrel", price=Decimal(100), stock=0, attributes={"storage": "64 GB"})
    make_product("Gamma", brand="Kestrel", price=Decimal(200), attributes={"storage": "128 GB"})
    make_product("Delta", brand="Kestrel", price=Decimal(250), attributes={"storage": "64 GB"})
    return Product.objects.all()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", "Alpha Beta Delta Gamma"),
        ("sort=price", "Beta Gamma Delta Alpha"),
        ("sort=-price", "Alpha Delta Gamma Beta"),
        ("sort=nonsense", "Alpha Beta Delta Gamma"),
        ("brand=Kestrel&in_stock=1", "Delta Gamma"),
        ("min=150&max=250", "Delta Gamma"),
        ("min=x&max=", "Alpha Beta Delta Gamma"),
        ("a_storage=128 GB", "Alpha Gamma"),
        ("a_storage=128 GB&a_storage=64 GB&brand=Halden", "Alpha"),
        ("a_nfc=true", "Alpha"),
        ("a_')) --=x", ""),
    ],
)
def test_wishes(shelf, query, titles):
    wishes = read_wishes(QueryDict(query))
    assert " ".join(p.title for p in sort(narrow(shelf, wishes), wishes.sort)) == titles


def test_facets_are_attributes_that_tell_products_apart(shelf, phones):
    (facet,) = facets_of([phones.pk])
    assert (facet.name, facet.values) == ("storage", (("64 GB", 2), ("128 GB", 2)))
    assert brands_of([phones.pk]) == [("Halden", 1), ("Kestrel", 3)]


def test_pages_keep_the_filters(client, make_product):
    for number in range(30):
        make_product(f"Phone {number:02d}")
    page = client.get("/departments/phones/?brand=Halden&sort=price").content.decode()
    assert "brand=Halden&amp;sort=price&amp;page=2" in page
    assert client.get("/departments/phones/?page=999").context["page"].number == 2


def test_a_department_with_very_many_below_folds_the_small_ones(client, make_product, phones):
    for number in range(25):
        small = Department.objects.create(slug=f"small-{number}", name=f"Small {number}", parent=phones.parent)
        make_product(f"Thing {number}", department=small)
    make_product("One")
    make_product("Two")
    page = client.get("/departments/phones/")
    assert page.context["shelf"].largest[0].department == phones and len(page.context["shelf"].others) == 6
    assert "6 more departments" in page.content.decode()


def test_nothing_fits(client, shelf):
    assert "Nothing here fits" in client.get("/departments/phones/?min=9000").content.decode()
    assert client.get("/departments/nothing/").status_code == 404
