"""Chooses how many links of each product are kept: as many as people it was not taught on gain by, within a budget.

A sparse shop is served as well by 40 as by all; where people have hundreds of things each, every product is linked to
a good part of the catalogue and short lists cost a tenth. It makes no links.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.neighbours import LINKS, Neighbours

Items = NDArray[np.int64]
STEPS = (LINKS, 80, 160, 320)
# Links kept of small catalogues at most (some 340 bytes each in PostgreSQL), and read at most for one request: 12,000
# cost the statement 6 ms of CPU more than 3,000.
MOST_ROWS, MOST_READ = 1_000_000, 12_000
# Twice as many links must reach that share more to be worth reading.
GAIN = 0.005
# Weights below this share of the loudest are not heard.
FAINT = 1e-3


@dataclass(frozen=True, slots=True)
class Tried:
    """``links`` out of and into each product, what they are, and the NDCG@10 they reach."""

    links: int
    neighbours: Neighbours
    ndcg10: float


def choose_links(
    made: Callable[[int], Neighbours],
    height: Callable[[Neighbours], float],
    n_items: int,
    history: float,
    *,
    steps: Sequence[int] = STEPS,
) -> Tried:
    """The last step that was worth it. ``history``: products that a long history counts.

    The first step is always affordable; steps end where a budget does, or where twice the links gain next to nothing.
    """
    best = _tried(made, height, steps[0])
    for links in steps[1:]:
        if not is_affordable(links, n_items, history):
            break
        more = _tried(made, height, links)
        if more.ndcg10 <= best.ndcg10 * (1 + GAIN):
            break
        best = more
    return best


def is_affordable(links: int, n_items: int, history: float) -> bool:
    """Whether so many out of and into each product, 1.6 times as many on average, keep within both budgets."""
    each = min(1.6 * links, n_items)
    return each * n_items <= MOST_ROWS and each * history <= MOST_READ


def length_of(pasts: Sequence[Items], kernel: Sequence[float]) -> float:
    """How many products a long history counts: of 100 people 5 have more."""
    counted = [min(len(np.unique(past)), len(kernel)) for past in pasts]
    return float(np.quantile(counted, 0.95)) if counted else 0.0


def audible(kernel: Sequence[float]) -> tuple[float, ...]:
    """The kernel without the end that weighs next to nothing, which a request would read all the same."""
    weights = np.abs(np.asarray(kernel, dtype=np.float64))
    heard = np.flatnonzero(weights >= FAINT * weights.max(initial=0.0))
    return tuple(kernel[: int(heard[-1]) + 1]) if len(heard) else tuple(kernel)


def _tried(made: Callable[[int], Neighbours], height: Callable[[Neighbours], float], links: int) -> Tried:
    neighbours = made(links)
    return Tried(links, neighbours, height(neighbours))
