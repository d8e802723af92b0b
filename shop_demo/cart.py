"""The shopping cart: product keys and quantities in the session. Holds no prices and reserves no stock."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from shop_demo.models import Product

MAX_QUANTITY = 20
DELIVERY_COST = Decimal("4.90")
FREE_DELIVERY_FROM = Decimal("49.00")
_KEY = "shop_cart"


@dataclass(frozen=True, slots=True)
class CartLine:
    """A product in the cart as the shop would sell it now."""

    product: Product
    quantity: int

    @property
    def total(self) -> Decimal:
        return self.product.price * self.quantity

    @property
    def is_gone(self) -> bool:
        """Sold out or taken off the shelf."""
        return not self.product.is_active or self.product.stock == 0

    @property
    def is_short(self) -> bool:
        """There is some left, but fewer than wanted."""
        return not self.is_gone and self.product.stock < self.quantity

    @property
    def choices(self) -> range:
        """Quantities that may be chosen now; the present one is always among them."""
        return range(1, max(min(self.product.stock, MAX_QUANTITY), self.quantity) + 1)


def delivery_cost(goods: Decimal) -> Decimal:
    """Standard delivery, as the shop's delivery policy states it."""
    return DELIVERY_COST if 0 < goods < FREE_DELIVERY_FROM else Decimal(0)


class Cart:
    """The cart of one session. Quantities stay between 1 and MAX_QUANTITY."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        self._wanted: dict[str, int] = session.get(_KEY, {})
        self._lines: list[CartLine] | None = None

    def __iter__(self) -> Iterator[CartLine]:
        return iter(self.lines)

    def __len__(self) -> int:
        return sum(self._wanted.values())

    def __bool__(self) -> bool:
        return bool(self._wanted)

    @property
    def lines(self) -> list[CartLine]:
        """Lines in the order they were put in; products that no longer exist are dropped."""
        if self._lines is None:
            found = {str(p.pk): p for p in Product.objects.filter(pk__in=self._wanted).select_related("department")}
            self._lines = [CartLine(found[key], n) for key, n in self._wanted.items() if key in found]
        return self._lines

    @property
    def goods(self) -> Decimal:
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def delivery(self) -> Decimal:
        return delivery_cost(self.goods)

    @property
    def total(self) -> Decimal:
        return self.goods + self.delivery

    @property
    def missing_for_free_delivery(self) -> Decimal:
        return max(FREE_DELIVERY_FROM - self.goods, Decimal(0))

    @property
    def has_problem(self) -> bool:
        return any(line.is_gone or line.is_short for line in self.lines)

    def quantity_of(self, product: Product) -> int:
        return self._wanted.get(str(product.pk), 0)

    def put(self, product: Product, quantity: int) -> int:
        """Want so many of a product, no more than there are; returns the quantity now in the cart."""
        allowed = max(0, min(quantity, product.stock, MAX_QUANTITY))
        self._wanted.pop(str(product.pk), None) if not allowed else self._wanted.update({str(product.pk): allowed})
        self._save()
        return allowed

    def fit(self) -> None:
        """Drop what is gone and lower quantities to what there is."""
        for line in self.lines:
            if line.is_gone or line.is_short:
                self.put(line.product, 0 if line.is_gone else line.quantity)

    def clear(self) -> None:
        self._wanted = {}
        self._save()

    def as_quantities(self) -> dict[int, int]:
        return {line.product.pk: line.quantity for line in self.lines}

    def _save(self) -> None:
        self.session[_KEY] = self._wanted
        self._lines = None


def cart_of(request: Any) -> Cart:
    """The request's cart, read once a request."""
    if not hasattr(request, "shop_cart"):
        request.shop_cart = Cart(request.session)
    return request.shop_cart
