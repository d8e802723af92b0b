"""A shop with a known history: a steady seller, a rare one, one that never sold, one that the shop hides."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from retail_ai.engine.facts import SaleLine
from shop_demo.adapter import DemoStore
from shop_demo.models import Department, Order, OrderLine, Product, StockOut

WEEKS = 60


class SalesStore(DemoStore):
    """The demo shop's rows as sale lines and stock-outs, whatever its own adapter does."""

    def sale_lines(self, since=None):
        lines = OrderLine.objects.select_related("order").order_by("order__placed_at")
        for line in lines:
            yield SaleLine(
                order=line.order.number,
                product=line.product_id,
                quantity=abs(line.quantity),
                unit_price=line.unit_price,
                occurred_at=line.order.placed_at,
                is_return=line.quantity < 0,
            )

    def stock_outs(self, since=None):
        yield from StockOut.objects.values_list("product_id", "first_day", "last_day")


class KitStore(SalesStore):
    """A shop in which a mug is a kit of two samovars."""

    def sold_as(self):
        mug, samovar = (Product.objects.get(slug=slug) for slug in ("mug", "samovar"))
        return {mug.pk: [(samovar.pk, 2)]}


class NewKettleStore(SalesStore):
    """A shop that knows that its kettle is new."""

    def offered_since(self, keys):
        kettle = Product.objects.get(slug="kettle")
        return {kettle.pk: timezone.localdate()} if kettle.pk in keys else {}


SETTINGS = {"STORE": "tests.inventory.shop.SalesStore", "LANGUAGES": ["en"]}


def make_product(title, stock=20, **fields):
    shelf, _ = Department.objects.get_or_create(slug="all", defaults={"name": "All"})
    slug = title.lower().replace(" ", "-")
    return Product.objects.create(
        sku=slug, slug=slug, title=title, department=shelf, price=Decimal(10), stock=stock, **fields
    )


def sell(product, quantity, *, weeks_ago=0, days_ago=0):
    placed_at = timezone.now() - timedelta(weeks=weeks_ago, days=days_ago)
    order = Order.objects.create(number=f"N{Order.objects.count()}", placed_at=placed_at)
    OrderLine.objects.create(
        order=order, product=product, title=product.title, quantity=quantity, unit_price=product.price
    )


def make_shop():
    """(steady, rare, new, hidden): the steady one sells 6 to 8 a week."""
    steady, rare = make_product("Mug", stock=10), make_product("Samovar", stock=400)
    new, hidden = make_product("Kettle"), make_product("Urn", stock=0, is_active=False)
    for week in range(1, WEEKS + 1):
        sell(steady, 6 + week % 3, weeks_ago=week)
        sell(hidden, 5, weeks_ago=week)
        if week % 9 == 0:
            sell(rare, 1, weeks_ago=week)
    return steady, rare, new, hidden
