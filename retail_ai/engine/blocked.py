"""Solves (gram + ridge·I) X = R for a large sparse gram: exactly on the frequent items, by a short series on the rest.

An item of the long tail has few customers: there the ridge outweighs everything, so the tail's own block is inverted
by two terms of its Neumann series, and the frequent items by the Schur complement, dense. With all items in the head
it is the exact inverse. Memory is 4 bytes × head² and one block of columns, whatever the number of items.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.ridge import inverse, spread_product

Items = NDArray[np.int64]
Floats = NDArray[np.float32]
BLOCK = 1_024


class BlockedInverse:
    """(gram + ridge·I)⁻¹ as an operator; the ``head`` items with the largest diagonal are solved exactly."""

    def __init__(self, gram: sparse.csr_matrix, ridge: float, head: int) -> None:
        order = np.argsort(-gram.diagonal(), kind="stable")
        self.head, self.tail = np.sort(order[:head]), np.sort(order[head:])
        across = gram[self.tail]
        self.down = across[:, self.head].tocsr()
        own = across[:, self.tail]
        self.scale = (1 / (own.diagonal() + ridge)).astype(np.float32)
        own.setdiag(0)
        own.eliminate_zeros()
        self.off = (own @ sparse.diags(self.scale)).tocsr()
        self.up = self.down.T.tocsr()
        schur = gram[self.head][:, self.head] - self.up @ self._tail(self.down)
        self.core = inverse(schur.tocsr(), ridge)

    def apply(self, right: Floats) -> Floats:
        """(n, m) dense → (n, m), overwriting nothing."""
        tail = self._tail(right[self.tail])
        head = self.core @ (right[self.head] - spread_product(self.up, tail))
        result = np.empty_like(right)
        result[self.head] = head
        result[self.tail] = self._tail(right[self.tail] - spread_product(self.down, head))
        return result

    def columns(self, right: sparse.csc_matrix, block: int = BLOCK) -> Iterator[tuple[slice, Floats]]:
        """The product with a sparse matrix, ``block`` columns at a time."""
        for start in range(0, right.shape[1], block):
            place = slice(start, min(start + block, right.shape[1]))
            yield place, self.apply(right[:, place].toarray())

    def _tail(self, values: "Floats | sparse.csr_matrix") -> "Floats | sparse.csr_matrix":
        """The tail's block undone: D⁻¹v − D⁻¹ E D⁻¹ v, with D its diagonal and E the rest."""
        if sparse.issparse(values):
            return sparse.diags(self.scale) @ (values - self.off @ values)
        return self.scale[:, None] * (values - spread_product(self.off, values))
