"""A sequential-linear recommender: which item follows from a decayed history, solved in closed form by one Cholesky.

It learns a matrix B (items × items) by ridge regression from every item's decayed past to the item itself, the idea
of EASE (Steck 2019) made sequential as in TALE (Park et al. 2025). It knows no product, no text and no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack

Items = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """``decay``: weight of an item per step of age. ``window``: the last so many items count. ``max_items``: the
    most frequent so many items get a row of their own (memory is 8 bytes × max_items²); the rest score 0."""

    decay: float = 0.8
    popularity_power: float = 0.1
    ridge: float = 150.0
    window: int = 30
    max_items: int = 15_000


class Model:
    """The solved matrix over ``kept`` item numbers, out of ``n_items``."""

    def __init__(self, weights: Floats, kept: Items, n_items: int, settings: Settings) -> None:
        self.weights, self.kept, self.n_items, self.settings = weights, kept, n_items, settings

    def score(self, histories: Sequence[Items]) -> Floats:
        """(n histories, oldest item first) → float32 (n, n_items). An empty history scores 0 everywhere."""
        sources = decayed(histories, self.n_items, self.settings)[:, self.kept]
        return self._spread(np.asarray(sources @ self.weights, dtype=np.float32))

    def similar(self, items: Items) -> Floats:
        """(n items) → float32 (n, n_items): each item's row of the matrix, its own place 0."""
        rows = np.zeros((len(items), len(self.kept)), dtype=np.float32)
        place = np.full(self.n_items, -1)
        place[self.kept] = np.arange(len(self.kept))
        known = place[items] >= 0
        rows[known] = self.weights[place[items[known]]]
        rows[np.flatnonzero(known), place[items[known]]] = 0
        return self._spread(rows)

    def neighbours(self, k: int) -> tuple[Items, Floats]:
        """The k items that follow best from each item: (numbers, scores), both (n_items, k), best first.

        A place without a neighbour of positive weight holds number -1 and score 0.
        """
        k = min(k, max(len(self.kept) - 1, 0))
        numbers = np.full((self.n_items, k), -1, dtype=np.int64)
        scores = np.zeros((self.n_items, k), dtype=np.float32)
        for start in range(0, len(self.kept), 1024):
            block = self.weights[start : start + 1024].copy()
            block[np.arange(len(block)), np.arange(start, start + len(block))] = -np.inf
            best = top_k(block, k)
            values = np.take_along_axis(block, best, axis=1)
            rows = self.kept[start : start + len(block)]
            numbers[rows] = np.where(values > 0, self.kept[best], -1)
            scores[rows] = np.maximum(values, 0)
        return numbers, scores

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Plain arrays from which ``from_arrays`` makes the model again."""
        settings = np.array(list(asdict(self.settings).values()), dtype=np.float64)
        return {"weights": self.weights, "kept": self.kept, "n_items": np.array(self.n_items), "settings": settings}

    def _spread(self, scores: Floats) -> Floats:
        if len(self.kept) == self.n_items:
            return scores
        full = np.zeros((len(scores), self.n_items), dtype=np.float32)
        full[:, self.kept] = scores
        return full


def fit(sequences: Sequence[Items], n_items: int, settings: Settings | None = None) -> Model:
    """Learn from one array of item numbers a customer, oldest first. Raises ValueError for numbers out of range.

    Peak memory is about 3 × 4 bytes × min(n_items, max_items)²; time grows with its cube.
    """
    settings = settings or Settings()
    items, ages = _flatten(sequences)
    if len(items) and not (items.min() >= 0 and items.max() < n_items):
        raise ValueError(f"item numbers must lie in 0…{n_items - 1}")
    counts = np.bincount(items, minlength=n_items)
    kept = _most_frequent(counts, settings.max_items)
    sources, targets = _pairs(items, ages, kept, n_items, settings)
    weights = _solve(sources, targets, counts[kept], settings)
    return Model(weights, kept, n_items, settings)


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Model:
    """The model that ``Model.arrays`` was taken from."""
    decay, power, ridge, window, most = arrays["settings"].tolist()
    settings = Settings(decay, power, ridge, int(window), int(most))
    return Model(arrays["weights"], arrays["kept"], int(arrays["n_items"]), settings)


def decayed(histories: Sequence[Items], n_items: int, settings: Settings) -> sparse.csr_matrix:
    """(n histories) → sparse float32 (n, n_items): the newest item weighs 1, each older one ``decay`` times less."""
    cut = [np.asarray(history, dtype=np.int64)[-settings.window :] for history in histories]
    lengths = np.array([len(history) for history in cut], dtype=np.int64)
    columns = np.concatenate(cut) if len(cut) else np.zeros(0, dtype=np.int64)
    ages = np.concatenate([np.arange(n)[::-1] for n in lengths]) if len(cut) else columns
    values = (settings.decay**ages).astype(np.float32)
    rows = np.repeat(np.arange(len(cut)), lengths)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(cut), n_items))


def top_k(scores: Floats, k: int) -> Items:
    """Column numbers of the k highest scores of each row, best first."""
    best = np.argpartition(-scores, min(k, scores.shape[1] - 1), axis=1)[:, :k]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    return np.take_along_axis(best, order, axis=1)


def _flatten(sequences: Sequence[Items]) -> tuple[Items, Items]:
    """All sequences in one array, and each item's place within its own."""
    parts = [np.asarray(sequence, dtype=np.int64) for sequence in sequences if len(sequence)]
    if not parts:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate(parts), np.concatenate([np.arange(len(part)) for part in parts])


def _most_frequent(counts: Items, most: int) -> Items:
    if np.count_nonzero(counts) <= most:
        return np.flatnonzero(counts)
    return np.sort(np.argsort(-counts, kind="stable")[:most])


def _pairs(
    items: Items, places: Items, kept: Items, n_items: int, settings: Settings
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Rows of (decayed past, next item) for every item that has a past."""
    column = np.full(n_items, -1)
    column[kept] = np.arange(len(kept))
    rows, columns, values = [], [], []
    for age in range(min(settings.window, int(places.max(initial=0)))):
        target = np.flatnonzero(places > age)
        past = column[items[target - age - 1]]
        rows.append(target[past >= 0])
        columns.append(past[past >= 0])
        values.append(np.full(len(rows[-1]), settings.decay**age, dtype=np.float32))
    shape = (len(items), len(kept))
    if not rows:
        return sparse.csr_matrix(shape, dtype=np.float32), sparse.csr_matrix(shape, dtype=np.float32)
    sources = sparse.csr_matrix((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape)
    has_past = np.flatnonzero((places > 0) & (column[items] >= 0))
    ones = np.ones(len(has_past), dtype=np.float32)
    return sources, sparse.csr_matrix((ones, (has_past, column[items[has_past]])), shape)


def _solve(sources: sparse.csr_matrix, targets: sparse.csr_matrix, counts: Items, settings: Settings) -> Floats:
    """Ridge regression in place: only the two dense matrices that the method needs are ever held."""
    gram = np.asfortranarray((sources.T @ sources).toarray(), dtype=np.float32)
    gram[np.diag_indices_from(gram)] += settings.ridge
    right = np.asfortranarray((sources.T @ targets).toarray(), dtype=np.float32)
    right /= np.maximum(counts, 1).astype(np.float32) ** settings.popularity_power
    if not len(gram):
        return right
    factor, failed = lapack.spotrf(gram, lower=1, overwrite_a=1)
    if failed:
        raise ValueError("the matrix is not positive definite: ridge must be above 0")
    solved, _ = lapack.spotrs(factor, right, lower=1, overwrite_b=1)
    return np.ascontiguousarray(solved)
