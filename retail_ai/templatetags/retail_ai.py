"""Template tags for a shop's pages: ``{% load retail_ai %}``."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def retail_ai_slate(context: dict[str, Any], slate: str, product: Any = None, limit: int = 12) -> str:
    """A list of recommended products; nothing when there is nothing to show."""
    return ""
