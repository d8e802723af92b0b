"""What the preview page shows: products and customers found by a word, and the slates of the one picked."""

from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q

from retail_ai.recommendations.selectors import recommend, slate_title
from retail_ai.stores import get_store
from retail_ai.stores.users import user_search_fields

FOUND = 12
FOR_PRODUCT = ("similar", "bought_together")
FOR_CUSTOMER = ("for_you", "buy_again", "new_for_you", "because_you_searched", "recently_viewed")
FOR_ALL = ("popular", "trending")


class Preview(NamedTuple):
    """A slate as shoppers see it: what stands above it, and what is in it."""

    title: str
    shown: list[Any]


def find_products(words: str) -> list[dict[str, Any]]:
    """Products whose title holds the words."""
    if not words.strip():
        return []
    store = get_store()
    products = store.products().filter(**{f"{store.title_field}__icontains": words.strip()})[:FOUND]
    return [{"key": product.pk, "title": store.facts(product).title} for product in products]


def find_customers(words: str) -> list[dict[str, Any]]:
    """Customers whose login name or address holds the words."""
    if not words.strip():
        return []
    model = get_user_model()
    wanted = Q()
    for name in user_search_fields():
        wanted |= Q(**{f"{name}__icontains": words.strip()})
    return [
        {"key": user.pk, "title": str(user)} for user in model._default_manager.filter(wanted).order_by("pk")[:FOUND]
    ]


def picked_product(key: str) -> Any:
    """The product of a key as a URL has it; None for none."""
    return _get(get_store().products(), key) if key else None


def picked_customer(key: str) -> Any:
    """The customer of a key as a URL has it; None for none."""
    return _get(get_user_model()._default_manager.all(), key) if key else None


def slates_for(*, product: str, customer: str) -> dict[str, Any]:
    """``picked`` and its ``slates``; with nothing picked, what everybody is shown."""
    if (row := picked_product(product)) is not None:
        slates = {name: _preview(name, product=row) for name in FOR_PRODUCT}
        return {"picked": get_store().facts(row).title, "slates": slates}
    if (row := picked_customer(customer)) is not None:
        return {"picked": str(row), "slates": {name: _preview(name, customer=row) for name in FOR_CUSTOMER}}
    return {"picked": "", "slates": {name: _preview(name) for name in FOR_ALL}}


def _preview(slate: str, **who: Any) -> Preview:
    shown = recommend(slate=slate, **who)
    return Preview(slate_title(slate, shown), shown)


def _get(rows: Any, key: str) -> Any:
    try:
        return rows.filter(pk=rows.model._meta.pk.to_python(key)).first()
    except (ValidationError, ValueError):
        return None
