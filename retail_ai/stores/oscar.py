"""The adapter of a Django-oscar shop (4.2). Name it in RETAIL_AI["STORE"], or a subclass that says what differs.

A parent and its children are one product here: the parent. All that can be bought, and at what price, is asked of the
stock records in SQL; `problems()` compares that with what the shop's own strategy says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Avg, Count, F, QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse
from oscar.core.loading import get_class, get_model

from retail_ai.engine.facts import (
    Attribute,
    Contact,
    Interaction,
    Money,
    OrderSummary,
    Passage,
    ProductFacts,
    ProductFilter,
    SaleLine,
)
from retail_ai.exceptions import ConfigurationError
from retail_ai.stores import oscar_facts, oscar_history, oscar_sql
from retail_ai.stores.base import StoreAdapter

CENT = Decimal("0.01")


class OscarStore(StoreAdapter):
    """A subclass sets what its shop does otherwise: the first attributes here are Oscar's, not the base class's."""

    # What a shopper pays for a stock record. With 20 % tax on top: F("price") * Decimal("1.20").
    record_price: ClassVar[Combinable] = F("price")
    # Orders of these statuses are not sales.
    not_sold: ClassVar[tuple[str, ...]] = ("Cancelled", "Canceled")
    # Shipping events of these types are goods that came back.
    returned: ClassVar[tuple[str, ...]] = ("Returned",)
    # Code of the attribute that holds a product's brand.
    brand_attribute: ClassVar[str] = "brand"
    # Which customers may be mailed: {"profile__wants_news": True}. Nobody, until the shop says so.
    may_contact: ClassVar[dict[str, Any]] = {}
    # Which related products go into Oscar's recommended products: "similar" or "together".
    recommended: ClassVar[str] = "similar"

    currency = getattr(settings, "OSCAR_DEFAULT_CURRENCY", "GBP")
    sku_field = "upc"
    brand_field = "retail_ai_brand"
    price_field = "retail_ai_price"
    stock_field = "retail_ai_stock"
    category_field = "retail_ai_category"
    created_field = "date_created"
    visible_field = "is_public"

    # -- products -------------------------------------------------------------------------------------------
    def products(self) -> QuerySet[Any]:
        products = self.product_model._default_manager.filter(parent=None).select_related("product_class")
        return oscar_facts.with_facts(oscar_sql.annotated(products, self))

    def sellable(self) -> QuerySet[Any]:
        return self.visible().filter(pk__in=oscar_sql.keys_in_stock(self))

    def narrow(self, limits: ProductFilter) -> QuerySet[Any]:
        products = super().narrow(replace(limits, categories=(), attributes={}))
        if limits.categories:
            products = products.filter(pk__in=oscar_sql.keys_in_categories(limits.categories))
        for name, value in limits.attributes.items():
            products = products.filter(pk__in=oscar_sql.keys_stating(name, value))
        return products

    def in_category(self, products: QuerySet[Any], name: str) -> QuerySet[Any]:
        return products.filter(pk__in=oscar_sql.keys_in_categories([name]))

    def facts(self, product: Any) -> ProductFacts:
        facts = super().facts(product)
        return replace(facts, description=oscar_facts.plain_text(product.description or ""))

    def title(self, product: Any) -> str:
        return str(product.get_title())

    def category_path(self, product: Any) -> tuple[str, ...]:
        return tuple(self._asked(product, "retail_ai_path") or ())

    def attributes(self, product: Any) -> Iterator[Attribute]:
        return (one for code, one in oscar_facts.attributes(product) if code != self.brand_attribute)

    def price(self, product: Any) -> Money | None:
        amount = self._get(product, self.price_field)
        return None if amount is None else Money(Decimal(amount).quantize(CENT), self.currency)

    def image_url(self, product: Any) -> str:
        name = self._asked(product, "retail_ai_image")
        return str(oscar_sql.image_storage().url(name)) if name else ""

    def image_file(self, product: Any) -> IO[bytes] | Path | None:
        name = self._asked(product, "retail_ai_image")
        return oscar_sql.image_storage().open(name) if name else None

    def cart_of(self, request: Any) -> list[Any]:
        basket = getattr(request, "basket", None)
        lines = basket.all_lines() if basket is not None and basket.pk else ()
        return [line.product.parent_id or line.product_id for line in lines]

    def review_gists(self, keys: Iterable[Any]) -> dict[Any, tuple[str, float, int]]:
        reviews = get_model("reviews", "ProductReview").objects.approved().filter(product__in=list(keys)).order_by()
        said = dict(
            reviews.order_by("product", "-delta_votes", "-pk").distinct("product").values_list("product", "title")
        )
        marks = reviews.values_list("product").annotate(Avg("score"), Count("pk"))
        return {key: (said[key], float(mean), count) for key, mean, count in marks}

    def offered_since(self, keys: Iterable[Any]) -> dict[Any, date]:
        rows = self.product_model._default_manager.filter(pk__in=list(keys)).values_list("pk", "date_created")
        return {key: created.date() for key, created in rows}

    # -- what happened --------------------------------------------------------------------------------------
    def sale_lines(self, since: datetime | None = None) -> Iterator[SaleLine]:
        return oscar_history.sale_lines(since, self.not_sold, self.returned)

    def lines_of(self, order: Any) -> list[SaleLine]:
        """What one order sold; nothing where its status is one of ``not_sold``."""
        return list(oscar_history.sold(None, self.not_sold, order=order.pk))

    def interactions(self, since: datetime | None = None) -> Iterator[Interaction]:
        return oscar_history.interactions(since)

    # -- words ----------------------------------------------------------------------------------------------
    def passages(self) -> Iterator[Passage]:
        if not apps.is_installed("django.contrib.flatpages"):
            return
        for page in get_model("flatpages", "FlatPage").objects.filter(registration_required=False):
            yield Passage(f"page-{page.pk}", page.title, oscar_facts.plain_text(page.content), page.get_absolute_url())

    def text_field(self, field: str) -> str:
        return "meta_title" if field == "seo_title" else super().text_field(field)

    def read_text(self, product: Any, field: str, language: str) -> str:
        stored = super().read_text(product, field, language)
        return oscar_facts.text_of(stored) if field == "description" else stored

    def stored_text(self, field: str, text: str) -> str:
        return oscar_facts.html_of(text) if field == "description" else text

    def restore_text(self, product: Any, field: str, language: str, text: str) -> None:
        name = self.text_field(field)
        setattr(product, name, text)
        product.save(update_fields=[name])

    def save_related(self, product: Any, kind: str, related: list[Any]) -> int:
        if not apps.is_installed("retail_ai.oscar"):
            raise ConfigurationError(
                'Add "retail_ai.oscar" to INSTALLED_APPS and migrate: it keeps which rows are ours.'
            )
        if kind != self.recommended:
            return 0
        written: Any = get_model("retail_ai_oscar", "WrittenRecommendation")
        return int(written._default_manager.write(product, related))

    # -- people ---------------------------------------------------------------------------------------------
    def orders_of(self, customer: Any) -> Iterator[OrderSummary]:
        orders = get_model("order", "Order").objects.filter(user=customer).order_by("-date_placed", "-pk")
        for order in orders.prefetch_related("lines"):
            lines = tuple((line.title, line.quantity) for line in order.lines.all())
            total = Money(order.total_incl_tax, order.currency)
            url = reverse("customer:order", args=[order.number])
            yield OrderSummary(order.number, order.status, order.date_placed, total, lines, url)

    def contacts(self, customers: Iterable[Any]) -> Iterator[Contact]:
        if self.may_contact:
            users: Any = get_user_model()._default_manager.filter(pk__in=list(customers), is_active=True)
            for user in users.filter(**self.may_contact).exclude(email="").distinct():
                yield Contact(user.pk, user.email, user.get_full_name())

    # -- is all well? ---------------------------------------------------------------------------------------
    def problems(self, *, with_rows: bool) -> Iterator[str]:
        if not apps.is_installed("retail_ai.oscar"):
            yield 'Views, searches and orders are not recorded: add "retail_ai.oscar" to INSTALLED_APPS after Oscar.'
        if with_rows:
            strategy = get_class("partner.strategy", "Selector")().strategy()
            yield from oscar_sql.differences(self, strategy)

    def _get(self, product: Any, path: str | None) -> Any:
        return self._asked(product, path) if path and path.startswith("retail_ai_") else super()._get(product, path)

    def _asked(self, product: Any, name: str) -> Any:
        """An annotation of ``products()``; asked anew for a product that came from elsewhere."""
        if name not in product.__dict__:
            root = product.parent_id or product.pk
            return self.products().prefetch_related(None).filter(pk=root).values_list(name, flat=True).first()
        return product.__dict__[name]
