"""Plain recommenders to beat, none of which heeds order: popularity, who-had-this-had-that, EASE, content."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.blocked import BlockedInverse
from retail_ai.engine.blocked_rows import strongest_rows
from retail_ai.engine.item_content import ItemContent
from retail_ai.engine.linear_matrix import Matrix
from retail_ai.engine.neighbours import sets_of, weighed
from retail_ai.engine.ridge import inverse
from retail_ai.engine.sequential_linear import DENSE_ITEMS

Items = NDArray[np.int64]
Floats = NDArray[np.float32]
HALF_LIFE = 30 * 86_400.0
# Beyond that, items solved exactly; the rest to first order (see ``blocked``).
HEAD = 3_000


class PopularityModel:
    """The same order for everyone: how often each item was had, an older time counting for less."""

    def __init__(self, counts: NDArray[Any]) -> None:
        self.counts = counts.astype(np.float32)

    def score(self, histories: Sequence[Items]) -> Floats:
        """(n histories) → (n, n_items), every row the counts."""
        return np.broadcast_to(self.counts, (len(histories), len(self.counts)))


class ItemItemModel:
    """Item-item weights applied to the set of what someone had: EASE, or co-occurrence."""

    def __init__(self, weights: Matrix) -> None:
        self.weights = weights

    def score(self, histories: Sequence[Items]) -> Floats:
        """(n histories) → float32 (n, n_items)."""
        found = sets_of(histories, self.weights.shape[0]) @ self.weights
        return np.asarray(found.toarray() if sparse.issparse(found) else found, dtype=np.float32)


class ContentModel:
    """What reads or looks like what someone had, the newest counting most. Finds what nobody had yet."""

    def __init__(self, content: ItemContent, kernel: Sequence[float]) -> None:
        self.content, self.kernel = content, kernel

    def score(self, histories: Sequence[Items]) -> Floats:
        """(n histories) → float32 (n, n_items)."""
        return self.content.score(weighed(histories, self.content.vectors.shape[0], self.kernel))


def fit_popularity(
    sequences: Sequence[Items],
    n_items: int,
    times: Sequence[NDArray[np.float64]] | None = None,
    half_life: float = HALF_LIFE,
) -> PopularityModel:
    """Count every item; with ``times`` (seconds) what is a half-life older than the newest counts half."""
    items = np.concatenate([*sequences, np.zeros(0, np.int64)]).astype(np.int64)
    if times is None or not len(items):
        return PopularityModel(np.bincount(items, minlength=n_items))
    moments = np.concatenate([*times, np.zeros(0)])
    return PopularityModel(np.bincount(items, 0.5 ** ((moments.max() - moments) / half_life), minlength=n_items))


def fit_neighbours(sequences: Sequence[Items], n_items: int) -> ItemItemModel:
    """Item-item co-occurrence: how many had both, divided by the root of how many had each."""
    had = sets_of(sequences, n_items)
    counts = np.asarray(had.sum(axis=0)).ravel()
    scale = sparse.diags((1 / np.sqrt(np.maximum(counts, 1))).astype(np.float32))
    links = (scale @ (had.T @ had) @ scale).tocsr()
    return ItemItemModel((links - sparse.diags(links.diagonal())).tocsr())


def fit_ease(
    sequences: Sequence[Items], n_items: int, ridge: float = 100.0, *, dense_items: int = DENSE_ITEMS
) -> ItemItemModel:
    """Solve EASE: B = I - P / diag(P) with P = (XᵀX + ridge·I)⁻¹; whole and exact up to ``dense_items``."""
    had = sets_of(sequences, n_items)
    gram = (had.T @ had).tocsr()
    if n_items <= dense_items:
        solved = inverse(gram, ridge)
        solved /= -solved.diagonal().copy()
        np.fill_diagonal(solved, 0)
        return ItemItemModel(solved)
    return ItemItemModel(_ease_strongest(BlockedInverse(gram, ridge, HEAD), gram, n_items))


def _ease_strongest(operator: BlockedInverse, gram: sparse.csr_matrix, n_items: int) -> sparse.csr_matrix:
    """The strongest of each row; which they are is told by P's diagonal to first order, their weight by its own."""
    eye = sparse.identity(n_items, dtype=np.float32, format="csr")
    roughly = np.ones(n_items, dtype=np.float32)
    roughly[operator.tail], roughly[operator.head] = operator.scale, operator.core.diagonal()
    found = strongest_rows(operator, eye, gram + eye, roughly)
    own = found.diagonal()
    scale = np.where(own > 0, -1 / np.maximum(own, 1e-9), -1.0).astype(np.float32)
    found = (found @ sparse.diags(scale)).tocsr()
    return (found - sparse.diags(found.diagonal())).tocsr()
