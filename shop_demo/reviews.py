"""Reviews: who may write one, saving it, and the mean ratings that lists show. One review a buyer and product."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Avg, Count
from django.utils import timezone

from shop_demo.models import Order, OrderLine, Product, Review


def has_bought(*, user: Any, product: Product) -> bool:
    """Whether the user has an order of the product that was not cancelled."""
    if not user.is_authenticated:
        return False
    lines = OrderLine.objects.filter(product=product, order__user=user, quantity__gt=0)
    return lines.exclude(order__status=Order.Status.CANCELLED).exists()


def save_review(*, user: Any, product: Product, rating: int, text: str) -> Review:
    """Write the buyer's review, or change the one there is."""
    review, _created = Review.objects.update_or_create(
        product=product,
        user=user,
        defaults={"rating": rating, "text": text},
        create_defaults={"rating": rating, "text": text, "created_at": timezone.now()},
    )
    return review


def with_ratings(products: Iterable[Product]) -> Sequence[Product]:
    """The products as a list, each with ``rating`` (mean or None) and ``review_count``; one query."""
    products = list(products)
    found = {
        row["product"]: (row["mean"], row["n"])
        for row in Review.objects.filter(product__in=products)
        .order_by()
        .values("product")
        .annotate(mean=Avg("rating"), n=Count("pk"))
    }
    for product in products:
        product.rating, product.review_count = found.get(product.pk, (None, 0))
    return products


def rating_counts(product: Product) -> list[tuple[int, int, int]]:
    """(stars, reviews, per cent of all reviews) from five stars down to one."""
    counts = dict(product.reviews.order_by().values_list("rating").annotate(n=Count("pk")))
    total = sum(counts.values()) or 1
    return [(stars, counts.get(stars, 0), round(100 * counts.get(stars, 0) / total)) for stars in range(5, 0, -1)]


def gists(keys: Iterable[int]) -> dict[int, tuple[str, float, int]]:
    """For reviewed products: (first sentences of the newest good and the newest poor review, mean rating, number)."""
    found: dict[int, list[Review]] = {}
    for review in Review.objects.filter(product__in=list(keys)).order_by("-created_at", "-pk"):
        found.setdefault(review.product_id, []).append(review)
    return {key: (_gist(rows), sum(r.rating for r in rows) / len(rows), len(rows)) for key, rows in found.items()}


def _gist(reviews: list[Review]) -> str:
    good = next((r for r in reviews if r.rating >= 4), None)
    poor = next((r for r in reviews if r.rating <= 2), None)
    return " ".join(_first_sentence(r.text) for r in (good, poor) if r)


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?。！？])\s*", " ".join(text.split()), maxsplit=1)[0][:160]
