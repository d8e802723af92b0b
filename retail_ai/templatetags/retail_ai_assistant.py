"""Template tag for shop pages: ``{% load retail_ai_assistant %}{% retail_ai_assistant %}`` shows the chat button.

Without JavaScript it is a link to the chat page.
"""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("retail_ai/assistant/widget.html", takes_context=True)
def retail_ai_assistant(context: dict[str, Any]) -> dict[str, Any]:
    """The chat button; a script opens it as a panel on the page."""
    return {"request": context.get("request")}
