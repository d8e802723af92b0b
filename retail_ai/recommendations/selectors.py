"""Reads of recommendations: one entrance to all slates."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.recommendations.history import person_of
from retail_ai.recommendations.models import Release
from retail_ai.recommendations.searched import found_for
from retail_ai.recommendations.serving import consult
from retail_ai.recommendations.slates import SLATES
from retail_ai.recommendations.wishes import Recommendation, Wish

__all__ = ["Recommendation", "recommend", "serving_release", "slate_title"]

MOST = 100
# What is in a larger cart beyond this many products is not looked at.
MOST_IN_CART = 50


def recommend(
    *,
    slate: str,
    customer: Any = None,
    visitor: str = "",
    product: Any = None,
    cart: Sequence[Any] = (),
    category: str = "",
    text: str = "",
    limit: int = 12,
    language: str | None = None,
    use_history: bool = True,
    in_mail: bool = False,
    rules: list[dict[str, Any]] | None = None,
    at: datetime | None = None,
) -> list[Recommendation]:
    """At most ``limit`` products that can be bought now, best first, each with its reason; fewer rather than filler.

    ``slate``: a name in ``slates.SLATES``; similar and bought_together need ``product``, complete_cart ``cart`` (keys
    of products), need ``text``. Raises InvalidInput for an unknown one or one without what it needs in words.
    ``category``: what "here" means to popular and trending. ``use_history``: False where the browser says no.
    ``in_mail``: leave out what must not be mailed. ``rules``, ``at``: other rules than those in force, for previews.
    """
    if slate not in SLATES:
        raise InvalidInput(f"No slate {str(slate)[:40]!r}; known slates: {', '.join(SLATES)}")
    if limit < 1:
        return []
    needs = SLATES[slate].needs_of
    person = person_of(customer=customer, visitor=visitor, slate=slate, use_history=use_history, at=at, needs=needs)
    wish = Wish(
        limit=min(limit, MOST), person=person, slate=slate, product=product,
        cart=tuple(dict.fromkeys(cart))[:MOST_IN_CART], category=category, text=text, in_mail=in_mail,
    )  # fmt: skip
    with translation.override(language) if language else nullcontext():
        if SLATES[slate].needs == "text":
            wish.hits = tuple(found_for(text))
        past, found, shop = consult(person, SLATES[slate].rest_for(wish), along=SLATES[slate].along(wish))
        wish.past = past if rules is None else replace(past, rules=rules)
        wish.found, wish.rows, wish.serving = found, shop, past.serving
        return SLATES[slate].make(wish)


def slate_title(slate: str, shown: Sequence[Recommendation]) -> str:
    """What to write above a slate. One that another stepped in for says so."""
    slate = next((item.shown_as for item in shown if item.shown_as), slate)
    return {
        "similar": _("Similar products"),
        "for_you": _("For you"),
        "bought_together": _("Often bought together"),
        "complete_cart": _("Complete your cart"),
        "buy_again": _("Buy again"),
        "recently_viewed": _("Recently viewed"),
        "trending": _("Trending now"),
        "new_for_you": _("New for you"),
        "new": _("New in the shop"),
        "because_you_searched": _("Because you searched"),
        "need": _("What you are looking for"),
        "popular": _("Popular now"),
    }[slate]


def serving_release() -> Release | None:
    """The release in service."""
    return Release.objects.filter(state=Release.State.SERVING).first()
