"""Plain recommenders to beat: popularity, who-had-this-had-that, and EASE (Steck 2019); none heeds order."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.ridge import inverse as ridge_inverse

Items = NDArray[np.int64]
Floats = NDArray[np.float32]


class PopularityModel:
    """The same order for everyone: how often each item was had."""

    def __init__(self, counts: Items) -> None:
        self.counts = counts.astype(np.float32)

    def score(self, histories: Sequence[Items]) -> Floats:
        """(n histories) → (n, n_items), every row the counts."""
        return np.broadcast_to(self.counts, (len(histories), len(self.counts)))


class EaseModel:
    """Item-item weights applied to the set of what someone had."""

    def __init__(self, weights: Floats) -> None:
        self.weights = weights

    def score(self, histories: Sequence[Items]) -> Floats:
        """(n histories) → float32 (n, n_items)."""
        return np.asarray(_sets(histories, len(self.weights)) @ self.weights, dtype=np.float32)


class NeighbourModel:
    """Cosines between the sets of people who had each item, kept sparse."""

    def __init__(self, links: sparse.csr_matrix) -> None:
        self.links = links

    def score(self, histories: Sequence[Items]) -> Floats:
        """(n histories) → float32 (n, n_items)."""
        return np.asarray((_sets(histories, self.links.shape[0]) @ self.links).toarray(), dtype=np.float32)


def fit_neighbours(sequences: Sequence[Items], n_items: int) -> NeighbourModel:
    """Item-item co-occurrence: how many had both, divided by the root of how many had each."""
    had = _sets(sequences, n_items)
    counts = np.asarray(had.sum(axis=0)).ravel()
    scale = sparse.diags((1 / np.sqrt(np.maximum(counts, 1))).astype(np.float32))
    links = (scale @ (had.T @ had) @ scale).tolil()
    links.setdiag(0)
    return NeighbourModel(links.tocsr())


def fit_popularity(sequences: Sequence[Items], n_items: int) -> PopularityModel:
    """Count every item."""
    return PopularityModel(np.bincount(np.concatenate([*sequences, np.zeros(0, np.int64)]), minlength=n_items))


def fit_ease(sequences: Sequence[Items], n_items: int, ridge: float = 100.0) -> EaseModel:
    """Solve EASE: B = I - P / diag(P) with P = (XᵀX + ridge·I)⁻¹. Memory 8 bytes × n_items²."""
    had = _sets(sequences, n_items)
    inverse = ridge_inverse((had.T @ had).tocsr(), ridge)
    inverse /= -np.diag(inverse).copy()
    np.fill_diagonal(inverse, 0)
    return EaseModel(np.ascontiguousarray(inverse))


def _sets(histories: Sequence[Items], n_items: int) -> sparse.csr_matrix:
    rows = np.repeat(np.arange(len(histories)), np.array([len(history) for history in histories], dtype=np.int64))
    columns = np.concatenate([*histories, np.zeros(0, np.int64)]).astype(np.int64)
    had = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(histories), n_items))
    had.data[:] = 1.0
    return had
