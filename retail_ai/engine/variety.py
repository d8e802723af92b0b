"""Chooses from a ranked list so that no brand fills it. It scores nothing and keeps the order otherwise."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def spread(
    ranked: Sequence[T],
    *,
    limit: int,
    most: int,
    brand: Callable[[T], str],
    kept: Callable[[T], bool] = lambda _item: False,
) -> list[T]:
    """The first ``limit`` of ``ranked`` with at most ``most`` of each brand, as long as there are others.

    Where there are not, those left out fill the places, in their order: the list is never shorter for variety's sake.
    An empty brand is none, and what is ``kept`` (pinned by a person) keeps its place whatever its brand.
    """
    met: dict[str, int] = {}
    chosen: list[int] = []
    for place, item in enumerate(ranked):
        if len(chosen) == limit:
            break
        name = brand(item).casefold()
        if not name or met.get(name, 0) < most or kept(item):
            met[name] = met.get(name, 0) + 1
            chosen.append(place)
    if len(chosen) < limit:
        left = [place for place in range(len(ranked)) if place not in set(chosen)]
        chosen += left[: limit - len(chosen)]
    return [ranked[place] for place in chosen]
