"""Slates about products at hand, on a product's page or in the cart: similar, bought together, complete your cart."""

from collections.abc import Iterable
from typing import Any

from retail_ai.recommendations import reasons
from retail_ai.recommendations.candidates_sql import Search
from retail_ai.recommendations.plain import all_products, sellable_products
from retail_ai.recommendations.ranking import Candidate, Part, Recommendation, Wish, find, show

# What reads alike counts as what people did, but for a tie, which rounding must not decide.
ALMOST_EQUAL = 0.999


def similar(wish: Wish) -> list[Recommendation]:
    """What people went on to, and what reads alike. These are alternatives: both count the same."""
    if wish.product is None:
        return []
    key = wish.product.pk
    search = Search(
        release=wish.past.release,
        space=wish.past.space,
        causes={key: 1.0},
        blocked=wish.blocked(key),
        allowed=sellable_products(),
        pool=wish.pool,
        content=ALMOST_EQUAL,
    )
    return show(wish, find(search), _tell_similar)


def bought_together(wish: Wish) -> list[Recommendation]:
    """What was in the same orders more often than chance would have it, and is no substitute."""
    if wish.product is None:
        return []
    return show(wish, find(_together(wish, [wish.product.pk])), _tell_together)


def complete_cart(wish: Wish) -> list[Recommendation]:
    """What goes with the things in the cart, all of them together."""
    return show(wish, find(_together(wish, wish.cart)), _tell_cart)


def _together(wish: Wish, keys: Iterable[Any]) -> Search:
    keys = list(keys)
    return Search(
        release=wish.past.release,
        space=wish.past.space,
        causes=dict.fromkeys((key for key in keys if key not in wish.past.unused), 1.0),
        blocked=wish.blocked(*keys),
        allowed=sellable_products(),
        pool=wish.pool,
        link="together",
        catalogue=all_products(),
    )


def _tell_similar(_item: Candidate, part: Part, titles: dict[Any, str]) -> str:
    """A link may rest on content alone: then nobody chose the one after the other."""
    if part.kind not in ("next", "content"):
        return reasons.of_words(part)
    return reasons.because("next" if part.kind == "next" and part.support else "content", titles[part.cause])


def _tell_together(_item: Candidate, part: Part, titles: dict[Any, str]) -> str:
    return reasons.because("together", titles[part.cause]) if part.kind == "together" else reasons.of_words(part)


def _tell_cart(_item: Candidate, part: Part, titles: dict[Any, str]) -> str:
    return reasons.because("cart", titles[part.cause]) if part.kind == "together" else reasons.of_words(part)
