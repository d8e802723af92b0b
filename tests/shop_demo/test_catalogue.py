"""The catalogue's tables and their loader, on the real files and a real database."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils.text import slugify

from shop_demo.catalogue.loading import load_catalogue
from shop_demo.catalogue.tables import read_departments, read_help, read_products
from shop_demo.models import Department, HelpPage, Product


def test_there_are_300_products_in_10_departments_with_6_attributes_each():
    products, departments = read_products(), read_departments()
    parents = {d.slug: d.parent for d in departments}
    assert len(products) >= 300
    assert len({parents[p.department] for p in products}) >= 10
    assert all(len(p.attributes) >= 6 for p in products)
    assert all(d.name and d.name_zh for d in departments)
    assert {p.department for p in products} <= {d.slug for d in departments if d.parent}


def test_numbers_slugs_and_titles_are_unique_and_facts_are_plausible():
    products = read_products()
    for values in ([p.sku for p in products], [slugify(p.title) for p in products]):
        assert len(set(values)) == len(values)
    assert all(p.brand and p.price >= 1 and "|" not in p.title for p in products)
    assert all(value and len(value) < 120 for p in products for value in p.attributes.values())
    assert 50 < sum(not p.description for p in products) < len(products)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Apple iPhone 13 128 GB Midnight",
            {
                "display size": "6.1 in",
                "battery capacity": "3240 mAh",
                "weight": "174 g",
                "processor": "Apple A15 Bionic",
            },
        ),
        (
            "Samsung Galaxy S21 5G 128 GB Phantom Gray",
            {"display size": "6.2 in", "battery capacity": "4000 mAh", "weight": "169 g", "processor": "Exynos 2100"},
        ),
        (
            "OnePlus 9 Pro 256 GB Morning Mist",
            {
                "display size": "6.7 in",
                "battery capacity": "4500 mAh",
                "weight": "197 g",
                "processor": "Snapdragon 888",
            },
        ),
        (
            "Google Pixel 6 128 GB Stormy Black",
            {
                "display size": "6.4 in",
                "battery capacity": "4614 mAh",
                "weight": "207 g",
                "processor": "Google Tensor",
            },
        ),
    ],
)
def test_phones_have_their_published_specifications(title, expected):
    phone = next(p for p in read_products() if p.title == title)
    assert expected.items() <= phone.attributes.items()


def test_at_least_12_smartphones_and_no_attribute_ends_in_a_bare_number_where_a_unit_belongs():
    phones = [p for p in read_products() if p.department == "smartphones"]
    assert len(phones) >= 12
    for phone in phones:
        for name in ("display size", "weight", "memory", "storage"):
            assert re.search(r"\d ?[a-zA-Z]+$", phone.attributes[name])


def test_help_pages_come_in_both_languages():
    pages = read_help()
    kinds = Counter((p.kind, p.language) for p in pages)
    assert kinds["policy", "en"] >= 5
    assert kinds["faq", "en"] >= 25
    english, chinese = ({(p.kind, p.slug) for p in pages if p.language == code} for code in ("en", "zh-hans"))
    assert english == chinese
    assert all(p.title and len(p.body) > 10 for p in pages)


def test_the_two_languages_state_the_same_figures():
    bodies = {(p.slug, p.language): p.body for p in read_help()}
    for slug in {slug for slug, _ in bodies}:
        english, chinese = (set(re.findall(r"\d+\.\d\d", bodies[slug, code])) for code in ("en", "zh-hans"))
        assert english == chinese, slug


@pytest.mark.django_db
def test_loading_twice_changes_nothing():
    made = load_catalogue()
    before = list(Product.objects.order_by("pk").values())
    assert made["products"] == len(before) == Product.objects.count()
    assert not +load_catalogue()
    assert list(Product.objects.order_by("pk").values()) == before
    assert HelpPage.objects.count() == made["help pages"]
    assert Department.objects.get(slug="smartphones").path == ("Phones", "Smartphones")


@pytest.mark.django_db
def test_staffs_work_survives_a_refresh_and_facts_come_back():
    load_catalogue()
    phone = Product.objects.get(title__startswith="Apple iPhone 13 128")
    right = phone.price
    Product.objects.filter(pk=phone.pk).update(description="Written by staff.", stock=3, price=Decimal("1.00"))
    load_catalogue()
    phone.refresh_from_db()
    assert phone.price == Decimal("1.00")
    assert load_catalogue(refresh=True)["refreshed"] == 1
    phone.refresh_from_db()
    assert (phone.price, phone.description, phone.stock) == (right, "Written by staff.", 3)


@pytest.mark.django_db
def test_the_command_says_what_it_made(capsys):
    call_command("load_demo_catalogue")
    assert "products" in capsys.readouterr().out
    call_command("load_demo_catalogue")
    assert "nothing new" in capsys.readouterr().out
