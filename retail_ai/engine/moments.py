"""Second moments of shopping: how often one item stood, weighted by age, before another. It solves nothing."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Items = NDArray[np.int64]
Times = NDArray[np.float64]
# Pairs of items held at once (12 bytes each, a few times over); longer data is added up in portions.
MOST_PAIRS = 10_000_000


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
        walk = [_numbers(sequences[i]) for i in part]
        steps = [_steps(len(sequences[i]), None if times is None else times[i]) for i in part]
        back = [own[::-1] for own in walk], [own[-1:] - own[::-1] for own in steps]
        for weight, (items, own) in ((1.0, (walk, steps)), (backward, back)):
            if weight:
                past, follows = _pairs(items, own, column, len(kept), decay, window)
                gram = gram + np.float32(weight) * (past.T @ past)
                right = right + np.float32(weight) * (past.T @ follows)
    return gram.tocsr(), right.tocsr()


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


def _pairs(
    walk: list[Items], steps: list[Items], column: Items, width: int, decay: float, window: int
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Rows of (decayed past and others of the moment, item) for every item that has any of them."""
    items = column[np.concatenate([*walk, np.zeros(0, np.int64)])]
    places = np.concatenate([*(np.arange(len(sequence)) for sequence in walk), np.zeros(0, np.int64)])
    step = np.concatenate([*steps, np.zeros(0, np.int64)])
    rows, columns, values = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    for lag in range(1, min(window, int(places.max(initial=0))) + 1):
        later = np.flatnonzero(places >= lag)
        together = later[step[later] == step[later - lag]]
        for target, source in ((later, later - lag), (together - lag, together)):
            known = items[source] >= 0
            rows.append(target[known])
            columns.append(items[source[known]])
            ages = np.maximum(step[target[known]] - step[source[known]] - 1, 0)
            values.append((decay**ages).astype(np.float32))
    shape = (len(items), width)
    past = sparse.csr_matrix((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape)
    has_past = np.flatnonzero((np.diff(past.indptr) > 0) & (items >= 0))
    ones = np.ones(len(has_past), dtype=np.float32)
    return past, sparse.csr_matrix((ones, (has_past, items[has_past])), shape)


def _numbers(sequence: Items) -> Items:
    return np.asarray(sequence, dtype=np.int64)
