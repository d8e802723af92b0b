"""A sequential-linear recommender: which item follows from a decayed history, solved in closed form by one Cholesky.

It learns a matrix B (items × items) by ridge regression from every item's decayed past to the item itself, the idea
of EASE (Steck 2019) made sequential as in TALE (Park et al. 2025), and adds the likeness of the items' content as
L3AE does (Moon et al. 2025). It chooses no settings (``tuning`` does), and knows no product, no text and no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine import ridge
from retail_ai.engine.item_content import ItemContent, content_from_arrays

Items = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """``decay``: weight of an item per step of age in training, ``recall`` the same in scoring (None: as in training).
    ``window``: the last so many items count. ``max_items``: the most frequent so many items get a row of their own
    (memory is 8 bytes × max_items², 1.8 GB at the default); the rest are found by their content alone.
    ``backward``: how much the walk from an item to the one before it teaches, beside the walk forward.
    ``content``: weight of the items' likeness; at 1 it speaks as loudly as the matrix (equal root mean squares)."""

    decay: float = 0.8
    popularity_power: float = 0.1
    ridge: float = 150.0
    window: int = 30
    max_items: int = 15_000
    recall: float | None = None
    backward: float = 0.0
    content: float = 0.0


class Model:
    """The solved matrix over ``kept`` item numbers, out of ``n_items``, and the content of all of them if known."""

    def __init__(
        self,
        weights: Floats,
        kept: Items,
        n_items: int,
        settings: Settings,
        content: ItemContent | None = None,
        counts: Items | None = None,
    ) -> None:
        self.weights, self.kept, self.n_items, self.settings = weights, kept, n_items, settings
        self.known, self.counts = content, np.ones(n_items, dtype=np.int64) if counts is None else counts
        self.content = content if settings.content else None
        self.loudness = 0.0
        if self.content:
            squares = float(np.vdot(weights, weights))
            self.loudness = settings.content * content_unit(squares, n_items, self.content.spread())

    def score(self, histories: Sequence[Items]) -> Floats:
        """(n histories, oldest item first) → float32 (n, n_items). An empty history scores 0 everywhere."""
        return self._score(decayed(histories, self.n_items, self.settings))

    def similar(self, items: Items) -> Floats:
        """(n items) → float32 (n, n_items): each item's row of the matrix and its content, its own place 0."""
        rows = np.arange(len(items))
        ones = np.ones(len(items), dtype=np.float32)
        scores = self._score(sparse.csr_matrix((ones, (rows, items)), shape=(len(items), self.n_items)))
        scores[rows, items] = 0
        return scores

    def neighbours(self, k: int) -> tuple[Items, Floats]:
        """The k items that follow best from each item: (numbers, scores), both (n_items, k), best first.

        A place without a neighbour of positive weight holds number -1 and score 0.
        """
        k = min(k, max(self.n_items - 1, 0))
        numbers = np.full((self.n_items, k), -1, dtype=np.int64)
        scores = np.zeros((self.n_items, k), dtype=np.float32)
        for start in range(0, self.n_items, 512):
            rows = np.arange(start, min(start + 512, self.n_items))
            block = self.similar(rows)
            best = top_k(block, k)
            values = np.take_along_axis(block, best, axis=1)
            numbers[rows], scores[rows] = np.where(values > 0, best, -1), np.maximum(values, 0)
        return numbers, scores

    def rescored(self, settings: Settings) -> "Model":
        """This matrix scored by other ``recall``, ``popularity_power`` and ``content``; this model is used up."""
        counts = self.counts[self.kept]
        self.weights *= popularity(counts, self.settings) / popularity(counts, settings)
        return Model(self.weights, self.kept, self.n_items, settings, self.known, self.counts)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Plain arrays from which ``from_arrays`` makes the model again."""
        given = [np.nan if value is None else value for value in asdict(self.settings).values()]
        own: dict[str, NDArray[Any]] = {"weights": self.weights, "kept": self.kept, "n_items": np.array(self.n_items)}
        return {
            **own,
            "counts": self.counts,
            "settings": np.array(given),
            **(self.content.arrays() if self.content else {}),
        }

    def _score(self, sources: sparse.csr_matrix) -> Floats:
        scores = self._spread(np.asarray(sources[:, self.kept] @ self.weights, dtype=np.float32))
        if self.content:
            scores += np.float32(self.loudness) * self.content.score(sources)
        return scores

    def _spread(self, scores: Floats) -> Floats:
        if len(self.kept) == self.n_items:
            return scores
        full = np.zeros((len(scores), self.n_items), dtype=np.float32)
        full[:, self.kept] = scores
        return full


def fit(
    sequences: Sequence[Items], n_items: int, settings: Settings | None = None, content: ItemContent | None = None
) -> Model:
    """Learn from one array of item numbers a customer, oldest first. Raises ValueError for numbers out of range.

    Peak memory is about 2 × 4 bytes × min(n_items, max_items)²; time grows with its cube.
    """
    settings = settings or Settings()
    weights, kept, counts = solve(sequences, n_items, settings)
    weights /= popularity(counts[kept], settings)
    return Model(weights, kept, n_items, settings, content, counts)


def solve(sequences: Sequence[Items], n_items: int, settings: Settings) -> tuple[Floats, Items, Items]:
    """(matrix not yet divided by popularity, item numbers of its rows, counts of all items)."""
    items, places = _flatten(sequences)
    if len(items) and not (items.min() >= 0 and items.max() < n_items):
        raise ValueError(f"item numbers must lie in 0…{n_items - 1}")
    counts = np.bincount(items, minlength=n_items)
    kept = _most_frequent(counts, settings.max_items)
    gram, right = _moments(items, places, kept, n_items, settings)
    if settings.backward:
        turned, places = _flatten([sequence[::-1] for sequence in sequences])
        more = _moments(turned, places, kept, n_items, settings)
        gram, right = gram + settings.backward * more[0], right + settings.backward * more[1]
    return ridge.product(ridge.inverse(gram, settings.ridge), right), kept, counts


def popularity(counts: Items, settings: Settings) -> Floats:
    """What each column of the matrix is divided by, so that a bestseller is not everyone's next item."""
    return np.asarray(np.maximum(counts, 1) ** settings.popularity_power, dtype=np.float32)


def content_unit(squares: float, n_items: int, spread: float) -> float:
    """By what to multiply cosines to make them as loud as a matrix whose squares sum to ``squares``.

    1 where there is no matrix to compare with.
    """
    return float(np.sqrt(squares)) / n_items / spread if spread and squares else 1.0


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Model:
    """The model that ``Model.arrays`` was taken from."""
    decay, power, penalty, window, most, recall, backward, content = arrays["settings"].tolist()
    recalled = None if np.isnan(recall) else recall
    settings = Settings(decay, power, penalty, int(window), int(most), recalled, backward, content)
    return Model(
        arrays["weights"],
        arrays["kept"],
        int(arrays["n_items"]),
        settings,
        content_from_arrays(arrays),
        arrays["counts"],
    )


def decayed(histories: Sequence[Items], n_items: int, settings: Settings) -> sparse.csr_matrix:
    """(n histories) → sparse float32 (n, n_items): the newest item weighs 1, each older one ``recall`` times less."""
    recall = settings.decay if settings.recall is None else settings.recall
    cut = [np.asarray(history, dtype=np.int64)[-settings.window :] for history in histories]
    lengths = np.array([len(history) for history in cut], dtype=np.int64)
    columns = np.concatenate(cut) if len(cut) else np.zeros(0, dtype=np.int64)
    ages = np.concatenate([np.arange(n)[::-1] for n in lengths]) if len(cut) else columns
    values = (recall**ages).astype(np.float32)
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


def _moments(
    items: Items, places: Items, kept: Items, n_items: int, settings: Settings
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """XᵀX and XᵀY over the kept items, both sparse."""
    sources, targets = _pairs(items, places, kept, n_items, settings)
    return (sources.T @ sources).tocsr(), (sources.T @ targets).tocsr()


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
