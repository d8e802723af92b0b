"""All that retail_ai must know of the demo shop."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import starmap
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse

from retail_ai.engine.facts import Contact, Interaction, Money, OrderSummary, Passage, PurchaseTerms, SaleLine
from retail_ai.stores import StoreAdapter
from shop_demo import suppliers
from shop_demo.cart import cart_of
from shop_demo.departments import RATES, chinese_names
from shop_demo.models import HelpPage, Order, OrderLine, StockOut, VisitLog
from shop_demo.related import write_related
from shop_demo.reviews import gists


class DemoStore(StoreAdapter):
    """The demo shop's field names and what differs from the defaults."""

    sku_field = "sku"
    brand_field = "brand"
    stock_field = "stock"
    visible_field = "is_active"
    category_field = "department__name"
    attributes_field = "attributes"
    created_field = "created_at"
    rates = RATES
    select_related = ("department__parent",)
    card_fields = ("title", "slug", "price")
    other_names = staticmethod(chinese_names)
    save_related = staticmethod(write_related)
    review_gists = staticmethod(gists)
    book_in = staticmethod(suppliers.book_in)
    category_path = staticmethod(lambda product: product.department.path)
    image_url = staticmethod(lambda product: reverse("shop:image", args=[product.slug]))
    cart_of = staticmethod(lambda request: [line.product.pk for line in cart_of(request).lines])

    def in_category(self, products: Any, name: str) -> Any:
        return products.filter(Q(department__name__iexact=name) | Q(department__parent__name__iexact=name))

    def sale_lines(self, since: datetime | None = None) -> Iterator[SaleLine]:
        lines = OrderLine.objects.exclude(order__status=Order.Status.CANCELLED).exclude(quantity=0)
        lines = lines.filter(order__placed_at__gte=since) if since else lines
        for line in lines.select_related("order").order_by("order__placed_at", "pk").iterator():
            order = line.order
            yield SaleLine(order.number, line.product_id, abs(line.quantity), line.unit_price, order.placed_at,
                           order.user_id, is_return=line.quantity < 0)  # fmt: skip

    def interactions(self, since: datetime | None = None) -> Iterator[Interaction]:
        visits = VisitLog.objects.filter(occurred_at__gte=since) if since else VisitLog.objects.all()
        for v in visits.order_by("occurred_at", "pk").iterator():
            yield Interaction(v.kind, v.occurred_at, v.product_id, v.user_id, v.visitor, v.query)

    def stock_outs(self, since: date | None = None) -> Iterator[tuple[int, date, date]]:
        spans = StockOut.objects.filter(last_day__gte=since) if since else StockOut.objects.all()
        yield from spans.order_by("first_day", "pk").values_list("product_id", "first_day", "last_day").iterator()

    def purchase_terms(self) -> Iterator[PurchaseTerms]:
        return starmap(PurchaseTerms, suppliers.terms())

    def passages(self) -> Iterator[Passage]:
        for page in HelpPage.objects.all():
            yield Passage(f"help-{page.pk}", page.title, page.body, page.get_absolute_url(), page.language)

    def orders_of(self, customer: int) -> Iterator[OrderSummary]:
        for order in Order.objects.filter(user=customer).prefetch_related("lines"):
            lines = tuple((line.title, line.quantity) for line in order.lines.all())
            total = Money(order.total, self.currency)
            yield OrderSummary(order.number, order.status, order.placed_at, total, lines, order.get_absolute_url())

    def contacts(self, customers: Iterable[int]) -> Iterator[Contact]:
        users: Any = get_user_model().objects.filter(pk__in=list(customers), is_active=True, profile__wants_news=True)
        for user in users.exclude(email="").select_related("profile").iterator():
            yield Contact(user.pk, user.email, user.get_full_name(), user.profile.language)
