"""What sells best: one ranking of the shop, counted from the orders of half a year and kept for five minutes."""

from collections import Counter
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Avg, Count, Sum
from django.utils import timezone

from shop_demo.models import Order, OrderLine, Product, Review

RANKED = 500
_SECONDS = 300


def popular_keys() -> list[int]:
    """Keys of the products sold most, best first; as many as lists need, not all."""
    keys = cache.get("shop_popular_keys")
    if keys is None:
        lines = OrderLine.objects.filter(order__placed_at__gte=timezone.now() - timedelta(days=182))
        sold = lines.exclude(order__status=Order.Status.CANCELLED).order_by().values("product")
        ranked = sold.annotate(n=Sum("quantity")).filter(n__gt=0).order_by("-n", "product")[:RANKED]
        keys = [row["product"] for row in ranked]
        cache.set("shop_popular_keys", keys, _SECONDS)
    return keys


def best_sellers(limit: int, of_one_department: int = 2) -> list[Product]:
    """Best sellers that can be bought now, not all from one department; any products while nothing was sold."""
    wanted = popular_keys()[: limit * 12]
    products = Product.objects.filter(is_active=True, stock__gt=0).select_related("department")
    found = products.in_bulk(wanted)
    chosen: list[Product] = []
    seen: Counter[int] = Counter()
    for key in wanted:
        product = found.get(key)
        shelf = product and (product.department.parent_id or product.department_id)
        if product and seen[shelf] < of_one_department and len(chosen) < limit:
            seen[shelf] += 1
            chosen.append(product)
    return chosen or list(products.order_by("-created_at", "pk")[:limit])


def best_rated(limit: int) -> list[Product]:
    """Products in stock with five reviews or more, best mean first."""
    rated = Review.objects.filter(product__is_active=True, product__stock__gt=0).order_by().values("product")
    ranked = rated.annotate(mean=Avg("rating"), n=Count("pk")).filter(n__gte=5).order_by("-mean", "-n", "product")
    keys = [row["product"] for row in ranked[:limit]]
    found = Product.objects.select_related("department").in_bulk(keys)
    return [found[key] for key in keys]
