"""A shop with help pages in two languages, a few products and two customers with an order each."""

from datetime import timedelta
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils import timezone

from shop_demo.models import Department, HelpPage, Order, OrderLine, Product

PAGES = [
    ("shipping", "en", "How much does shipping cost?", "Standard delivery costs EUR 4.90. Express costs EUR 9.90."),
    ("shipping", "zh-hans", "运费是多少？", "标准配送运费 4.90 欧元。特快配送运费 9.90 欧元。"),
    ("returns", "en", "How do I return something?", "Print the label and hand the parcel in. You have 30 days."),
    ("returns", "zh-hans", "如何退货？", "打印标签并寄回包裹。您有 30 天时间。"),
    ("lockers", "en", "Can you deliver to a parcel locker?", "Yes, in Germany and Austria only."),
]
TITLES = [
    ("Oak coffee table", "Furniture", "120.00"),
    ("Steel water bottle", "Outdoor", "25.00"),
    ("Bluetooth headphones", "Audio", "60.00"),
    ("Studio headphones", "Audio", "340.00"),
]


def make_pages():
    for slug, language, title, body in PAGES:
        HelpPage.objects.create(kind="faq", slug=slug, language=language, title=title, body=body)


def make_products():
    made = []
    for title, shelf, price in TITLES:
        department, _ = Department.objects.get_or_create(slug=shelf.lower(), defaults={"name": shelf})
        slug = title.lower().replace(" ", "-")
        made.append(
            Product.objects.create(
                sku=slug, slug=slug, title=title, department=department, price=Decimal(price), stock=5
            )
        )
    return made


def make_customer(name, number, product):
    user = get_user_model().objects.create_user(name, f"{name}@example.com", "pw")
    order = Order.objects.create(
        number=number, user=user, placed_at=timezone.now() - timedelta(days=3), total=product.price
    )
    OrderLine.objects.create(order=order, product=product, title=product.title, quantity=1, unit_price=product.price)
    return user
