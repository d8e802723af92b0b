"""Adds up what pairs of items weigh into a sparse matrix. It weighs nothing."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# Rows, columns and what to add there.
Pairs: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


def summed(pairs: Iterable[Pairs], size: int) -> sparse.csr_matrix:
    """float32 (size, size); all pairs are held at once, 12 bytes each, a few times over."""
    rows, columns, weights = (np.concatenate(parts) for parts in zip(*_small(pairs), strict=True))
    return sparse.coo_matrix((weights, (rows, columns)), shape=(size, size)).tocsr()


def with_transposed(matrix: sparse.csr_matrix, weight: float) -> sparse.csr_matrix:
    """The matrix and ``weight`` times its transpose."""
    return (matrix + np.float32(weight) * matrix.T).tocsr() if weight else matrix


def _small(pairs: Iterable[Pairs]) -> Iterator[tuple[NDArray[Any], ...]]:
    """In half the bytes; of no pairs at all, empty arrays."""
    yield np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32)
    for rows, columns, weights in pairs:
        yield rows.astype(np.int32), columns.astype(np.int32), weights.astype(np.float32)
