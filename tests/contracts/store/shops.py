"""How the store contracts make rows in whichever shop is installed. Says nothing about what they check."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from django.conf import settings


class Shop(Protocol):
    """Makes rows of one shop in the words of any shop."""

    def product(self, title: str, **given: Any) -> Any:
        """Keywords: price, brand, category, stock, visible, attributes, text."""

    def customer(self, email: str, *, may_contact: bool = False) -> Any: ...

    def order(self, customer: Any, lines: list[tuple[Any, int]], when: datetime, *, counts: bool = True) -> None: ...

    def passage(self, title: str, text: str) -> None: ...

    def hide_in_bulk(self, *products: Any) -> None: ...

    def sell_out_in_bulk(self, *products: Any) -> None: ...

    def reprice_in_bulk(self, price: Decimal, *products: Any) -> None: ...


def installed_shop() -> Shop:
    """The maker for the shop that the settings install."""
    if settings.RETAIL_AI_PRODUCT_MODEL == "alt_store.Article":
        from tests.alt_store.maker import AltShop

        return AltShop()
    if settings.RETAIL_AI_PRODUCT_MODEL == "catalogue.Product":
        from tests.oscar_store.maker import OscarShop

        return OscarShop()
    from tests.shop_demo.maker import DemoShop

    return DemoShop()
