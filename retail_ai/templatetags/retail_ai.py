"""Template tags for a shop's pages: ``{% load retail_ai %}``. They show; recommendations decides what."""

import logging
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from retail_ai.engine.facts import Money
from retail_ai.events.tracking import visitor_key
from retail_ai.money import format_money
from retail_ai.privacy.selectors import may_track
from retail_ai.recommendations.selectors import Recommendation, recommend, slate_title
from retail_ai.recommendations.services import record_impressions
from retail_ai.stores import get_store

register = template.Library()
logger = logging.getLogger(__name__)
TEMPLATE = "retail_ai/recommendations/slate.html"


@register.filter
def retail_ai_money(money: Money | None) -> str:
    """A price as the page's language writes it: ``{{ card.price|retail_ai_money }}``."""
    return format_money(money)


@register.simple_tag(takes_context=True)
def retail_ai_slate(
    context: dict[str, Any], slate: str, product: Any = None, limit: int = 12, title: str = ""
) -> SafeString | str:
    """A list of recommended products; nothing when there is nothing to show, or when something goes wrong (logged)."""
    try:
        return _render(context.get("request"), slate, product, limit, title)
    except Exception:
        logger.exception("Slate %r was not shown", slate)
        return ""


def _render(request: HttpRequest | None, slate: str, product: Any, limit: int, title: str) -> SafeString | str:
    user = getattr(request, "user", None)
    customer = user if user is not None and user.is_authenticated else None
    visitor = visitor_key(request, create=False) if request is not None else ""
    shown = recommend(
        slate=slate, customer=customer, visitor=visitor, product=product, limit=limit, language=get_language()
    )
    if not shown:
        return ""
    if request is not None and (customer or visitor) and may_track(request):
        record_impressions(slate=slate, shown=shown, customer=customer, visitor=visitor)
    return render_to_string(
        TEMPLATE,
        {
            "slate": slate,
            "title": title or slate_title(slate, shown),
            "cards": _cards(shown),
            "known": bool(customer or visitor),
        },
        request=request,
    )


def _cards(shown: list[Recommendation]) -> list[dict[str, Any]]:
    store = get_store()
    offers = store.offers([item.product.pk for item in shown])
    return [
        {
            "product": item.product,
            "title": store.facts(item.product).title,
            "url": store.product_url(item.product),
            "image": store.image_url(item.product),
            "price": offers[item.product.pk].price if item.product.pk in offers else None,
            "reason": item.reason,
            "position": place,
        }
        for place, item in enumerate(shown)
    ]
