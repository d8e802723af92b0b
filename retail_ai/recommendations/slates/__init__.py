"""The slates by name. Each takes a Wish and gives recommendations, best first, fewer rather than filler."""

from collections.abc import Callable
from dataclasses import dataclass

from retail_ai.recommendations.serving import Along, Rest
from retail_ai.recommendations.slates.again import buy_again, buy_again_rest, recently_viewed, recently_viewed_rest
from retail_ai.recommendations.slates.crowd import popular, popular_rest, trending, trending_rest
from retail_ai.recommendations.slates.fresh import new_for_you, new_for_you_rest
from retail_ai.recommendations.slates.person import for_you, for_you_rest, is_someone
from retail_ai.recommendations.slates.product import (
    bought_together,
    bought_together_rest,
    complete_cart,
    complete_cart_rest,
    similar,
    similar_rest,
)
from retail_ai.recommendations.slates.words import because_you_searched, need, need_rest
from retail_ai.recommendations.state_sql import Text
from retail_ai.recommendations.wishes import Recommendation, Wish

__all__ = ["SLATES", "Recommendation", "Slate", "Wish"]


@dataclass(frozen=True, slots=True)
class Slate:
    """How a slate is made, and what must be given for it: ``product``, ``cart`` or ``text``.

    ``rest``: the SQL that the slate will ask first, so that it can be asked together with the person's past; it may
    use of the wish what does not depend on that. ``needs_of``: what of a person's past it looks at. The shop's rows
    are read with the candidates, as many as are shown and ``spare`` more, for rules and brands may leave some out,
    where the reasons name no product but those shown and the page's own (``names_few``), or where the statement tells
    their causes (``tells_causes``, by the wish).
    """

    make: Callable[[Wish], list[Recommendation]]
    needs: str = ""
    rest: Callable[[Wish], Text | None] | None = None
    needs_of: frozenset[str] = frozenset({"deeds", "deeds_told", "owned", "serving"})
    names_few: bool = False
    tells_causes: Callable[[Wish], bool] | None = None
    spare: int = 3

    def rest_for(self, wish: Wish) -> Rest | None:
        """What to ask with the past, for any release and vector space in service."""
        rest = self.rest
        return None if rest is None else lambda serving: rest(wish.under(serving))

    def along(self, wish: Wish) -> Along:
        """The shop's rows to read with the candidates."""
        causes = self.tells_causes is not None and self.tells_causes(wish)
        return Along(wish.limit + self.spare if causes or self.names_few else 0, causes)


# What a person hid and does not want used is always looked at, and whether they consented.
OWNED, LINKED = frozenset({"owned"}), frozenset({"owned", "serving"})
SLATES: dict[str, Slate] = {
    "similar": Slate(similar, "product", similar_rest, LINKED, names_few=True),
    "for_you": Slate(for_you, rest=for_you_rest, names_few=True, tells_causes=is_someone),
    "bought_together": Slate(bought_together, "product", bought_together_rest, LINKED, names_few=True),
    "complete_cart": Slate(
        complete_cart, "cart", complete_cart_rest, LINKED, tells_causes=lambda wish: bool(wish.cart)
    ),
    "buy_again": Slate(buy_again, rest=buy_again_rest, needs_of=frozenset(), names_few=True),
    "recently_viewed": Slate(
        recently_viewed, rest=recently_viewed_rest, needs_of=frozenset({"deeds"}), names_few=True, spare=0
    ),
    "trending": Slate(trending, rest=trending_rest, needs_of=OWNED, names_few=True),
    "new_for_you": Slate(new_for_you, rest=new_for_you_rest, tells_causes=is_someone),
    "because_you_searched": Slate(because_you_searched, needs_of=frozenset({"owned", "searches"})),
    "need": Slate(need, "text", need_rest),
    "popular": Slate(popular, rest=popular_rest, needs_of=OWNED, names_few=True),
}
