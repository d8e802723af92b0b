"""Makes rows of the demo shop for the store contracts."""

from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils.text import slugify

from shop_demo.models import Department, HelpPage, Order, OrderLine, Product, Profile


class DemoShop:
    def product(
        self, title, *, price="10.00", brand="Acme", category="Things", stock=5, visible=True, attributes=None, text=""
    ):
        department, _ = Department.objects.get_or_create(slug=slugify(category), defaults={"name": category})
        number = Product.objects.count() + 1
        return Product.objects.create(
            sku=f"S{number:05}",
            slug=f"{slugify(title)[:80]}-{number}",
            title=title,
            brand=brand,
            department=department,
            description=text,
            price=Decimal(price),
            stock=stock,
            is_active=visible,
            attributes=attributes or {},
        )

    def customer(self, email, *, may_contact=False):
        user = get_user_model().objects.create_user(username=email, email=email)
        Profile.objects.update_or_create(user=user, defaults={"wants_news": may_contact})
        return user

    def order(self, customer, lines, when, *, counts=True):
        order = Order.objects.create(
            number=f"N{Order.objects.count() + 1}",
            user=customer,
            placed_at=when,
            status=Order.Status.DELIVERED if counts else Order.Status.CANCELLED,
            total=sum((product.price * count for product, count in lines), Decimal(0)),
        )
        for product, count in lines:
            OrderLine.objects.create(
                order=order, product=product, title=product.title, quantity=count, unit_price=product.price
            )

    def passage(self, title, text):
        HelpPage.objects.create(kind=HelpPage.Kind.POLICY, slug=slugify(title), title=title, body=text)

    def hide_in_bulk(self, *products):
        Product.objects.filter(pk__in=[p.pk for p in products]).update(is_active=False)

    def sell_out_in_bulk(self, *products):
        Product.objects.filter(pk__in=[p.pk for p in products]).update(stock=0)

    def reprice_in_bulk(self, price, *products):
        Product.objects.filter(pk__in=[p.pk for p in products]).update(price=price)
