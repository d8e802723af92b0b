"""The search as a template tag, for any page of any shop: a field and, for ``?q=…``, its results.

``{% load retail_ai_search %}{% retail_ai_search %}`` works without JavaScript and keeps to the page's own address."""

import logging
from typing import Any

from django import template
from django.http import QueryDict
from django.urls import reverse

from retail_ai.catalog.ordering import SORTS
from retail_ai.catalog.recording import record_search
from retail_ai.catalog.search import SearchResult, search_products
from retail_ai.exceptions import InvalidInput
from retail_ai.stores import get_store

register = template.Library()
logger = logging.getLogger(__name__)


@register.inclusion_tag("retail_ai/search/search.html", takes_context=True)
def retail_ai_search(context: dict[str, Any], limit: int = 24, action: str = "") -> dict[str, Any]:
    """A search field and what ``q`` of the address finds, with chips, reasons and a link to the next page.

    ``action``: the address of the page with the results, where that is another. An error is logged and shows as
    nothing found.
    """
    request = context["request"]
    query = request.GET.get("q", "")[:500]
    shown: dict[str, Any] = {"query": query, "action": action, "request": request}
    if query.strip() and not action:
        try:
            result = _find(request.GET, query, limit)
            record_search(request, query, result)
            shown |= {"result": result, **_links(request.GET, result), "cards": _cards(result)}
        except Exception:
            logger.exception("The search was not shown")
            shown["result"] = SearchResult()
    return shown


def _find(given: QueryDict, query: str, limit: int) -> SearchResult:
    sort = given.get("sort", "")
    arguments: dict[str, Any] = {
        "limit": limit, "drop": given.getlist("drop")[:20], "sort": sort if sort in SORTS else "",
    }  # fmt: skip
    try:
        return search_products(query, cursor=given.get("cursor", ""), **arguments)
    except InvalidInput:
        return search_products(query, **arguments)


def _links(given: QueryDict, result: SearchResult) -> dict[str, Any]:
    def address(name: str, value: str) -> str:
        query = given.copy()
        query.pop("cursor", None)
        query.appendlist(name, value)
        return f"?{query.urlencode()}"

    chips = [(chip, address("drop", chip.key)) for chip in result.chips]
    return {"chips": chips, "next_url": address("cursor", result.next) if result.next else ""}


def _cards(result: SearchResult) -> list[dict[str, Any]]:
    store = get_store()
    cards = []
    for hit in result.hits:
        facts = store.facts(hit.product)
        url = reverse("retail_ai:search_open", args=[result.id, hit.product.pk])
        cards.append(
            {"url": url, "title": hit.mark(facts.title), "image": store.image_url(hit.product), "price": facts.price,
             "reason": hit.reason}
        )  # fmt: skip
    return cards
