"""The slates by name. Each takes a Wish and gives recommendations, best first, fewer rather than filler."""

from collections.abc import Callable
from dataclasses import dataclass

from retail_ai.recommendations.ranking import Recommendation, Wish
from retail_ai.recommendations.slates.again import buy_again, recently_viewed
from retail_ai.recommendations.slates.crowd import popular, trending
from retail_ai.recommendations.slates.fresh import new_for_you
from retail_ai.recommendations.slates.person import for_you
from retail_ai.recommendations.slates.product import bought_together, complete_cart, similar
from retail_ai.recommendations.slates.words import because_you_searched, need

__all__ = ["SLATES", "Recommendation", "Slate", "Wish"]


@dataclass(frozen=True, slots=True)
class Slate:
    """How a slate is made, and what must be given for it: ``product``, ``cart`` or ``text``."""

    make: Callable[[Wish], list[Recommendation]]
    needs: str = ""


SLATES: dict[str, Slate] = {
    "similar": Slate(similar, "product"),
    "for_you": Slate(for_you),
    "bought_together": Slate(bought_together, "product"),
    "complete_cart": Slate(complete_cart, "cart"),
    "buy_again": Slate(buy_again),
    "recently_viewed": Slate(recently_viewed),
    "trending": Slate(trending),
    "new_for_you": Slate(new_for_you),
    "because_you_searched": Slate(because_you_searched),
    "need": Slate(need, "text"),
    "popular": Slate(popular),
}
