"""The item-item matrix of the linear recommender, held whole or as the strongest weights of each row. Fits nothing."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.ridge import spread_product

Floats = NDArray[np.float32]
# float32 (n, n): an array, or a sparse matrix.
Matrix: TypeAlias = Any
_ROWS = 2_048


def smoothed(weights: Floats, likeness: sparse.csr_matrix, share: float) -> Floats:
    """(I + share·Q) W (I + share·Q) for a symmetric Q: what was learned of an item speaks for its look-alikes too."""
    found = spread_product(likeness, weights)
    found *= np.float32(share)
    found += weights
    for start in range(0, len(found), _ROWS):
        rows = slice(start, start + _ROWS)
        found[rows] += np.float32(share) * spread_product(likeness, np.ascontiguousarray(found[rows].T)).T
    return found


def divided(weights: Floats, divisor: Floats) -> Floats:
    """Each column divided by its own number, in place."""
    weights /= divisor
    return weights


def squares(weights: Matrix) -> NDArray[np.float64]:
    """Sum of squares of each column."""
    if sparse.issparse(weights):
        return np.asarray(weights.multiply(weights).sum(axis=0), dtype=np.float64).ravel()
    return np.asarray(np.einsum("ij,ij->j", weights, weights, dtype=np.float64))


def matrix_arrays(weights: Matrix) -> dict[str, NDArray[Any]]:
    """Plain arrays from which ``matrix_from_arrays`` makes it again."""
    if not sparse.issparse(weights):
        return {"weights": weights}
    return {"weights": weights.data, "weights_at": weights.indices, "weights_from": weights.indptr}


def matrix_from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Matrix:
    """The matrix that ``matrix_arrays`` was taken from."""
    if "weights_at" not in arrays:
        return np.asarray(arrays["weights"])
    size = len(arrays["weights_from"]) - 1
    parts = (arrays["weights"], arrays["weights_at"], arrays["weights_from"])
    return sparse.csr_matrix(parts, shape=(size, size))
