"""The search page and the suggestions under its field. Understanding, finding and ranking is retail_ai's work."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from retail_ai.catalog.ordering import SORTS
from retail_ai.catalog.recording import record_search
from retail_ai.catalog.search import SearchResult, search_products
from retail_ai.catalog.suggest import Suggestion, suggest
from retail_ai.engine.facts import ProductFilter
from retail_ai.exceptions import InvalidInput
from shop_demo import listing
from shop_demo.departments import Shelf, find_shelf, shelves_of
from shop_demo.models import Product
from shop_demo.reviews import with_ratings

MAX_QUERY = 200


@dataclass(slots=True)
class Link:
    """A part of the page that is a link: a chip to take back, a facet's value to choose or to leave."""

    label: str
    url: str
    count: int | None = None
    is_on: bool = False
    is_applied: bool = True


def search(request: HttpRequest) -> HttpResponse:
    """Products for the words in ``q`` within the shopper's limits; an empty query shows the departments."""
    query = _query(request)
    wishes = listing.read_wishes(request.GET)
    shelf = find_shelf(shelves_of(request), request.GET.get("department", ""))
    context: dict[str, Any] = {"query": query, "wishes": wishes, "shelf": shelf, "sorts": SORTS}
    if query:
        result = _find(request, query, _limits(wishes, shelf, in_stock="sold_out" not in request.GET))
        record_search(request, query, result)
        context |= {"result": result, "products": _products(result), **_links(request, result)}
    return render(request, "shop/search.html", context)


def suggestions(request: HttpRequest) -> JsonResponse:
    """Categories, brands, searches and products that go on from what has been typed so far, with their addresses."""
    found = suggest(_query(request), limit=8) or _titles(_query(request))
    kinds = {"category": gettext("department"), "brand": gettext("brand"), "search": gettext("search")}
    rows = [
        {"title": one.text, "kind": kinds.get(one.kind, ""), "url": one.url or _search_for(one.text)} for one in found
    ]
    return JsonResponse({"products": rows})


def _titles(query: str) -> list[Suggestion]:
    """Products whose title has all the words: what suggestions are made of while nothing is indexed."""
    fits = [Q(title__icontains=word) for word in query.split()[:6]]
    found = Product.objects.filter(*fits, is_active=True).order_by("title")[:6] if fits else []
    return [Suggestion(one.title, "product", one.get_absolute_url()) for one in found]


def _search_for(text: str) -> str:
    words = QueryDict(mutable=True)
    words["q"] = text
    return f"{reverse('shop:search')}?{words.urlencode()}"


def _query(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_QUERY]


def _limits(wishes: listing.Wishes, shelf: Shelf | None, *, in_stock: bool) -> ProductFilter:
    return ProductFilter(
        in_stock=in_stock,
        min_price=wishes.min_price,
        max_price=wishes.max_price,
        categories=_names(shelf) if shelf else (),
        brands=wishes.brands,
    )


def _names(shelf: Shelf) -> tuple[str, ...]:
    return (shelf.department.name, *(name for child in shelf.children for name in _names(child)))


def _find(request: HttpRequest, query: str, limits: ProductFilter) -> SearchResult:
    chosen = (pair.partition(":") for pair in request.GET.getlist("facet")[:20])
    arguments: dict[str, Any] = {
        "limits": limits,
        "limit": listing.PER_PAGE,
        "drop": tuple(request.GET.getlist("drop")[:20]),
        "facets": [(name, value) for name, colon, value in chosen if colon],
        "sort": sort if (sort := request.GET.get("sort", "")) in SORTS else "",
        "with_facets": True,
    }
    try:
        return search_products(query, cursor=request.GET.get("cursor", ""), **arguments)
    except InvalidInput:
        return search_products(query, **arguments)


def _products(result: SearchResult) -> list[Product]:
    """The products with their ratings, each with its reason and the address that notes the click."""
    products = with_ratings([hit.product for hit in result.hits])
    for product, hit in zip(products, result.hits, strict=True):
        product.reason, product.marked = hit.reason, hit.mark(product.title)
        product.open_url = reverse("retail_ai:search_open", args=[result.id, product.pk])
    return products


def _links(request: HttpRequest, result: SearchResult) -> dict[str, Any]:
    def address(
        *, add: tuple[str, str] | None = None, remove: tuple[str, str] | None = None, clear: str = "", **put: str
    ) -> str:
        query = request.GET.copy()
        for name in ("cursor", clear):
            query.pop(name, None)
        if remove:
            query.setlist(remove[0], [value for value in query.getlist(remove[0]) if value != remove[1]])
        if add and add[1] not in query.getlist(add[0]):
            query.appendlist(*add)
        for name, value in put.items():
            query[name] = value
        return f"?{query.urlencode()}"

    chips = [Link(chip.label, address(add=("drop", chip.key)), is_applied=chip.is_applied) for chip in result.chips]
    facets = []
    for facet in result.facets:
        values = []
        for one in facet.values:
            pair = ("facet", f"{facet.name}:{one.value}")
            url = address(remove=pair) if one.is_chosen else address(add=pair)
            values.append(Link(one.value, url, one.count, one.is_chosen))
        facets.append((facet, values))
    return {
        "chips": chips,
        "facets": facets,
        "next_url": address(cursor=result.next) if result.next else "",
        "restored_url": address(clear="drop") if request.GET.getlist("drop") else "",
        "fields": [(name, value) for name in ("drop", "facet", "department") for value in request.GET.getlist(name)],
    }
