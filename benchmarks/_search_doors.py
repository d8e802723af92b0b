"""The ways into search whose latencies the benchmark takes beside retrieval: a page of results, and both over HTTP."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

Search = Callable[[str], list[Any]]
TYPED = 5


def doors() -> dict[str, Search]:
    """By name; ``suggest`` is asked for the first letters of each query. Nothing is limited by number here."""
    from django.conf import settings
    from django.core.signals import setting_changed
    from django.test import Client
    from django.urls import reverse

    from retail_ai.catalog.search import search_products
    from retail_ai.catalog.suggest import suggest

    rates = {**settings.RETAIL_AI.get("THROTTLE_RATES", {}), "search": None}
    settings.RETAIL_AI = {**settings.RETAIL_AI, "THROTTLE_RATES": rates}
    setting_changed.send(sender=None, setting="RETAIL_AI", value=settings.RETAIL_AI, enter=True)
    client, addresses = Client(), [reverse("retail_ai:search"), reverse("retail_ai:suggest")]

    def ask(address: str, text: str) -> list[Any]:
        answer = client.get(f"{address}?q={quote(text)}")
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}: {answer.content[:200]!r}")
        return []

    return {
        "page": lambda query: [hit.product.pk for hit in search_products(query, with_facets=True).hits],
        "rest": lambda query: ask(addresses[0], query[:500]),
        "suggest": lambda query: list(suggest(query[:TYPED])),
        "rest suggest": lambda query: ask(addresses[1], query[:TYPED]),
    }
