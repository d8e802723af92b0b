"""The strongest weights of each row of (gram + ridge·I)⁻¹ R, for a catalogue whose whole matrix would fill memory.

Rows of frequent items are computed whole, some at a time. A rare item has evidence only where R has any: its row is
computed there and nowhere else, for elsewhere the solution is next to nothing or below it (the thought behind SANSA,
Spišák et al. 2023). So time grows with what happened, and not with the square of the catalogue.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.blocked import BlockedInverse
from retail_ai.engine.ridge import spread_product, threads

Items = NDArray[np.int64]
Floats = NDArray[np.float32]
# Row numbers, column numbers and weights.
Entries: TypeAlias = tuple[NDArray[Any], NDArray[Any], Floats]
# Weights kept of each row where the matrix is not held whole.
ROW = 200
# Head rows computed at once (4 bytes × items each, a few times over), rows of the tail, and products of two weights.
_HEAD_ROWS, _TAIL_ROWS, _PRODUCTS = 512, 8_192, 4_000_000
# Terms of the tail's series beyond the first.
_TERMS = 2


def strongest_rows(
    inverse: BlockedInverse, right: sparse.csr_matrix, support: sparse.csr_matrix, divisor: Floats, row: int = ROW
) -> sparse.csr_matrix:
    """``row`` weights of each row at most, the largest by amount, sparse (n, n); columns are divided by ``divisor``.

    ``support`` (n, n): where rows of the tail are computed.
    """
    evidence = _Evidence(inverse, right[inverse.tail].tocsr(), support[inverse.tail].tocsr())
    found = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    back = right.T.tocsr()
    for start in range(0, len(inverse.head), _HEAD_ROWS):
        heads = slice(start, start + _HEAD_ROWS)
        columns = spread_product(back, inverse.head_columns(heads))
        evidence.explain(columns, heads)
        _keep(found, _largest(np.ascontiguousarray(columns.T) / divisor, inverse.head[heads], row))
    _keep(found, _first(evidence.solved() @ sparse.diags(1 / divisor), inverse.tail, row))
    rows, at, values = (np.concatenate(parts) for parts in found)
    return sparse.csr_matrix((values, (rows, at)), shape=right.shape)


class _Evidence:
    """The tail's rows: what R says of each place of the support, less what the head explains of it."""

    def __init__(self, inverse: BlockedInverse, right: sparse.csr_matrix, support: sparse.csr_matrix) -> None:
        self.inverse, self.right = inverse, right
        self.where = support.copy()
        self.where.sum_duplicates()
        self.where.data = np.ones(self.where.nnz, dtype=np.float32)
        self.row = np.repeat(np.arange(support.shape[0]), np.diff(self.where.indptr))
        self.explained = np.zeros(self.where.nnz, dtype=np.float32)

    def explain(self, columns: Floats, heads: slice) -> None:
        """Add Σ over these heads h of down[i, h] × X[h, j]; ``columns``: Xᵀ (n, heads)."""
        links = self.inverse.down[:, heads].tocsr()
        many = np.diff(links.indptr)[self.row]
        for places in _portions(many):
            own = many[places]
            place = np.repeat(np.arange(places.start, places.stop), own)
            within = np.arange(len(place)) - np.repeat(np.cumsum(own) - own, own)
            entry = links.indptr[self.row[place]] + within
            products = links.data[entry] * columns[self.where.indices[place], links.indices[entry]]
            self.explained[places] += np.bincount(place - places.start, products, places.stop - places.start)

    def solved(self) -> sparse.csr_matrix:
        """D⁻¹(v − E D⁻¹ v + …) of what is left, at the places of the support."""
        scale = sparse.diags(self.inverse.scale)
        explained = sparse.csr_matrix((self.explained, self.where.indices, self.where.indptr), shape=self.where.shape)
        left = self.right.multiply(self.where).tocsr() - explained
        found = scale @ left
        for _ in range(_TERMS):
            found = (scale @ (left - self._around(found))).tocsr()
        return found.tocsr()

    def _around(self, found: sparse.csr_matrix) -> sparse.csr_matrix:
        """What the tail's other items say, at the places of the support; the product has far more places than that."""
        strips = [slice(start, start + _TAIL_ROWS) for start in range(0, found.shape[0], _TAIL_ROWS)]
        parts = [(self.inverse.own[strip] @ found).multiply(self.where[strip]).tocsr() for strip in strips]
        return sparse.vstack(parts, format="csr") if parts else found


def _portions(many: Items) -> Iterator[slice]:
    """Stretches of places whose numbers sum to no more than is held at once, or of a single place."""
    start, ends = 0, np.cumsum(many)
    while start < len(many):
        done = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, done + _PRODUCTS, side="right")), start + 1)
        yield slice(start, stop)
        start = stop


def _largest(block: Floats, rows: Items, row: int) -> Entries:
    """The ``row`` largest by amount of each row of a dense block; ``rows``: their numbers."""
    keep = min(row, block.shape[1])

    def of_one(weights: Floats) -> Items:
        return np.argpartition(-np.abs(weights), keep - 1)[:keep]

    with ThreadPoolExecutor(threads()) as pool:
        columns = np.stack(list(pool.map(of_one, block)))
    values = np.take_along_axis(block, columns, axis=1)
    there = values.ravel() != 0
    return np.repeat(rows, keep)[there], columns.ravel()[there], values.ravel()[there]


def _first(matrix: sparse.csr_matrix, rows: Items, row: int) -> Entries:
    """The ``row`` largest by amount of each row of a sparse matrix; ``rows``: their numbers."""
    found = matrix.tocoo()
    order = np.lexsort((-np.abs(found.data), found.row))
    at, columns, values = found.row[order], found.col[order], found.data[order]
    kept = (np.arange(len(at)) - np.searchsorted(at, at) < row) & (values != 0)
    return rows[at[kept]], columns[kept], values[kept].astype(np.float32)


def _keep(found: tuple[list[Any], list[Any], list[Any]], entries: Entries) -> None:
    for part, new in zip(found, entries, strict=True):
        part.append(new)
