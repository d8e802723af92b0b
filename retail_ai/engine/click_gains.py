"""How much a product was wanted by those who searched for the same words: choices over the chances of being looked at.

What stands first is looked at most, so bare clicks teach the order that there is. A product at rank r is taken to be
looked at with probability 1/r, the model of the field's counterfactual learning (Joachims, Swaminathan & Schnabel,
2017), not below LEAST, which bounds the variance at the price of some bias. What is counted is clicks over expected
looks (Zhang & Jones, 2007), drawn towards none where there were few. No shop's own curve is estimated: that takes
orders shuffled on purpose.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np

LEAST = 0.1
# A purchase after a click counts as so many clicks more.
BOUGHT = 3.0
# Looks without a choice that every product is credited with: a single click far below is no proof.
PRIOR = 1.0
# A gain of 1 is what a look is worth in this shop on average; more than this is as good as this.
MOST_GAIN = 7.0


@dataclass(frozen=True, slots=True)
class Showing:
    """One person's search for these words: keys as they were shown, from the first rank on, and those chosen."""

    words: str
    person: Hashable
    shown: tuple[Hashable, ...]
    clicked: frozenset[Hashable] = frozenset()
    bought: frozenset[Hashable] = frozenset()


def looked_at(rank: int) -> float:
    """The probability that a product at this rank, 1 the first, is looked at."""
    return max(LEAST, 1 / rank)


def merge(showings: Iterable[Showing]) -> list[Showing]:
    """One showing for each person and words, in the order first seen: who searches a hundred times has one voice."""
    merged: dict[tuple[str, Hashable], Showing] = {}
    for one in showings:
        before = merged.get((one.words, one.person))
        if before is None:
            merged[one.words, one.person] = one
            continue
        known = frozenset(before.shown)
        merged[one.words, one.person] = Showing(
            one.words, one.person, before.shown,
            before.clicked | (one.clicked & known), before.bought | (one.bought & known),
        )  # fmt: skip
    return list(merged.values())


def gains(showings: Iterable[Showing]) -> dict[str, dict[Hashable, float]]:
    """Words → {product shown: gain from 0 to MOST_GAIN}; nothing where nothing was ever chosen."""
    looks: dict[tuple[str, Hashable], float] = defaultdict(float)
    chosen: dict[tuple[str, Hashable], float] = defaultdict(float)
    for one in merge(showings):
        for rank, key in enumerate(one.shown, start=1):
            looks[one.words, key] += looked_at(rank)
            chosen[one.words, key] += (key in one.clicked) + BOUGHT * (key in one.bought)
    usual = sum(chosen.values()) / max(sum(looks.values()), 1e-9)
    result: dict[str, dict[Hashable, float]] = defaultdict(dict)
    for (words, key), amount in chosen.items():
        worth = amount / (looks[words, key] + PRIOR) / usual if usual else 0.0
        result[words][key] = min(MOST_GAIN, worth)
    return dict(result) if usual else {}


def grade(gain: float) -> float:
    """The grade, 0 to 3, whose gain 2^grade - 1 this is."""
    return float(np.log2(1 + gain))


def strength(gain: float) -> float:
    """The grade as a share of the highest, as rankers are given it."""
    return grade(gain) / grade(MOST_GAIN)
