"""A small shop to test in: a phone, a case that is running out, a hidden thing, a customer."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache

from shop_demo.models import Department, Product, Profile


@pytest.fixture(autouse=True)
def fresh_cache():
    """Facets and rankings are kept for minutes; each test has its own shop."""
    cache.clear()


@pytest.fixture
def phones(db):
    top = Department.objects.create(slug="phones", name="Phones", name_zh="手机")
    return Department.objects.create(slug="smartphones", name="Smartphones", name_zh="智能手机", parent=top)


@pytest.fixture
def make_product(phones):
    def make(title="Halden One", **fields):
        slug = title.lower().replace(" ", "-")
        defaults = {
            "sku": slug, "slug": slug, "brand": "Halden", "department": phones, "price": Decimal("100.00"), "stock": 5,
            "attributes": {"colour": "black", "storage": "128 GB"},
        }  # fmt: skip
        return Product.objects.create(title=title, **{**defaults, **fields})

    return make


@pytest.fixture
def phone(make_product):
    return make_product()


@pytest.fixture
def customer(db):
    user = User.objects.create_user("ada@example.com", "ada@example.com", "long-secret-1", first_name="Ada Byron")
    Profile.objects.create(user=user)
    return user
