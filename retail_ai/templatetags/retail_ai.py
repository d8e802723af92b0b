"""Template tags for a shop's pages: ``{% load retail_ai %}``. They show; recommendations decides what."""

import logging
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from retail_ai.engine.facts import Money
from retail_ai.money import format_money
from retail_ai.recommendations.asking import Question
from retail_ai.recommendations.slates import SLATES
from retail_ai.recommendations.widgets import render_lazy, render_slate
from retail_ai.stores import get_store

register = template.Library()
logger = logging.getLogger(__name__)


@register.filter
def retail_ai_money(money: Money | None) -> str:
    """A price as the page's language writes it: ``{{ card.price|retail_ai_money }}``."""
    return format_money(money)


@register.simple_tag(takes_context=True)
def retail_ai_slate(
    context: dict[str, Any],
    slate: str,
    product: Any = None,
    limit: int = 12,
    title: str = "",
    cart: Iterable[Any] | None = None,
    category: str = "",
    text: str = "",
    lazy: bool = False,
) -> SafeString | str:
    """A list of recommended products; nothing when there is nothing to show, or when something goes wrong (logged).

    ``cart``: products or their keys (default: what the adapter says is in this request's cart). ``category``: what
    "here" means to popular and trending. ``text``: a need in words. ``lazy``: filled when it comes into view.
    """
    request = context.get("request")
    try:
        if slate not in SLATES:
            raise ValueError(f"known slates: {', '.join(SLATES)}")
        if cart is None and SLATES[slate].needs == "cart" and request is not None:
            cart = get_store().cart_of(request)
        keys = [getattr(item, "pk", item) for item in cart or ()]
        question = Question(slate, product, keys, category, text, limit)
        return render_lazy(request, question, title) if lazy and request else render_slate(request, question, title)
    except Exception:
        logger.exception("Slate %r was not shown", slate)
        return ""
