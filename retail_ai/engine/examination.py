"""Examines a recommender on people whose later deeds are known: every figure of the gate's table, a value a person.

The whole catalogue is ranked. What a person had is left out when new things are asked for, and kept for repeats.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine import metrics
from retail_ai.engine.ranking import top_k, without_seen

Items = NDArray[np.int64]
Floats = NDArray[np.float32]
Score = Callable[[list[Items]], Floats]
SHOWN = 10
# What is averaged over people, each with an interval.
ACCURACY = ("hr5", "hr10", "ndcg5", "ndcg10", "recall10")
PERSONAL = (*ACCURACY, "tail_ndcg10", "novelty", "tail_share", "cold_share")


@dataclass(frozen=True, slots=True)
class Shop:
    """``counts``: how often each item was had in training. ``groups``: a category number each, if known."""

    counts: Items
    groups: Items | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """``values``: name → a number a person, not-a-number where it does not apply (a tail of which nothing was wanted).

    ``lists``: the items shown to each (people, ≤ 10), -1 for none. ``strayed``: what the function of that name gives.
    """

    values: dict[str, NDArray[np.float64]]
    lists: Items
    n_items: int
    strayed: NDArray[np.float64] | None

    def row(self) -> dict[str, float | int | list[float] | None]:
        """The table's row: each mean, its 95 % interval as ``…_interval``, coverage, calibration, people."""
        found: dict[str, float | int | list[float] | None] = {}
        strayed = {} if self.strayed is None else {"calibration": self.strayed}
        for name, given in {**self.values, **strayed}.items():
            values = given[np.isfinite(given)]
            found[name] = float(values.mean()) if len(values) else 0.0
            found[f"{name}_interval"] = list(metrics.interval(values))
        shown, interval = coverage(self.lists, self.n_items)
        return {
            "calibration": None,
            **found,
            "coverage": shown,
            "coverage_interval": interval,
            "people": len(self.lists),
        }


def coverage(lists: Items, n_items: int) -> tuple[float, list[float]]:
    """Share of the items that anyone is shown, and its 95 % interval: by how much it moves as one person is left out
    (the jackknife, for drawing people again always shows fewer items)."""
    people, size = len(lists), max(n_items, 1)
    own = [np.unique(row[row >= 0]) for row in lists]
    seen_by = np.bincount(np.concatenate([*own, np.zeros(0, np.int64)]), minlength=size)
    alone = np.array([(seen_by[items] == 1).sum() for items in own], dtype=np.float64) / size
    wide = 1.96 * float(np.sqrt(max(people - 1, 0) * alone.var())) if people else 0.0
    share = float((seen_by > 0).sum() / size)
    return share, [max(share - wide, 0.0), min(share + wide, 1.0)]


def examine(
    score: Score, pasts: Sequence[Items], wanted: Sequence[Items], shop: Shop, *, repeats: bool = False
) -> Marks:
    """People with nothing wanted are left out. ``repeats``: what a person had may be shown again.

    NDCG is over all that a person wanted; a hit is any of it. An item of score 0 or below everywhere is not shown.
    """
    asked = [i for i, items in enumerate(wanted) if len(items)]
    tail = metrics.tail_items(shop.counts)
    lists, values = np.full((len(asked), SHOWN), -1, dtype=np.int64), {name: [np.zeros(0)] for name in PERSONAL[:6]}
    for start in range(0, len(asked), 256):
        rows = asked[start : start + 256]
        own = [np.asarray(pasts[i], dtype=np.int64) for i in rows]
        scores = np.array(score(own), dtype=np.float32) if repeats else without_seen(score(own), own)
        best = top_k(scores, SHOWN)
        there = np.isfinite(np.take_along_axis(scores, best, axis=1))
        lists[start : start + len(rows), : best.shape[1]] = np.where(there, best, -1)
        for name, found in _accuracy(scores, [wanted[i] for i in rows], tail).items():
            values[name].append(found)
    joined = {name: np.concatenate(parts) for name, parts in values.items()}
    return Marks(
        {**joined, **_variety(lists, shop)},
        lists,
        len(shop.counts),
        strayed(lists, [pasts[i] for i in asked], shop.groups) if shop.groups is not None else None,
    )


def _accuracy(scores: Floats, wanted: list[Items], tail: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
    """hr, ndcg and recall of each row, and NDCG of what it wanted of the tail. Ties count against what was wanted."""
    found: dict[str, list[float]] = {name: [] for name in PERSONAL[:6]}
    for row, items in zip(scores, wanted, strict=True):
        ranks = _ranks(row, items)
        for k in (5, 10):
            found[f"hr{k}"].append(float((ranks < k).any()))
            found[f"ndcg{k}"].append(_ndcg(ranks, k))
        found["recall10"].append(float((ranks < 10).sum() / min(10, len(items))))
        rare = items[tail[items]]
        found["tail_ndcg10"].append(_ndcg(_ranks(row, rare), 10) if len(rare) else np.nan)
    return {name: np.array(values) for name, values in found.items()}


def _ranks(row: Floats, items: Items) -> Items:
    """0-based ranks of these items, ascending, the best of them first."""
    heights = np.sort(row[items])[::-1]
    others = row.copy()
    others[items] = -np.inf
    return np.array([(others >= height).sum() for height in heights], dtype=np.int64) + np.arange(len(items))


def _ndcg(ranks: Items, k: int) -> float:
    best = (1 / np.log2(np.arange(min(k, len(ranks))) + 2.0)).sum()
    return float(metrics.gains(ranks, k).sum() / best)


def _variety(lists: Items, shop: Shop) -> dict[str, NDArray[np.float64]]:
    """Of each list: mean surprise in bits (novelty), share of the tail, share of items that nobody had."""
    there = lists >= 0
    size = np.maximum(there.sum(axis=1), 1)
    share = (shop.counts + 1.0) / (shop.counts.sum() + len(shop.counts))
    kinds = {
        "novelty": -np.log2(share),
        "tail_share": metrics.tail_items(shop.counts).astype(float),
        "cold_share": (shop.counts == 0).astype(float),
    }
    return {name: np.where(there, values[lists], 0.0).sum(axis=1) / size for name, values in kinds.items()}


def strayed(lists: Items, pasts: Sequence[Items], groups: Items) -> NDArray[np.float64]:
    """How far each list strays from the categories its person had: KL(past ‖ list), smoothed by 1 % (Steck 2018).

    0 is a list with the very shares of a person's past. Only of those who have a past and were shown something.
    """
    size = int(groups.max(initial=0)) + 1
    found = []
    for row, past in zip(lists, pasts, strict=True):
        shown = row[row >= 0]
        if not len(shown) or not len(past):
            continue
        had = np.bincount(groups[past], minlength=size) / len(past)
        got = np.bincount(groups[shown], minlength=size) / len(shown)
        mixed, known = 0.99 * got + 0.01 * had, had > 0
        found.append(float((had[known] * np.log(had[known] / mixed[known])).sum()))
    return np.array(found)
