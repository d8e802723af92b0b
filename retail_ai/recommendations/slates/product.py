"""Slates about products at hand, on a product's page or in the cart: similar, bought together, complete your cart."""

from typing import Any

from retail_ai.recommendations import reasons
from retail_ai.recommendations.allowed import all_products, sellable_products
from retail_ai.recommendations.candidates_sql import Search, candidate_statement
from retail_ai.recommendations.ranking import find, show
from retail_ai.recommendations.state_sql import Text
from retail_ai.recommendations.wishes import Candidate, Part, Recommendation, Teller, Wish

# What reads alike counts as what people did, but for a tie, which rounding must not decide.
ALMOST_EQUAL = 0.999


def similar(wish: Wish) -> list[Recommendation]:
    """What people went on to, and what reads alike. These are alternatives: both count the same."""
    return show(wish, find(wish, similar_rest), _tell_similar())


def similar_rest(wish: Wish) -> Text | None:
    return candidate_statement(_alike(wish)) if wish.product is not None else None


def bought_together(wish: Wish) -> list[Recommendation]:
    """What was in the same orders more often than chance would have it, and is no substitute."""
    return show(wish, find(wish, bought_together_rest), _tell_linked("together"))


def bought_together_rest(wish: Wish) -> Text | None:
    return candidate_statement(_together(wish, (wish.product.pk,))) if wish.product is not None else None


def complete_cart(wish: Wish) -> list[Recommendation]:
    """What goes with the things in the cart, all of them together."""
    return show(wish, find(wish, complete_cart_rest), _tell_linked("in_cart"))


def complete_cart_rest(wish: Wish) -> Text | None:
    return candidate_statement(_together(wish, wish.cart)) if wish.cart else None


def _alike(wish: Wish) -> Search:
    keys = (wish.product.pk,)
    return Search(wish.serving, sellable_products(), wish.pool, causes=keys, blocked=keys, content=ALMOST_EQUAL)


def _together(wish: Wish, keys: tuple[Any, ...]) -> Search:
    return Search(
        wish.serving,
        sellable_products(with_shelf=True),
        wish.pool,
        causes=keys,
        blocked=keys,
        spares_unused=True,
        link="together",
        catalogue=all_products(with_shelf=True),
    )


def _tell_similar() -> Teller:
    """A link may rest on content alone: then nobody chose the one after the other."""
    said = reasons.sentences()

    def tell(_item: Candidate, part: Part, titles: dict[Any, str]) -> str:
        if part.kind not in ("next", "content"):
            return reasons.of_words(part)
        return said["next" if part.kind == "next" and part.support else "content"] % {"title": titles[part.cause]}

    return tell


def _tell_linked(how: str) -> Teller:
    said = reasons.sentences()[how]

    def tell(_item: Candidate, part: Part, titles: dict[Any, str]) -> str:
        return said % {"title": titles[part.cause]} if part.kind == "together" else reasons.of_words(part)

    return tell
