"""The search page and the suggestions under its field. Finding and ranking is retail_ai's work."""

import logging

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from retail_ai.catalog.search import search_products
from retail_ai.engine.facts import ProductFilter
from retail_ai.events.tracking import track
from shop_demo import listing
from shop_demo.departments import Shelf, find_shelf, shelves_of
from shop_demo.models import Product
from shop_demo.reviews import with_ratings

logger = logging.getLogger(__name__)
MAX_QUERY = 200


def search(request: HttpRequest) -> HttpResponse:
    """Products for the words in ``q`` within the shopper's limits; an empty query shows the departments."""
    query = _query(request)
    wishes = listing.read_wishes(request.GET)
    shelf = find_shelf(shelves_of(request), request.GET.get("department", ""))
    context = {"query": query, "wishes": wishes, "shelf": shelf}
    if query:
        context["page"] = _page(query, _limits(wishes, shelf), request.GET.get("page"))
        if context["page"].number == 1:
            track(request, "search", query=query)
    return render(request, "shop/search.html", context)


def suggestions(request: HttpRequest) -> JsonResponse:
    """Titles and addresses of up to six visible products whose title has all the words typed so far."""
    words = _query(request).split()[:6]
    fits = [Q(title__icontains=w) | Q(brand__iexact=w) for w in words]
    products = Product.objects.filter(*fits, is_active=True)
    found = products.order_by("title")[:6] if words else []
    return JsonResponse({"products": [{"title": p.title, "url": p.get_absolute_url()} for p in found]})


def _query(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_QUERY]


def _limits(wishes: listing.Wishes, shelf: Shelf | None) -> ProductFilter:
    return ProductFilter(
        in_stock=wishes.in_stock,
        min_price=wishes.min_price,
        max_price=wishes.max_price,
        categories=_names(shelf) if shelf else (),
        brands=wishes.brands,
    )


def _names(shelf: Shelf) -> tuple[str, ...]:
    return (shelf.department.name, *(name for child in shelf.children for name in _names(child)))


def _page(query: str, limits: ProductFilter, number: str | None):
    """A page of hits. Where the index is still empty or fails, words in titles do."""
    try:
        with transaction.atomic():
            page = Paginator(_Hits(query, limits), listing.PER_PAGE).get_page(number)
            page.object_list = with_ratings(page.object_list)
    except Exception:
        logger.exception("search index failed; searching titles instead")
        page = None
    if page is None or not page.object_list:
        page = listing.page_of(_by_title(query, limits), number)
        page.object_list = with_ratings(page.object_list)
    return page


class _Hits:
    """Search results as a sequence that Django's paginator can cut."""

    def __init__(self, query: str, limits: ProductFilter) -> None:
        self.query, self.limits = query, limits
        self._first = search_products(query, limits=limits, limit=listing.PER_PAGE)

    def __len__(self) -> int:
        return self._first.total

    def __getitem__(self, cut: slice) -> list[Product]:
        if cut.start == 0:
            found = self._first
        else:
            found = search_products(self.query, limits=self.limits, limit=cut.stop - cut.start, offset=cut.start)
        return [hit.product for hit in found.hits]


def _by_title(query: str, limits: ProductFilter):
    from retail_ai.stores import get_store

    products = get_store().narrow(limits)
    for word in query.split()[:8]:
        products = products.filter(Q(title__icontains=word) | Q(brand__icontains=word))
    return products.order_by("title", "pk")
