"""All that retail_ai must know of the second shop."""

from dataclasses import replace
from decimal import Decimal

from retail_ai.engine.facts import Attribute, Contact, Money, OrderSummary, Passage, SaleLine
from retail_ai.stores import StoreAdapter
from tests.alt_store.models import Buyer, HouseRule, Purchase, PurchaseItem


class AltStore(StoreAdapter):
    currency = "CHF"
    title_field = "name"
    sku_field = "code"
    description_field = "text"
    brand_field = "maker"
    price_field = "gross_cents"
    stock_field = "units_left"
    category_field = "shelf__label"
    select_related = ("shelf__above",)

    def products(self):
        return super().products().prefetch_related("specs")

    def visible(self):
        return self.products().filter(hidden=False)

    def is_visible(self, product):
        return not product.hidden

    def narrow(self, limits):
        def cents(amount):
            return None if amount is None else amount * 100

        wanted = limits.attributes
        limits = replace(limits, min_price=cents(limits.min_price), max_price=cents(limits.max_price), attributes={})
        products = super().narrow(limits)
        for label, value in wanted.items():
            products = products.filter(specs__label=label, specs__value=value)
        return products

    def price(self, product):
        return Money(Decimal(product.gross_cents) / 100, self.currency)

    def category_path(self, product):
        shelf, path = product.shelf, ()
        while shelf is not None:
            shelf, path = shelf.above, (shelf.label, *path)
        return path

    def attributes(self, product):
        return (Attribute(spec.label, spec.value, spec.unit) for spec in product.specs.all())

    def sale_lines(self, since=None):
        items = PurchaseItem.objects.filter(purchase__void=False).select_related("purchase")
        if since:
            items = items.filter(purchase__bought_at__gte=since)
        for item in items.order_by("purchase__bought_at", "pk").iterator():
            yield SaleLine(
                order=item.purchase.ref,
                product=item.article_id,
                quantity=abs(item.count),
                unit_price=Decimal(item.cents) / 100,
                occurred_at=item.purchase.bought_at,
                customer=item.purchase.buyer_id,
                is_return=item.count < 0,
            )

    def passages(self):
        return (Passage(str(rule.pk), rule.heading, rule.body) for rule in HouseRule.objects.all())

    def orders_of(self, customer):
        for purchase in Purchase.objects.filter(buyer=customer).order_by("-bought_at"):
            items = list(purchase.items.select_related("article"))
            total = Decimal(sum(item.count * item.cents for item in items)) / 100
            yield OrderSummary(
                number=purchase.ref,
                status="void" if purchase.void else "sent",
                placed_at=purchase.bought_at,
                total=Money(total, self.currency),
                lines=tuple((item.article.name, item.count) for item in items),
            )

    def contacts(self, customers):
        buyers = Buyer.objects.filter(pk__in=list(customers), may_write_to=True, is_active=True)
        return (Contact(buyer.pk, buyer.mail) for buyer in buyers)
