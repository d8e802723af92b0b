"""Plain recommenders to beat: popularity, and EASE (Steck 2019), which ignores order. Each can `score`."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack

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


def fit_popularity(sequences: Sequence[Items], n_items: int) -> PopularityModel:
    """Count every item."""
    return PopularityModel(np.bincount(np.concatenate([*sequences, np.zeros(0, np.int64)]), minlength=n_items))


def fit_ease(sequences: Sequence[Items], n_items: int, ridge: float = 100.0) -> EaseModel:
    """Solve EASE: B = I - P / diag(P) with P = (XᵀX + ridge·I)⁻¹. Memory 8 bytes × n_items²."""
    had = _sets(sequences, n_items)
    gram = np.asfortranarray((had.T @ had).toarray(), dtype=np.float32)
    gram[np.diag_indices_from(gram)] += ridge
    factor, failed = lapack.spotrf(gram, lower=1, overwrite_a=1)
    if failed:
        raise ValueError("the matrix is not positive definite: ridge must be above 0")
    inverse, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
    inverse = np.tril(inverse)
    inverse += np.tril(inverse, -1).T
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return EaseModel(np.ascontiguousarray(weights))


def _sets(histories: Sequence[Items], n_items: int) -> sparse.csr_matrix:
    rows = np.repeat(np.arange(len(histories)), np.array([len(history) for history in histories], dtype=np.int64))
    columns = np.concatenate([*histories, np.zeros(0, np.int64)]).astype(np.int64)
    had = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(histories), n_items))
    had.data[:] = 1.0
    return had
