"""Says why a product is shown, from the evidence that really gave most of its score."""

from typing import Any

from django.utils.translation import gettext as _

from retail_ai.events.models import Event


def because(kind: str, title: str, deed: str = "") -> str:
    """One sentence. ``title`` is the cause's title, ``deed`` what the shopper did with it."""
    if kind == "together":
        return _("Often bought with %(title)s") % {"title": title}
    if kind == "content":
        return _("Similar to %(title)s") % {"title": title}
    if kind == "next":
        return _("Often chosen after %(title)s") % {"title": title}
    if deed == Event.Kind.PURCHASE:
        return _("Because you bought %(title)s") % {"title": title}
    if deed == Event.Kind.CART:
        return _("Because %(title)s is in your cart") % {"title": title}
    return _("Because you viewed %(title)s") % {"title": title}


def popular_since(popularity: Any) -> str:
    """True of a Popularity row: the shortest span in which anyone wanted the product."""
    if popularity.week > 0:
        return _("Popular this week")
    if popularity.month > 0:
        return _("Popular this month")
    return _("Popular with our customers")


def taste() -> str:
    return _("Close to what you have looked at and bought before")


def viewed() -> str:
    return _("You looked at this recently")
