"""The front page."""

from django.db.models import Avg, Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop_demo.listing import sort
from shop_demo.models import Product
from shop_demo.reviews import with_ratings


def home(request: HttpRequest) -> HttpResponse:
    """Departments, best sellers and what buyers like most."""
    products = Product.objects.filter(is_active=True, stock__gt=0).select_related("department")
    return render(
        request,
        "shop/home.html",
        {
            "best_sellers": with_ratings(sort(products, "popular")[:10]),
            "best_rated": with_ratings(_best_rated(products)),
        },
    )


def _best_rated(products):
    rated = products.annotate(mean=Avg("reviews__rating"), n=Count("reviews")).filter(n__gte=5)
    return rated.order_by("-mean", "-n", "pk")[:5]
