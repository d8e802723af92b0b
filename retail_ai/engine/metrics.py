"""How good a ranking was: hit rate, NDCG, coverage, tail. One held-out item a customer, ranked among all items."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]


def ranks_of(scores: Numbers, targets: Numbers, seen: Sequence[Numbers]) -> Numbers:
    """(n, items) scores, n targets, what each has had → 0-based rank of each target among the rest.

    Ties count against the target, so that equal scores everywhere earn nothing. A target in ``seen`` is ranked too.
    """
    rows = np.arange(len(targets))
    wanted = scores[rows, targets]
    masked = scores.copy()
    for row, items in enumerate(seen):
        masked[row, items] = -np.inf
    masked[rows, targets] = -np.inf
    ranks: Numbers = (masked >= wanted[:, None]).sum(axis=1)
    return ranks


def hit_rate(ranks: Numbers, k: int) -> float:
    """Share of targets within the first k."""
    return float((ranks < k).mean()) if len(ranks) else 0.0


def ndcg(ranks: Numbers, k: int) -> float:
    """Mean of 1/log2(rank + 2) over targets within the first k, 0 for the others."""
    return float(gains(ranks, k).mean()) if len(ranks) else 0.0


def gains(ranks: Numbers, k: int) -> Numbers:
    """Each target's own part of the NDCG."""
    return np.where(ranks < k, 1 / np.log2(ranks + 2.0), 0.0)


def tail_items(counts: Numbers, share: float = 0.2) -> Numbers:
    """Boolean (items,): all but the most frequent ``share`` of the items."""
    tail = np.ones(len(counts), dtype=bool)
    tail[np.argsort(-counts, kind="stable")[: round(share * len(counts))]] = False
    return tail


def interval(values: Numbers, *, repeats: int = 200, seed: int = 0) -> tuple[float, float]:
    """A 95 % bootstrap interval of the mean of per-customer values."""
    if not len(values):
        return 0.0, 0.0
    picks = np.random.default_rng(seed).integers(0, len(values), (repeats, len(values)))
    low, high = np.quantile(values[picks].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def summary(ranks: Numbers, in_tail: Numbers, shown: int, n_items: int) -> dict[str, float]:
    """The table's row: hr5, hr10, ndcg5, ndcg10, tail_ndcg10, coverage (share of items in anyone's first ten)."""
    return {
        "hr5": hit_rate(ranks, 5),
        "hr10": hit_rate(ranks, 10),
        "ndcg5": ndcg(ranks, 5),
        "ndcg10": ndcg(ranks, 10),
        "tail_ndcg10": ndcg(ranks[in_tail], 10),
        "coverage": shown / max(n_items, 1),
    }
