"""A small shop to test on: products in two departments, customers who may be mailed, orders."""

from datetime import timedelta
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.text import slugify

from shop_demo.models import Department, Order, OrderLine, Product, Profile


def make_product(title="Tent", *, department="Camping", price="20.00", stock=5, **fields):
    shelf, _ = Department.objects.get_or_create(slug=department.lower(), defaults={"name": department})
    slug = slugify(title)
    return Product.objects.create(
        sku=slug, slug=slug, title=title, department=shelf, price=Decimal(price), stock=stock, **fields
    )


def make_customer(name="ada", *, wants_news=True, language="en", password=None, **fields):
    user = get_user_model().objects.create_user(
        name, f"{name}@example.com", password, first_name=name.title(), **fields
    )
    Profile.objects.update_or_create(user=user, defaults={"wants_news": wants_news, "language": language})
    return user


def make_order(customer, *products, days_ago=1, number=None):
    placed_at = timezone.now() - timedelta(days=days_ago)
    order = Order.objects.create(
        number=number or f"N{Order.objects.count() + 1:05}", user=customer, placed_at=placed_at, total=Decimal(0)
    )
    for product in products:
        OrderLine.objects.create(
            order=order, product=product, title=product.title, quantity=1, unit_price=product.price
        )
    return order
