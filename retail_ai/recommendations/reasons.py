"""Says why a product is shown, from the evidence that really gave most of its score."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from retail_ai.events.models import Event


def sentences() -> dict[str, str]:
    """What is said of many products of a page, most with a title to fill in, in the active language."""
    return _sentences(get_language() or "")


@lru_cache(maxsize=64)
def _sentences(_language: str) -> dict[str, str]:
    return {
        "together": _("Often bought with %(title)s"),
        "in_cart": _("Goes with %(title)s in your cart"),
        "content": _("Similar to %(title)s"),
        "next": _("Often chosen after %(title)s"),
        Event.Kind.PURCHASE.value: _("Because you bought %(title)s"),
        Event.Kind.CART.value: _("Because %(title)s is in your cart"),
        Event.Kind.VIEW.value: _("Because you viewed %(title)s"),
        "viewed": _("You looked at this recently"),
        "own habit": _("You buy it about every %(days)d days, last on %(day)s"),
        "habit": _("Bought again after about %(days)d days; you bought it on %(day)s"),
    }


def popular() -> dict[str, str]:
    """True of the counts: by the shortest span in which anyone wanted the product."""
    return {
        "week": _("Popular this week"),
        "month": _("Popular this month"),
        "overall": _("Popular with our customers"),
    }


def trending(here: str) -> str:
    """Wanted clearly more this week than in the weeks before, with the category where the slate is about one."""
    if here:
        return _("More wanted this week in %(category)s") % {"category": here}
    return _("More wanted this week than before")


def buy_again(facts: dict[str, Any]) -> str:
    """``every``: days; ``is_own``: whether that is this shopper's own habit or that of its buyers in general."""
    values = {"days": facts["every"], "day": _day(facts["last"])}
    return sentences()["own habit" if facts["is_own"] else "habit"] % values


def new(since: Any) -> str:
    return _("New since %(day)s") % {"day": _day(since)}


def _day(moment: datetime) -> str:
    return _written(localtime(moment).date(), get_language() or "")


@lru_cache(maxsize=1_000)
def _written(day: date, _language: str) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def match(found: Any, also: str = "") -> str:
    """What of the shopper's words a product matches, and what they did that speaks for it."""
    quoted = ", ".join(f"“{text}”" for text in found.fits)
    text = _("Matches %(words)s") % {"words": quoted} if quoted else found.reason[:1].upper() + found.reason[1:]
    return f"{text} · {also}" if also else text


def of_words(part: Any) -> str:
    """A part whose cause is no product."""
    if part.kind == "search":
        return _("Because you searched for “%(words)s”") % {"words": part.cause}
    if part.kind == "pin":
        return _("Picked by our team")
    return taste()


def taste() -> str:
    return _("Close to what you have looked at and bought before")
