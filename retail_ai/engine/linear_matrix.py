"""The item-item matrix of the linear recommender, held whole or as the strongest weights of each row. Fits nothing."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.ridge import spread_product

Floats = NDArray[np.float32]
# float32 (n, n): an array, or a sparse matrix.
Matrix: TypeAlias = Any
# Weights kept of each row where the matrix is not held whole.
ROW = 200
_BUFFER = 40_000_000
_ROWS = 2_048


def strongest(blocks: Iterable[tuple[slice, Floats]], size: int, row: int = ROW) -> sparse.csr_matrix:
    """Blocks of columns (size, m) → the ``row`` largest weights by amount of each row, sparse (size, size)."""
    least = np.zeros(size, dtype=np.float32)
    held: list[tuple[Any, Any, Any]] = []
    for place, block in blocks:
        rows, columns = np.nonzero(_above(np.abs(block), least, row))
        held.append((rows.astype(np.int32), (columns + place.start).astype(np.int32), block[rows, columns]))
        if sum(len(part[0]) for part in held) > _BUFFER:
            held = [_largest(held, row)]
            least = _least(*held[0], size, row)
    rows, columns, values = _largest(held, row)
    return sparse.csr_matrix((values, (rows, columns)), shape=(size, size))


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


def _largest(held: list[tuple[Any, Any, Any]], row: int) -> tuple[Any, Any, Any]:
    """The ``row`` largest of each row, rows ascending, strongest first."""
    empty = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))
    rows, columns, values = (np.concatenate(parts) for parts in zip(empty, *held, strict=True))
    order = np.lexsort((-np.abs(values), rows))
    rows, columns, values = rows[order], columns[order], values[order]
    first = np.arange(len(rows)) - np.searchsorted(rows, rows) < row
    return rows[first], columns[first], values[first]


def _above(amounts: Floats, least: Floats, row: int) -> NDArray[np.bool_]:
    """Where a block may hold some of a row's largest: above what the row holds, and among the block's own largest."""
    if amounts.shape[1] > row:
        own = np.partition(amounts, amounts.shape[1] - row, axis=1)[:, amounts.shape[1] - row]
        above: NDArray[np.bool_] = (amounts >= own[:, None]) & (amounts > least[:, None])
        return above
    return np.asarray(amounts > least[:, None])


def _least(rows: Any, columns: Any, values: Any, size: int, row: int) -> Floats:
    """The smallest amount that a full row holds; 0 for a row with room."""
    least = np.zeros(size, dtype=np.float32)
    ends = np.searchsorted(rows, np.arange(size), side="right") - 1
    full = np.bincount(rows, minlength=size) >= row
    least[full] = np.abs(values[ends[full]])
    return least
