"""Solves (gram + ridge·I) X = R for a large sparse gram: exactly on the frequent items, by a short series on the rest.

An item of the long tail has few customers: there the ridge outweighs everything, so the tail's own block is inverted
by two terms of its Neumann series, and the frequent items by the Schur complement, dense. With all items in the head
it is the exact inverse. Memory is 4 bytes × head² and one block of columns, whatever the number of items.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.ridge import inverse, spread_product

Items = NDArray[np.int64]
Floats = NDArray[np.float32]
BLOCK = 1_024


# The tail may hold so much of its own inverse beyond the diagonal (row sums) before more items are solved exactly.
LEAST_DOMINANCE = 0.5
# By how much the head grows then, and where it ends: 4 bytes × its square, twice over, are held, and its square × the
# number of items is how often is multiplied.
GROWTH, MOST_HEAD, MOST_PRODUCTS = 1.25, 14_000, 2_500_000_000_000
# Where so large a share of the matrix is filled, sparse products take longer than solving all items exactly.
FULL = 0.03


def most_exact(size: int) -> int:
    """How many of ``size`` items can be solved exactly at most."""
    return min(size, MOST_HEAD, math.isqrt(MOST_PRODUCTS // max(size, 1)))


def suits_dense(matrix: sparse.spmatrix) -> bool:
    """Whether so much of a square matrix is filled that it is better held as an array and solved exactly."""
    size = matrix.shape[0]
    return bool(size <= most_exact(size) and matrix.nnz >= FULL * size**2)


class BlockedInverse:
    """(gram + ridge·I)⁻¹ as an operator; the ``head`` items with the largest diagonal are solved exactly.

    The head grows until the series converges fast, if need be to all items. Beyond a limit, which bounds memory and
    time, the ridge grows instead, for those items of the tail alone that need it: they learn more cautiously. Raises
    ValueError where the ridge is not above 0.
    """

    def __init__(self, gram: sparse.csr_matrix, ridge: float, head: int) -> None:
        if ridge <= 0:
            raise ValueError("the matrix is not positive definite: ridge must be above 0")
        order, size = np.argsort(-gram.diagonal(), kind="stable"), gram.shape[0]
        if suits_dense(gram):
            self._all(inverse(gram, ridge))
            return
        head = max(min(head, size), 1)
        self.most = max(most_exact(size), min(head, MOST_HEAD))
        while not self._factor(gram, ridge, order, head):
            if head >= self.most:
                raise ValueError("the matrix is not positive definite: some of its numbers are no numbers")
            head = min(int(head * GROWTH) + 1, self.most)

    def _all(self, core: Floats) -> None:
        """Every item is of the head."""
        size = len(core)
        self.core, self.most, self.head, self.tail = core, size, np.arange(size), np.zeros(0, np.int64)
        self.scale = np.zeros(0, np.float32)
        self.own = self.off = sparse.csr_matrix((0, 0), dtype=np.float32)
        self.down, self.up = sparse.csr_matrix((0, size), dtype="f4"), sparse.csr_matrix((size, 0), dtype="f4")

    def _factor(self, gram: sparse.csr_matrix, ridge: float, order: Items, head: int) -> bool:
        self.head, self.tail = np.sort(order[:head]), np.sort(order[head:])
        across = gram[self.tail]
        self.down = across[:, self.head].tocsr()
        own = across[:, self.tail].tocsr()
        diagonal = own.diagonal() + ridge
        own = (own - sparse.diags(own.diagonal())).tocsr()
        if head >= self.most:
            diagonal = np.maximum(diagonal, np.asarray(abs(own).sum(axis=0)).ravel() / LEAST_DOMINANCE)
        self.scale = (1 / diagonal).astype(np.float32)
        self.own, self.off = own, own.copy()
        self.off.data *= self.scale[self.off.indices]
        if head < self.most and self.off.shape[0] and abs(self.off).sum(axis=1).max() > LEAST_DOMINANCE:
            return False
        self.up = self.down.T.tocsr()
        schur = gram[self.head][:, self.head] - self.up @ self._tail(self.down)
        try:
            self.core = inverse(schur.tocsr(), ridge)
        except ValueError:
            return False
        return True

    def apply(self, right: Floats) -> Floats:
        """(n, m) dense → (n, m), overwriting nothing."""
        if not len(self.tail):
            return np.asarray(self.core @ right)
        tail = self._tail(right[self.tail])
        head = self.core @ (right[self.head] - spread_product(self.up, tail))
        result = np.empty_like(right)
        result[self.head] = head
        result[self.tail] = self._tail(right[self.tail] - spread_product(self.down, head))
        return result

    def head_columns(self, part: slice) -> Floats:
        """(n, m) dense: the inverse's columns of the head items ``head[part]``; as it is symmetric, their rows."""
        core = self.core[:, part]
        result = np.empty((len(self.head) + len(self.tail), core.shape[1]), dtype=np.float32)
        result[self.head] = core
        result[self.tail] = -self._tail(spread_product(self.down, core))
        return result

    def columns(self, right: sparse.spmatrix, block: int = BLOCK) -> Iterator[tuple[slice, Floats]]:
        """The product with a sparse matrix, ``block`` columns at a time."""
        right = right.tocsc()
        for start in range(0, right.shape[1], block):
            place = slice(start, min(start + block, right.shape[1]))
            yield place, self.apply(right[:, place].toarray())

    def _tail(self, values: Any) -> Any:
        """The tail's block undone: D⁻¹v − D⁻¹ E D⁻¹ v, with D its diagonal and E the rest."""
        if sparse.issparse(values):
            return (sparse.diags(self.scale) @ (values - self.off @ values)).tocsr()
        return self.scale[:, None] * (values - spread_product(self.off, values))
