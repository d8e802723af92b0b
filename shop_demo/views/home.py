"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop_demo.popularity import best_rated, best_sellers
from shop_demo.reviews import with_ratings


def home(request: HttpRequest) -> HttpResponse:
    """Departments, best sellers and what buyers like most."""
    sellers = with_ratings(best_sellers(10))
    context = {
        "best_sellers": sellers,
        "hero": best_sellers(4, of_one_department=1),
        "best_rated": with_ratings(best_rated(5)),
    }
    return render(request, "shop/home.html", context)
