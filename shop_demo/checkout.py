"""Placing and cancelling orders: one transaction, products locked in key order, stock never below zero."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from shop_demo.cart import delivery_cost
from shop_demo.models import Order, OrderLine, Product

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class CannotPlace(Exception):
    """The order cannot be placed as it stands; ``problems`` says why, in the shopper's language."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders and where it goes. A guest has no user."""

    name: str
    email: str
    address: str
    user: Any = None


@transaction.atomic
def place_order(*, quantities: Mapping[int, int], buyer: Buyer, seen_total: Decimal, token: str) -> Order:
    """Place an order for product key → quantity, or raise CannotPlace and change nothing.

    ``seen_total`` is what the shopper was shown; ``token`` names the checkout, so that a form sent twice
    makes one order.
    """
    products = _lock(quantities)
    if placed := Order.objects.filter(token=token).first():
        return placed
    _check(products, quantities, seen_total)
    order = Order.objects.create(
        number=_new_number(),
        token=token,
        user=buyer.user,
        email=buyer.email,
        name=buyer.name,
        address=buyer.address,
        delivery=delivery_cost(_goods(products, quantities)),
        total=_total(products, quantities),
        placed_at=timezone.now(),
    )
    _sell(order, products, quantities)
    return order


@transaction.atomic
def cancel_order(*, order: Order) -> bool:
    """Cancel an order that has not left the shop and put its stock back; False when it is too late for that."""
    locked = Order.objects.select_for_update().get(pk=order.pk)
    if locked.status != Order.Status.PLACED:
        return False
    lines = list(locked.lines.order_by("product_id"))
    for line in lines:
        Product.objects.filter(pk=line.product_id).update(stock=F("stock") + max(line.quantity, 0))
    locked.status = order.status = Order.Status.CANCELLED
    locked.save(update_fields=["status"])
    return True


def new_token() -> str:
    """A name for one checkout."""
    return secrets.token_urlsafe(24)


def _lock(quantities: Mapping[int, int]) -> dict[int, Product]:
    """The wanted products, their rows locked in one order for everybody, so that two checkouts never deadlock."""
    rows = Product.objects.select_for_update().filter(pk__in=quantities).order_by("pk")
    return {product.pk: product for product in rows}


def _check(products: Mapping[int, Product], quantities: Mapping[int, int], seen_total: Decimal) -> None:
    if not quantities:
        raise CannotPlace([_("Your cart is empty.")])
    problems = [text for key, n in quantities.items() if (text := _problem(products.get(key), n))]
    if not problems and _total(products, quantities) != seen_total:
        problems = [_("A price has changed since you opened this page. Please check the new total and order again.")]
    if problems:
        raise CannotPlace(problems)


def _problem(product: Product | None, wanted: int) -> str:
    if product is None:
        return _("A product in your cart is no longer sold.")
    if not product.is_active:
        return _("“%(title)s” is no longer sold.") % {"title": product.title}
    if product.stock == 0:
        return _("“%(title)s” has just sold out.") % {"title": product.title}
    if product.stock < wanted:
        return _("Only %(left)d of “%(title)s” are left.") % {"left": product.stock, "title": product.title}
    return ""


def _total(products: Mapping[int, Product], quantities: Mapping[int, int]) -> Decimal:
    goods = _goods(products, quantities)
    return goods + delivery_cost(goods)


def _goods(products: Mapping[int, Product], quantities: Mapping[int, int]) -> Decimal:
    return sum((products[key].price * n for key, n in quantities.items()), Decimal(0))


def _sell(order: Order, products: Mapping[int, Product], quantities: Mapping[int, int]) -> None:
    for key, quantity in quantities.items():
        Product.objects.filter(pk=key).update(stock=F("stock") - quantity)
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order, product=products[key], title=products[key].title, quantity=n, unit_price=products[key].price
        )
        for key, n in quantities.items()
    )


def _new_number() -> str:
    """Not to be guessed, easy to read over the telephone."""
    return f"N{timezone.now():%y%m%d}-" + "".join(secrets.choice(_LETTERS) for _i in range(6))
