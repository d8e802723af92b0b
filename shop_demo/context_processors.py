"""What every page of the shop shows: departments and the cart. Both are read only when a template asks."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from shop_demo.cart import cart_of
from shop_demo.departments import shelves_of


def shop(request: HttpRequest) -> dict[str, Any]:
    """``shelves`` and ``cart`` for the header, plus the shop's name."""
    return {
        "shelves": SimpleLazyObject(lambda: shelves_of(request)),
        "cart": SimpleLazyObject(lambda: cart_of(request)),
        "shop_name": "Northwind",
    }
