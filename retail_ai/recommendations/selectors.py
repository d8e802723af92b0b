"""Reads of recommendations: one entrance to all slates."""

from contextlib import nullcontext
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.recommendations.history import Past, past_of
from retail_ai.recommendations.models import Release
from retail_ai.recommendations.slates import SLATES, Recommendation, Wish

__all__ = ["Recommendation", "recommend", "serving_release", "slate_title"]

MOST = 100


def recommend(
    *,
    slate: str,
    customer: Any = None,
    visitor: str = "",
    product: Any = None,
    limit: int = 12,
    language: str | None = None,
) -> list[Recommendation]:
    """At most ``limit`` products that can be bought now, best first, each with its reason; fewer rather than filler.

    ``slate``: similar and bought_together (need ``product``), for_you, recently_viewed, popular. Raises InvalidInput
    for another one.
    """
    if slate not in SLATES:
        raise InvalidInput(f"No slate {str(slate)[:40]!r}; known slates: {', '.join(SLATES)}")
    if limit < 1:
        return []
    past = past_of(customer=customer, visitor=visitor) if customer is not None or visitor else Past([], set())
    wish = Wish(past=past, limit=min(limit, MOST), product=product, customer=customer)
    with translation.override(language) if language else nullcontext():
        return SLATES[slate](wish)


def slate_title(slate: str, shown: list[Recommendation]) -> str:
    """What to write above a slate. One that fell back on what is popular says so."""
    if slate == "for_you" and any(item.is_popular for item in shown):
        slate = "popular"
    return {
        "similar": _("Similar products"),
        "for_you": _("For you"),
        "bought_together": _("Often bought together"),
        "recently_viewed": _("Recently viewed"),
        "popular": _("Popular now"),
    }[slate]


def serving_release() -> Release | None:
    """The release in service."""
    return Release.objects.filter(state=Release.State.SERVING).first()
