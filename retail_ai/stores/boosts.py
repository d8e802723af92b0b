"""Weights that rooms give to products wherever products are ranked: a hook, so that rooms side by side stay apart.

It ranks nothing itself and knows no room.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from retail_ai.engine.facts import ProductKey

Boost = Callable[[list[ProductKey]], Mapping[Any, float]]
_boosts: dict[str, Boost] = {}


def register_boost(name: str, boost: Boost) -> None:
    """Have ``boost(keys)`` asked for factors of products; those it leaves out have 1. Registering again replaces."""
    _boosts[name] = boost


def boosts(keys: Iterable[ProductKey]) -> dict[Any, float]:
    """By what each product's score is to be multiplied; only factors other than 1."""
    keys = list(keys)
    found: dict[Any, float] = {}
    for boost in _boosts.values():
        for key, factor in boost(keys).items():
            found[key] = found.get(key, 1.0) * factor
    return {key: factor for key, factor in found.items() if factor != 1.0}
