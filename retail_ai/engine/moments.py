"""Second moments of shopping: how often one item stood, weighted by age, before another. It solves nothing."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.pair_sums import Pairs, summed, with_transposed
from retail_ai.engine.walks import PairWeights, Walks

Items = NDArray[np.int64]
Times = NDArray[np.float64]
# Pairs of items held at once (12 bytes each, a few times over); longer data is added up in portions.
MOST_PAIRS = 30_000_000


def counts_of(sequences: Sequence[Items], n_items: int) -> Items:
    """How often each item occurs. Raises ValueError for item numbers out of range."""
    items = np.concatenate([*map(_numbers, sequences), np.zeros(0, np.int64)])
    if len(items) and not (items.min() >= 0 and items.max() < n_items):
        raise ValueError(f"item numbers must lie in 0…{n_items - 1}")
    return np.bincount(items, minlength=n_items)


def most_frequent(counts: Items, most: int) -> Items:
    """The item numbers, ascending, of the ``most`` most frequent items that occur at all."""
    if np.count_nonzero(counts) <= most:
        return np.flatnonzero(counts)
    return np.sort(np.argsort(-counts, kind="stable")[:most])


def pairs_in(sequences: Sequence[Items], window: int) -> Items:
    """How many (past, next) pairs each sequence holds within the window."""
    lengths = np.array([len(sequence) for sequence in sequences], dtype=np.int64)
    inside = np.minimum(lengths, window + 1)
    return np.asarray(inside * (inside - 1) // 2 + (lengths - inside) * window)


def moments(
    sequences: Sequence[Items],
    kept: Items,
    n_items: int,
    *,
    decay: float,
    window: int,
    backward: float,
    times: Sequence[Times] | None = None,
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """XᵀX and XᵀY over the kept items: X an item's past, decayed by age; Y the item; plus the walk back, weighted.

    ``times``: of each item. Items of one moment, such as an order's, stood before each other both ways, and age is
    counted in moments; without times every item has a moment of its own.
    """
    column = np.full(n_items, -1)
    column[kept] = np.arange(len(kept))
    gram = right = sparse.csr_matrix((len(kept), len(kept)), dtype=np.float32)
    for part in _portions(sequences, window):
        steps = [_steps(len(sequences[i]), None if times is None else times[i]) for i in part]
        walks = Walks.of([column[_numbers(sequences[i])] for i in part], steps)
        gram = gram + summed(_seen_together(walks, decay, window, backward), len(kept))
        right = right + summed(_followed(walks, decay, window), len(kept))
    return with_transposed(gram, 1.0), with_transposed(right, backward)


def _seen_together(walks: Walks, decay: float, window: int, backward: float) -> Iterator[Pairs]:
    """Half of XᵀX, which is symmetric: each pair of items of a history once, and half of the diagonal."""
    there, back = PairWeights(walks, decay, window), PairWeights(walks.mirrored(), decay, window) if backward else None
    # In a basket two items further apart than the window can both be in that of one between them.
    furthest = min(window * (2 if walks.has_baskets else 1), walks.longest - 1)
    for lag in range(furthest + 1):
        weight = there.of(lag)
        if back is not None:
            weight += backward * back.of(lag)[::-1]
        yield walks.pairs(lag, weight if lag else weight / 2)


def _followed(walks: Walks, decay: float, window: int) -> Iterator[Pairs]:
    """XᵀY on the way there; the walk back is the same with both items exchanged."""
    powers = decay ** np.arange(walks.longest + 1, dtype=np.float64)
    for lag in range(1, min(window, walks.longest - 1) + 1):
        span = walks.span(lag)
        yield walks.pairs(lag, powers[np.maximum(span - 1, 0)])
        if walks.has_baskets:
            early, late, weight = walks.pairs(lag, (span == 0).astype(np.float64))
            yield late[weight > 0], early[weight > 0], weight[weight > 0]


def _steps(length: int, times: Times | None) -> Items:
    """The number of each item's moment, from 0."""
    if times is None:
        return np.arange(length)
    return np.cumsum(np.diff(times, prepend=times[:1]) > 0)


def _portions(sequences: Sequence[Items], window: int) -> Iterator[list[int]]:
    """Numbers of the sequences of each portion."""
    sizes = np.cumsum(pairs_in(sequences, window))
    number = sizes // MOST_PAIRS
    for portion in np.unique(number):
        yield np.flatnonzero(number == portion).tolist()


def _numbers(sequence: Items) -> Items:
    return np.asarray(sequence, dtype=np.int64)
