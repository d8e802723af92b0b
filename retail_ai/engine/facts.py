"""The values that cross from a shop into the engine: frozen, plain, with no ORM row in them. Nothing here computes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

ProductKey = int | str | UUID
CustomerKey = int | str | UUID


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217 code)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """One catalogue fact: ``Attribute("battery capacity", "3240", "mAh")``; unit is empty when there is none."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """All that the shop states of one product, as text and numbers. ``category`` is the path, root first."""

    key: ProductKey
    title: str
    sku: str = ""
    description: str = ""
    category: tuple[str, ...] = ()
    brand: str = ""
    price: Money | None = None
    attributes: tuple[Attribute, ...] = ()
    review_gist: str = ""
    rating: float | None = None
    review_count: int = 0
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the shop would sell a product for at this moment. ``stock`` is None where the shop counts none."""

    key: ProductKey
    price: Money | None
    stock: int | None
    visible: bool

    @property
    def sellable(self) -> bool:
        return self.visible and (self.stock is None or self.stock > 0)


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line of a placed order, or of a return (``is_return``); quantity is always positive."""

    order: str
    product: ProductKey
    quantity: int
    unit_price: Decimal
    occurred_at: datetime
    customer: CustomerKey | None = None
    is_return: bool = False


@dataclass(frozen=True, slots=True)
class PurchaseTerms:
    """On what terms a shop buys a product. Empty or None: not stated. Times are in days; ``currency`` is an ISO code,
    the shop's own when empty."""

    product: ProductKey
    supplier: str = ""
    unit_cost: Decimal | None = None
    currency: str = ""
    lead_time_days: float | None = None
    lead_time_sd: float | None = None
    minimum_order: int = 1
    pack_size: int = 1
    article: str = ""


@dataclass(frozen=True, slots=True)
class Promotion:
    """Days, both included, on which a product is or will be sold cheaper or pushed; ``discount`` is a share of the
    price. ``product`` None: the whole shop."""

    product: ProductKey | None
    first_day: date
    last_day: date
    discount: float = 0.0


InteractionKind = Literal["view", "search", "cart", "purchase", "rating"]


@dataclass(frozen=True, slots=True)
class Interaction:
    """One thing a person did, as the shop logged it. Either ``customer`` or ``visitor`` says who."""

    kind: InteractionKind
    occurred_at: datetime
    product: ProductKey | None = None
    customer: CustomerKey | None = None
    visitor: str = ""
    query: str = ""
    quantity: int = 1
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the shop's own policy, FAQ or help text, with where a reader finds it."""

    id: str
    title: str
    text: str
    url: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """What a customer may be told of one of their own orders. ``lines`` are (title, quantity)."""

    number: str
    status: str
    placed_at: datetime
    total: Money
    lines: tuple[tuple[str, int], ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How a customer may be reached. Only ever made for customers who may be contacted."""

    customer: CustomerKey
    email: str
    name: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """A shopper's hard limits, in the shop's own terms; empty means no limit. Prices in the shop's currency."""

    in_stock: bool = True
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    categories: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    exclude: tuple[ProductKey, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
