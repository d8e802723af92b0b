"""Filters, sorting and pages of a department, read from the address. Unknown values are ignored, never an error."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Page, Paginator
from django.db.models import Avg, BigIntegerField, F, Func, IntegerField, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shop_demo.models import Product
from shop_demo.popularity import popular_keys

PER_PAGE = 24
SORTS = {
    "popular": _("Most popular"),
    "price": _("Price, low to high"),
    "-price": _("Price, high to low"),
    "rating": _("Best rated"),
    "new": _("Newest"),
    "title": _("Name"),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the shopper asked of a list of products."""

    sort: str = "popular"
    brands: tuple[str, ...] = ()
    in_stock: bool = False
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    attributes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether anything but the order of the list was asked for."""
        return bool(
            self.brands or self.in_stock or self.attributes or self.min_price is not None or self.max_price is not None
        )


def read_wishes(query: QueryDict) -> Wishes:
    """Wishes out of the query string: ``sort brand in_stock min max a_<attribute>``."""
    sort = query.get("sort", "")
    return Wishes(
        sort=sort if sort in SORTS else "popular",
        brands=tuple(query.getlist("brand"))[:20],
        in_stock="in_stock" in query,
        min_price=_amount(query.get("min")),
        max_price=_amount(query.get("max")),
        attributes={key[2:]: query.getlist(key)[:20] for key in list(query)[:40] if key.startswith("a_") and key[2:]},
    )


def narrow(products: QuerySet[Product], wishes: Wishes) -> QuerySet[Product]:
    """Those of the products that fit all wishes; several values of one attribute mean any of them."""
    if wishes.brands:
        products = products.filter(brand__in=wishes.brands)
    if wishes.in_stock:
        products = products.filter(stock__gt=0)
    if wishes.min_price is not None:
        products = products.filter(price__gte=wishes.min_price)
    if wishes.max_price is not None:
        products = products.filter(price__lte=wishes.max_price)
    for number, (name, values) in enumerate(wishes.attributes.items()):
        alias = f"wish_{number}"
        products = products.alias(**{alias: KeyTextTransform(name, "attributes")}).filter(**{f"{alias}__in": values})
    return products


def sort(products: QuerySet[Product], by: str) -> QuerySet[Product]:
    """In the order asked for; ties fall by title, so that pages never repeat a product."""
    if by == "popular":
        return products.alias(rank=_rank()).order_by(F("rank").asc(nulls_last=True), "title", "pk")
    if by == "rating":
        return products.alias(mean=Avg("reviews__rating")).order_by(F("mean").desc(nulls_last=True), "title", "pk")
    return products.order_by({"new": "-created_at"}.get(by, by), "title", "pk")


def page_of(products: QuerySet[Product], number: str | None, size: int = PER_PAGE) -> Page:
    """The page asked for; the nearest one when there is none of that number."""
    return Paginator(products, size).get_page(number)


def _rank() -> Func:
    """A product's place among the best sellers; null for the others."""
    keys = Value(popular_keys(), output_field=ArrayField(BigIntegerField()))
    return Func(keys, F("pk"), function="array_position", output_field=IntegerField())


def _amount(text: str | None) -> Decimal | None:
    try:
        amount = Decimal((text or "").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < 10**8 else None
