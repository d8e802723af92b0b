"""A small shop for the descriptions room's tests."""

from decimal import Decimal
from typing import Any

import pytest

from shop_demo.models import Department, Product


@pytest.fixture
def rucksack(db: None) -> Product:
    department = Department.objects.create(slug="rucksacks", name="Rucksacks")
    return Product.objects.create(
        sku="R1",
        slug="trail-45",
        title="Trail 45 Rucksack",
        brand="Northpeak",
        department=department,
        price=Decimal("89.00"),
        description="The shop's own old text.",
        attributes={
            "colour": "forest green",
            "material": "recycled ripstop nylon",
            "weight": "1.2 kg",
            "volume": "45 l",
            "rain cover": "yes",
            "waterproof": "no",
        },
    )


@pytest.fixture
def boss(django_user_model: Any) -> Any:
    return django_user_model.objects.create_superuser("boss", "boss@example.com", "secret-1")
