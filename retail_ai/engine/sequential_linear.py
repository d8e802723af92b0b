"""A sequential-linear recommender: which item follows from a decayed history, solved in closed form.

It learns a matrix B (items × items) by ridge regression from every item's decayed past to the item itself, the idea
of EASE (Steck 2019) made sequential as in TALE (Park et al. 2025). The items' likeness is added, and spreads what was
learned to look-alikes, towards L3AE (Moon et al. 2025). It chooses no settings (``tuning`` does), and knows no
product, no text and no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.blocked import BlockedInverse
from retail_ai.engine.blocked_rows import strongest_rows
from retail_ai.engine.item_content import ItemContent, content_from_arrays
from retail_ai.engine.linear_matrix import (
    Matrix,
    divided,
    matrix_arrays,
    matrix_from_arrays,
    smoothed,
    squares,
)
from retail_ai.engine.linear_settings import Settings
from retail_ai.engine.moments import counts_of, moments, most_frequent
from retail_ai.engine.neighbours import weighed

Items = NDArray[np.int64]
Times = NDArray[np.float64]
Floats = NDArray[np.float32]
# Up to so many items the whole matrix is held (4 bytes × items²); beyond, the strongest weights of each row.
DENSE_ITEMS = 16_000


class Model:
    """The solved matrix over ``kept`` item numbers, out of ``n_items``, and the content of all of them if known."""

    def __init__(
        self,
        weights: Matrix,
        kept: Items,
        n_items: int,
        settings: Settings,
        content: ItemContent | None = None,
        loudness: float = 0.0,
    ) -> None:
        """``loudness``: what cosines are multiplied by before they are added."""
        self.weights, self.kept, self.n_items, self.settings = weights, kept, n_items, settings
        self.content, self.loudness = content if settings.content else None, loudness

    def score(self, histories: Sequence[Items]) -> Floats:
        """(n histories, oldest item first) → float32 (n, n_items). An empty history scores 0 everywhere."""
        return self._score(weighed(histories, self.n_items, self.settings.kernel))

    def similar(self, items: Items) -> Floats:
        """(n items) → float32 (n, n_items): each item's row of the matrix and its content, its own place 0."""
        rows = np.arange(len(items))
        ones = np.ones(len(items), dtype=np.float32)
        scores = self._score(sparse.csr_matrix((ones, (rows, items)), shape=(len(items), self.n_items)))
        scores[rows, items] = 0
        return scores

    def linked(self, items: Items) -> Matrix:
        """As ``similar``; sparse where no more is known of an item than its row's strongest weights."""
        if not sparse.issparse(self.weights):
            return self.similar(items)
        ones = np.ones(len(items), dtype=np.float32)
        sources = sparse.csr_matrix((ones, (np.arange(len(items)), items)), shape=(len(items), self.n_items))
        found = (sources[:, self.kept] @ self.weights).tocoo()
        at = self.kept[found.col]
        other = at != items[found.row]
        row, column, weights = found.row[other], at[other], found.data[other]
        if not self.content:
            return sparse.csr_matrix((weights, (row, column)), shape=(len(items), self.n_items))
        scores = self.content.score(sources)
        scores *= np.float32(self.loudness)
        scores[row, column] += weights
        scores[np.arange(len(items)), items] = 0
        return scores

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Plain arrays from which ``from_arrays`` makes the model again."""
        given = [np.nan if value is None else value for value in asdict(self.settings).values()]
        own = {"kept": self.kept, "n_items": np.array(self.n_items), "settings": np.array(given)}
        own["loudness"] = np.array(self.loudness)
        return {**own, **matrix_arrays(self.weights), **(self.content.arrays() if self.content else {})}

    def _score(self, sources: sparse.csr_matrix) -> Floats:
        found = sources[:, self.kept] @ self.weights
        scores = self._spread(np.asarray(found.toarray() if sparse.issparse(found) else found, dtype=np.float32))
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
    sequences: Sequence[Items],
    n_items: int,
    settings: Settings | None = None,
    content: ItemContent | None = None,
    times: Sequence[Times] | None = None,
    *,
    dense_items: int = DENSE_ITEMS,
) -> Model:
    """Learn from one array of item numbers a customer, oldest first. Raises ValueError for numbers out of range.

    ``times``: of each item; those of one moment have no order among them.
    Peak memory is that of the co-occurrences, of 4 bytes × min(n_items, dense_items)², and of 8 bytes × head².
    """
    settings = settings or Settings()
    counts = counts_of(sequences, n_items)
    kept = most_frequent(counts, settings.max_items)
    divisor = popularity(counts[kept], settings)
    whole = len(kept) <= dense_items
    weights: Matrix = (
        solve(sequences, kept, n_items, settings, times)
        if whole
        else _solve_strongest(sequences, kept, n_items, settings, divisor, times)
    )
    loud = squares(weights) / (divisor**2 if whole else 1.0)
    if whole and settings.smooth and content:
        weights = smoothed(weights, content.likeness(kept), settings.smooth)
    if whole:
        weights = divided(weights, divisor)
    unit = content_unit(float(loud.sum()), n_items, content.spread()) if content and settings.content else 0.0
    return Model(weights, kept, n_items, settings, content, settings.content * unit)


def solve(
    sequences: Sequence[Items], kept: Items, n_items: int, settings: Settings, times: Sequence[Times] | None = None
) -> Floats:
    """The whole matrix over the kept items, not yet divided by popularity."""
    operator, right = _operator(sequences, kept, n_items, settings, times)
    weights = np.empty((len(kept), len(kept)), dtype=np.float32)
    for place, columns in operator.columns(right):
        weights[:, place] = columns
    return weights


def popularity(counts: Items, settings: Settings) -> Floats:
    """What each column of the matrix is divided by, so that a bestseller is not everyone's next item."""
    return np.asarray(np.maximum(counts, 1) ** settings.popularity_power, dtype=np.float32)


def content_unit(squared: float, n_items: int, spread: float) -> float:
    """By what to multiply cosines to make them as loud as a matrix whose squares sum to ``squared``.

    1 where there is no matrix to compare with.
    """
    return float(np.sqrt(squared)) / n_items / spread if spread and squared else 1.0


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Model:
    """The model that ``Model.arrays`` was taken from."""
    whole = ("window", "max_items", "head")
    named = zip((field.name for field in fields(Settings)), arrays["settings"].tolist(), strict=True)
    given: dict[str, Any] = {
        name: int(value) if name in whole else None if np.isnan(value) else value for name, value in named
    }
    content = content_from_arrays(arrays)
    own = (arrays["kept"], int(arrays["n_items"]), Settings(**given))
    return Model(matrix_from_arrays(arrays), *own, content, float(arrays["loudness"]))


def _operator(
    sequences: Sequence[Items], kept: Items, n_items: int, settings: Settings, times: Sequence[Times] | None
) -> tuple[BlockedInverse, sparse.csr_matrix]:
    decay, window, backward = settings.decay, settings.window, settings.backward
    gram, right = moments(sequences, kept, n_items, decay=decay, window=window, backward=backward, times=times)
    return BlockedInverse(gram, settings.ridge, settings.head), right


def _solve_strongest(
    sequences: Sequence[Items],
    kept: Items,
    n_items: int,
    settings: Settings,
    divisor: Floats,
    times: Sequence[Times] | None,
) -> sparse.csr_matrix:
    operator, right = _operator(sequences, kept, n_items, settings, times)
    return strongest_rows(operator, right, right, divisor)
