"""Turns a model or baskets into short lists of neighbours, and scores with those lists alone, as serving does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.ranking import top_k

Items = NDArray[np.int64]
Floats = NDArray[np.float32]
# What serving keeps: so many links out of and into each item, looked for among so many times as many.
LINKS, DEEP = 40, 6
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Flat triples: ``sources[i]`` leads to ``targets[i]`` with ``scores[i]``; ``support[i]`` people are behind it."""

    n_items: int
    sources: Items
    targets: Items
    scores: Floats
    support: Items

    def score(self, histories: Sequence[Items], *, kernel: Sequence[float]) -> Floats:
        """(n histories, oldest first) → float32 (n, n_items) from these triples only.

        ``kernel``: the weight of the newest item, of the one before it…; older ones do not count.
        """
        links = sparse.csr_matrix((self.scores, (self.sources, self.targets)), shape=(self.n_items, self.n_items))
        return np.asarray((weighed(histories, self.n_items, kernel) @ links).todense(), dtype=np.float32)


def weighed(histories: Sequence[Items], n_items: int, kernel: Sequence[float]) -> sparse.csr_matrix:
    """(n histories, oldest first) → sparse float32 (n, n_items): the newest item weighs ``kernel[0]``, and so on."""
    weights = np.asarray(kernel, dtype=np.float32)
    cut = [np.asarray(history, dtype=np.int64)[::-1][: len(weights)] for history in histories]
    lengths = np.array([len(history) for history in cut], dtype=np.int64)
    columns = np.concatenate([*cut, np.zeros(0, np.int64)])
    values = np.concatenate([*(weights[:length] for length in lengths), np.zeros(0, np.float32)])
    rows = np.repeat(np.arange(len(cut)), lengths)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(cut), n_items))


def strongest(
    linked: Callable[[Items], Any], sequences: Sequence[Items], n_items: int, *, k: int = LINKS
) -> Neighbours:
    """The k strongest links out of each item and the k strongest into each, by a model's ``linked`` (items → rows,
    dense or sparse): by those into it a rare item is found too, whose links are weak beside others' in every row.

    Only scores above 0; links into an item are looked for among the strongest DEEP × k out of each. ``support``: how
    many people had both.
    """
    had = sets_of(sequences, n_items)
    known = np.flatnonzero(np.diff(had.tocsc().indptr))
    froms, tos, heights = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
    for start in range(0, len(known), _BLOCK):
        items = known[start : start + _BLOCK]
        row, target, score = _best(linked(items), items, DEEP * k)
        froms.append(items[row].astype(np.int32))
        tos.append(target.astype(np.int32))
        heights.append(score)
    sources, targets, scores = np.concatenate(froms), np.concatenate(tos), np.concatenate(heights)
    kept = np.zeros(len(scores), dtype=bool)
    kept[_highest(sources, scores, k)] = kept[_highest(targets, scores, k)] = True
    out_of, into = sources[kept].astype(np.int64), targets[kept].astype(np.int64)
    return Neighbours(n_items, out_of, into, scores[kept], _had_both(had, out_of, into))


def _highest(group: NDArray[Any], scores: NDArray[Any], k: int) -> Items:
    """Where the k highest scores of each group stand, group by group, the highest first."""
    order = np.lexsort((-scores, group))
    ahead = np.searchsorted(group[order], np.arange(int(group.max(initial=-1)) + 1))
    return np.asarray(order[np.arange(len(order)) - ahead[group[order]] < k], dtype=np.int64)


def _had_both(had: sparse.csr_matrix, sources: Items, targets: Items) -> Items:
    """People who had both items of each link; ``sources`` ascending."""
    both = (had.T @ had).tocsr()
    cuts = np.searchsorted(sources, np.arange(0, had.shape[1] + _BLOCK, _BLOCK))
    parts = [slice(start, stop) for start, stop in pairwise(cuts)]
    found = [_entries(both, sources[part], targets[part]) for part in parts]
    return np.concatenate([*found, np.zeros(0, np.int64)])


def _best(rows: Any, items: Items, k: int) -> tuple[Items, Items, Floats]:
    """(row, column, score) of the k highest scores above 0 of each row, an item's own place left out."""
    if sparse.issparse(rows):
        found = rows.tocoo()
        row, column, score = found.row, found.col, found.data
    else:
        best = top_k(rows, k + 1)
        row, column = np.repeat(np.arange(len(items)), best.shape[1]), best.ravel()
        score = rows[row, column]
    good = (score > 0) & (column != items[row])
    row, column, score = row[good], column[good], np.asarray(score[good], dtype=np.float32)
    first = _highest(row, score, k)
    return row[first], column[first], score[first]


def together(baskets: Sequence[Items], n_items: int, *, k: int = 30, least: int = 3) -> Neighbours:
    """Items bought in one order more often than chance would have it, at least ``least`` times; score: cosine."""
    had = sets_of(baskets, n_items)
    both = (had.T @ had).tocoo()
    counts = np.asarray(had.sum(axis=0)).ravel()
    expected = counts[both.row] * counts[both.col] / max(had.shape[0], 1)
    good = (both.row != both.col) & (both.data >= least) & (both.data > expected)
    row, col, seen = both.row[good].astype(np.int64), both.col[good].astype(np.int64), both.data[good]
    scores = np.asarray(seen / np.sqrt(counts[row] * counts[col]), dtype=np.float32)
    kept = _highest(row, scores, k)
    return Neighbours(n_items, row[kept], col[kept], scores[kept], seen[kept].astype(np.int64))


def sets_of(lists: Sequence[Items], n_items: int) -> sparse.csr_matrix:
    """(n lists) → sparse float32 (n, n_items): 1 where a list holds the item."""
    rows = np.repeat(np.arange(len(lists)), np.array([len(items) for items in lists], dtype=np.int64))
    columns = np.concatenate([*lists, np.zeros(0, np.int64)]).astype(np.int64)
    had = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(lists), n_items))
    had.data[:] = 1.0
    return had


def _entries(matrix: sparse.csr_matrix, rows: Items, columns: Items) -> Items:
    """The counts at these places; scipy gives a matrix, not an array, for none."""
    return np.asarray(matrix[rows, columns], dtype=np.int64).ravel() if len(rows) else np.zeros(0, dtype=np.int64)
