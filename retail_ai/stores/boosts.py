"""Weights that rooms give to products wherever products are ranked: a hook, so that rooms side by side stay apart.

It ranks nothing itself and knows no room.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from retail_ai.engine.facts import ProductKey

Boost = Callable[[list[ProductKey]], Mapping[Any, float]]
BoostText = Callable[[str], str]
_boosts: dict[str, Boost] = {}
_texts: dict[str, BoostText] = {}


def register_boost(name: str, boost: Boost, *, text: BoostText | None = None) -> None:
    """Have ``boost(keys)`` asked for factors of products; those it leaves out have 1. Registering again replaces.

    ``text(key)``: the same as SQL of one product's factor or NULL, without parameters, where ``key`` is SQL of its
    key: then it is asked within the statement that ranks, and costs no round trip.
    """
    _boosts[name] = boost
    _texts.pop(name, None)
    if text is not None:
        _texts[name] = text


def boost_texts(key: str) -> list[str] | None:
    """The factors of the product with that key as SQL; None where a boost has no SQL, so that all must be asked."""
    return [text(key) for text in _texts.values()] if len(_texts) == len(_boosts) else None


def boosts(keys: Iterable[ProductKey]) -> dict[Any, float]:
    """By what each product's score is to be multiplied; only factors other than 1."""
    keys = list(keys)
    found: dict[Any, float] = {}
    for boost in _boosts.values():
        for key, factor in boost(keys).items():
            found[key] = found.get(key, 1.0) * factor
    return {key: factor for key, factor in found.items() if factor != 1.0}
