"""Reads what a person hid and what they do not want used."""

from typing import Any

from django.db.models import Model

from retail_ai.privacy.registry import Person
from retail_ai.recommendations.models import HiddenProduct, UnusedProduct
from retail_ai.stores import get_store

MOST = 200


def marked_products(*, customer: Any = None, visitor: str = "") -> dict[str, list[dict[str, Any]]]:
    """``hidden`` and ``unused``: products as {product, title, url}, the newest first."""
    person = Person(customer=customer, visitor=visitor)
    return {"hidden": _products(person, HiddenProduct), "unused": _products(person, UnusedProduct)}


def _products(person: Person, model: type[Model]) -> list[dict[str, Any]]:
    store = get_store()
    keys = list(person.rows(model).order_by("-created_at").values_list("product_id", flat=True)[:MOST])
    rows = {row.pk: row for row in store.visible().filter(pk__in=keys)}
    return [
        {"product": rows[key], "title": store.title(rows[key]), "url": store.product_url(rows[key])}
        for key in keys
        if key in rows
    ]
