"""How the shop's pages write prices, stars, names and attributes."""

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext, pgettext

from shop_demo.adapter import DemoStore

register = template.Library()
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CNY": "¥"}


@register.filter
def money(amount: Any) -> str:
    """``1299.5`` as €1,299.50."""
    value = Decimal(amount or 0)
    sign = "−" if value < 0 else ""
    return f"{sign}{SIGNS[DemoStore.currency]}{number_format(abs(value), 2, force_grouping=True)}"


@register.inclusion_tag("shop/parts/stars.html")
def stars(rating: Any, count: int | None = None) -> dict[str, Any]:
    """A row of stars with words for those who do not see it."""
    value = float(rating or 0)
    return {"rating": rating, "step": round(value * 2), "value": f"{value:.1f}", "count": count}


@register.filter
def image_of(product: Any) -> str:
    """Address of the product's picture."""
    return reverse("shop:image", args=[product.slug])


@register.filter
def attribute_name(name: str) -> str:
    """An attribute's name in the language of the page, where the shop has a word for it; first letter large."""
    text = pgettext("attribute", name) if name else ""
    return text[:1].upper() + text[1:]


@register.filter
def attribute_value(value: Any) -> str:
    """An attribute's value as text: yes and no for truth values, commas for lists."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list | tuple):
        return ", ".join(attribute_value(item) for item in value)
    return str(value)


@register.filter
def author(review: Any) -> str:
    """A reviewer's first name only; simulated customers have one, too."""
    first = (review.user.first_name or "").split()
    return first[0] if first else gettext("a customer")


@register.filter
def stock_words(product: Any) -> str:
    """What the shop says of its stock."""
    if product.stock == 0:
        return gettext("Sold out")
    if product.stock <= 5:
        return ngettext("Only %(n)d left", "Only %(n)d left", product.stock) % {"n": product.stock}
    return gettext("In stock")


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """``mapping[key]``, or nothing."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.inclusion_tag("shop/parts/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """Links to the other pages of a list; the rest of the address stays as it is."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"request": context["request"], "page": page, "numbers": numbers}
