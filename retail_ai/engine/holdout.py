"""Splits histories by time: what came before a moment to learn from, what came after to be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Items = NDArray[np.int64]
Times = NDArray[np.float64]
WEEK = 7 * 86_400.0
# Held out at most: so many weeks, and this share of what happened.
WEEKS, MOST_SHARE = 4, 0.2
MOST_PEOPLE = 4_000


@dataclass(frozen=True, slots=True)
class HoldOut:
    """``train`` and ``train_times``: everyone's deeds before ``moment``. For those who had a past and then did more:
    ``pasts``, what of the later was ``new`` to them, and what was had ``again`` (each once, in order of time)."""

    moment: float
    train: list[Items]
    train_times: list[Times]
    pasts: list[Items]
    new: list[Items]
    again: list[Items]


def moment_of(times: Sequence[Times], *, weeks: float = WEEKS, share: float = MOST_SHARE) -> float:
    """The moment ``weeks`` before the newest deed, or later where more than ``share`` of all would be held out."""
    flat = np.concatenate([*times, np.zeros(0)])
    if not len(flat):
        return 0.0
    return float(max(flat.max() - weeks * WEEK, np.quantile(flat, 1 - share)))


def hold_out(
    sequences: Sequence[Items], times: Sequence[Times], moment: float, *, people: int = MOST_PEOPLE, seed: int = 0
) -> HoldOut:
    """Split at a moment. Of more than ``people`` to ask, as many are drawn at random."""
    cuts = [int(np.searchsorted(own, moment)) for own in times]
    train = [sequence[:cut] for sequence, cut in zip(sequences, cuts, strict=True)]
    asked = [i for i, cut in enumerate(cuts) if 0 < cut < len(sequences[i])]
    if len(asked) > people:
        asked = sorted(np.random.default_rng(seed).choice(asked, people, replace=False).tolist())
    later = [list(dict.fromkeys(sequences[i][cuts[i] :].tolist())) for i in asked]
    had = [set(train[i].tolist()) for i in asked]
    return HoldOut(
        moment,
        train,
        [own[:cut] for own, cut in zip(times, cuts, strict=True)],
        [train[i] for i in asked],
        [_numbers([item for item in items if item not in own]) for items, own in zip(later, had, strict=True)],
        [_numbers([item for item in items if item in own]) for items, own in zip(later, had, strict=True)],
    )


def _numbers(items: list[int]) -> Items:
    return np.array(items, dtype=np.int64)
