"""The door to the host shop. A shop subclasses StoreAdapter, names its fields and overrides what differs.

Nothing outside a shop's adapter knows the shop's field names. Visibility, price and stock are asked of the shop
each time, never of a copy: a bulk ``update()`` in the shop fires no signal.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import IO, Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet

from retail_ai.engine.facts import (
    Attribute,
    Contact,
    CustomerKey,
    Interaction,
    Money,
    Offer,
    OrderSummary,
    Passage,
    ProductFacts,
    ProductFilter,
    ProductKey,
    Promotion,
    PurchaseTerms,
    SaleLine,
)
from retail_ai.stores.values import any_of, plain, value_at


class StoreAdapter:
    """Working defaults over a product model whose field names are given by the ``*_field`` attributes.

    A field attribute may be a lookup path (``brand__name``) or None where the shop has no such thing.
    """

    currency: ClassVar[str] = "EUR"
    # ISO 3166 code ("GB", "CN") whose public holidays forecasts heed; None: none.
    country: ClassVar[str | None] = None
    title_field: ClassVar[str] = "title"
    sku_field: ClassVar[str | None] = None
    description_field: ClassVar[str | None] = "description"
    brand_field: ClassVar[str | None] = None
    price_field: ClassVar[str | None] = "price"
    stock_field: ClassVar[str | None] = None
    visible_field: ClassVar[str | None] = None
    category_field: ClassVar[str | None] = None
    attributes_field: ClassVar[str | None] = None
    # When a product came into the shop: a field of date and time, for the slate of new products.
    created_field: ClassVar[str | None] = None
    rates: ClassVar[Mapping[str, Decimal]] = {}
    select_related: ClassVar[tuple[str, ...]] = ()
    # What a product in a slate needs of its row, such as ("title", "slug", "price", "brand__name"): long texts and the
    # like then stay in the database until something asks for them. Empty: the whole row.
    card_fields: ClassVar[tuple[str, ...]] = ()

    # -- products -------------------------------------------------------------------------------------------
    @cached_property
    def product_model(self) -> type[Model]:
        return apps.get_model(settings.RETAIL_AI_PRODUCT_MODEL)

    def products(self) -> QuerySet[Any]:
        """Every product worth indexing, whether or not it can be bought now."""
        return self.product_model._default_manager.all().select_related(*self.select_related)

    def visible(self) -> QuerySet[Any]:
        """Products that a shopper may see now."""
        products = self.products()
        return products.filter(**{self.visible_field: True}) if self.visible_field else products

    def sellable(self) -> QuerySet[Any]:
        """Products that a shopper may see and buy now."""
        products = self.visible()
        return products.filter(**{f"{self.stock_field}__gt": 0}) if self.stock_field else products

    def narrow(self, limits: ProductFilter) -> QuerySet[Any]:
        """Visible products within a shopper's limits, decided by the shop's own rows at this moment."""
        products = self.sellable() if limits.in_stock else self.visible()
        if self.price_field and limits.min_price is not None:
            products = products.filter(**{f"{self.price_field}__gte": limits.min_price})
        if self.price_field and limits.max_price is not None:
            products = products.filter(**{f"{self.price_field}__lte": limits.max_price})
        if limits.brands and self.brand_field:
            products = products.filter(any_of(self.brand_field, limits.brands))
        if limits.categories and self.category_field:
            products = products.filter(any_of(self.category_field, limits.categories))
        if self.attributes_field:
            for name, value in limits.attributes.items():
                products = products.filter(**{f"{self.attributes_field}__{name}": value})
        return products.exclude(pk__in=limits.exclude) if limits.exclude else products

    def in_category(self, products: QuerySet[Any], name: str) -> QuerySet[Any]:
        """Those of the products that are in the category of that name."""
        return products.filter(**{f"{self.category_field}__iexact": name}) if self.category_field else products

    def facts(self, product: Any) -> ProductFacts:
        """What the shop states of one product (an instance out of ``products()``)."""
        return ProductFacts(
            key=product.pk,
            title=str(self._get(product, self.title_field) or ""),
            sku=str(self._get(product, self.sku_field) or ""),
            description=str(self._get(product, self.description_field) or ""),
            category=self.category_path(product),
            brand=str(self._get(product, self.brand_field) or ""),
            price=self.price(product),
            attributes=tuple(self.attributes(product)),
        )

    def title(self, product: Any) -> str:
        """What the shop calls a product: the title of its ``facts``, without gathering the rest of them."""
        if type(self).facts is not StoreAdapter.facts:
            return self.facts(product).title
        return str(self._get(product, self.title_field) or "")

    def category_path(self, product: Any) -> tuple[str, ...]:
        """Names from the root category down to the product's own."""
        name = self._get(product, self.category_field)
        return (str(name),) if name else ()

    def attributes(self, product: Any) -> Iterator[Attribute]:
        """The product's attributes; the default reads a mapping of name to value."""
        for name, value in (self._get(product, self.attributes_field) or {}).items():
            if value is not None and value != "":
                yield Attribute(str(name), plain(value))

    def other_names(self) -> Iterator[tuple[str, str, str]]:
        """("category" or "brand", its name, what else it is called): names in the shop's other languages."""
        return iter(())

    def exchange_rates(self) -> Mapping[str, Decimal]:
        """What one unit of other currencies (ISO 4217) is in the shop's own, for prices that shoppers name in them."""
        return self.rates

    def review_gists(self, keys: Iterable[ProductKey]) -> dict[ProductKey, tuple[str, float, int]]:
        """For products with reviews: (a line or two of what reviewers say, mean rating, number of reviews)."""
        return {}

    def offers(self, keys: Iterable[ProductKey]) -> dict[ProductKey, Offer]:
        """Price, stock and visibility of each product at this moment; unknown keys are left out."""
        products = {p.pk: p for p in self.products().filter(pk__in=list(keys))}
        return {
            key: Offer(
                key=key,
                price=self.price(product),
                stock=self._get(product, self.stock_field) if self.stock_field else None,
                visible=self.is_visible(product),
            )
            for key, product in products.items()
        }

    def price(self, product: Any) -> Money | None:
        """What one product costs now."""
        amount = self._get(product, self.price_field)
        return None if amount is None else Money(Decimal(amount), self.currency)

    def is_visible(self, product: Any) -> bool:
        """Whether shoppers may see one product now; says the same as ``visible()``."""
        return bool(self._get(product, self.visible_field)) if self.visible_field else True

    def product_url(self, product: Any) -> str:
        """Where a shopper sees the product."""
        return str(product.get_absolute_url()) if hasattr(product, "get_absolute_url") else ""

    def image_url(self, product: Any) -> str:
        """A picture of the product; empty when there is none."""
        return ""

    def cart_of(self, request: Any) -> list[ProductKey]:
        """Keys of the products in the cart of a request, the newest last. Default: the shop's cart is not known."""
        return []

    def save_related(self, product: Any, kind: str, related: list[Any]) -> int:
        """Keep these products, best first, as related to ``product`` in the shop's own tables, in place of those kept
        so before; ``kind``: similar or together. Rows that people made stay as they are. How many were written."""
        raise NotImplementedError

    def image_file(self, product: Any) -> IO[bytes] | Path | None:
        """The product's main picture, to be looked at by an image embedder; None when there is none."""
        return None

    # -- what happened --------------------------------------------------------------------------------------
    def sale_lines(self, since: datetime | None = None) -> Iterator[SaleLine]:
        """Lines of orders that count as sold, oldest first, optionally from a moment on."""
        return iter(())

    def interactions(self, since: datetime | None = None) -> Iterator[Interaction]:
        """Views, searches and the like from the shop's own logs, for a back-fill. Purchases are sale lines."""
        return iter(())

    def stock_outs(self, since: date | None = None) -> Iterator[tuple[ProductKey, date, date]]:
        """(product, first day, last day) of each span that the shop knows a product was out of stock."""
        return iter(())

    def promotions(self, since: date | None = None) -> Iterator[Promotion]:
        """Reductions and campaigns, past ones and those planned."""
        return iter(())

    def closed_days(self, first: date, last: date) -> Iterator[date]:
        """Days on which nothing could be bought in the whole shop, beyond weekdays on which it never opens."""
        return iter(())

    def sold_as(self) -> Mapping[ProductKey, Sequence[tuple[ProductKey, float]]]:
        """What a sale of a product takes from stock where that is not the product itself: a kit's components with
        how many of each, a variant's parent."""
        return {}

    def offered_since(self, keys: Iterable[ProductKey]) -> dict[ProductKey, date]:
        """Since when each product can be bought, where the shop knows it: tells a new product from an unsold one."""
        return {}

    # -- what is bought in ----------------------------------------------------------------------------------
    def purchase_terms(self) -> Iterator[PurchaseTerms]:
        """On what terms the shop buys its products, where it keeps that itself."""
        return iter(())

    def book_in(self, units: Mapping[ProductKey, int]) -> bool:
        """Add what a supplier delivered to the shop's stock (less than 0 takes back a mistake). False: the shop
        books deliveries itself."""
        return False

    # -- words the shop stands behind -----------------------------------------------------------------------
    def passages(self) -> Iterator[Passage]:
        """Policies, FAQ and help texts that answers may be taken from."""
        return iter(())

    def read_text(self, product: Any, field: str, language: str) -> str:
        """The text now live in a field: ``description``, ``short_description``, ``seo_title``…"""
        return str(self._get(product, self.text_field(field)) or "")

    def write_text(self, product: Any, field: str, language: str, text: str) -> None:
        """Put a reviewed text live."""
        name = self.text_field(field)
        setattr(product, name, self.stored_text(field, text))
        product.save(update_fields=[name])

    def stored_text(self, field: str, text: str) -> str:
        """A plain text as the shop's field holds it: a shop whose pages show HTML as it is escapes it here."""
        return text

    def restore_text(self, product: Any, field: str, language: str, text: str) -> None:
        """Put back words of the shop's own, as ``read_text`` gave them."""
        self.write_text(product, field, language, text)

    def text_field(self, field: str) -> str:
        """The shop's field name for one of the app's kinds of text."""
        return (self.description_field or field) if field == "description" else field

    # -- people ---------------------------------------------------------------------------------------------
    def orders_of(self, customer: CustomerKey) -> Iterator[OrderSummary]:
        """A customer's own orders, newest first. The caller has proved who the customer is."""
        return iter(())

    def contacts(self, customers: Iterable[CustomerKey]) -> Iterator[Contact]:
        """Those of the customers that the shop may send marketing to, with their address. Default: nobody."""
        return iter(())

    def test_customers(self) -> Iterable[CustomerKey]:
        """People who only try the shop out: nothing is learned from them. Default: staff, where users have a flag."""
        users = get_user_model()
        if not any(field.name == "is_staff" for field in users._meta.get_fields()):
            return []
        return users._default_manager.filter(is_staff=True).values_list("pk", flat=True)

    # -- is all well? ---------------------------------------------------------------------------------------
    def problems(self, *, with_rows: bool) -> Iterator[str]:
        """What is wrong with how the shop is set up and what mends it, for ``manage.py check``; ``with_rows``: with
        what its rows say, for ``retail_ai_doctor``."""
        return iter(())

    # -- helpers --------------------------------------------------------------------------------------------
    def _get(self, product: Any, path: str | None) -> Any:
        return value_at(product, path)
