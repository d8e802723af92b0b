"""How alike items are by what they are: cosines of attribute or text vectors, never held as an items × items matrix.

It embeds no text and learns nothing; a recommender adds it to what it learned from behaviour, so that rare and new
items are found too (the aim of L3AE, Moon et al. 2025, reached here by a weighted sum of the two similarities).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.engine.ranking import top_k
from retail_ai.engine.ridge import spread_product

Items = NDArray[np.int64]
Floats = NDArray[np.float32]
LOOK_ALIKES = 20
_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class ItemContent:
    """``vectors``: (n_items, d), dense or sparse rows of length 1, or 0 for an item of which nothing is known."""

    vectors: Any

    def score(self, sources: sparse.csr_matrix) -> Floats:
        """Weights of past items (n, n_items), sparse → float32 (n, n_items): their summed cosines to every item.

        An item does not speak for itself.
        """
        summed = sources @ self.vectors
        if sparse.issparse(summed):
            dense = spread_product(self.vectors, np.ascontiguousarray(summed.toarray().T)).T
        else:
            dense = np.asarray(summed @ self.vectors.T, dtype=np.float32)
        own = sources.tocoo()
        dense[own.row, own.col] -= own.data * self._known(own.col)
        return dense

    def spread(self) -> float:
        """Root mean square of the cosines of all pairs of different items (0 when nothing is known)."""
        count = self.vectors.shape[0]
        between = self.vectors.T @ self.vectors
        squares = float((between.multiply(between) if sparse.issparse(between) else between**2).sum())
        others = max(squares - float(self._known().sum()), 0.0)
        return float(np.sqrt(others / max(count * (count - 1), 1)))

    def likeness(self, kept: Items, k: int = LOOK_ALIKES) -> sparse.csr_matrix:
        """Q over the kept items: cosines of each with its k nearest, either way, scaled to D^-½ Q D^-½.

        In a small shop fewer count (one in fifty products): else everything would be like everything.
        """
        own, k = self.vectors[kept], min(k, len(kept) // 50)
        near = sparse.vstack(
            [_nearest(own, start, k) for start in range(0, len(kept), _ROWS)] or [_nearest(own, 0, k)]
        )
        near = near.maximum(near.T)
        scale = np.asarray(near.sum(axis=1), dtype=np.float64).ravel()
        scale = sparse.diags(np.where(scale > 0, 1 / np.sqrt(np.maximum(scale, 1e-9)), 0).astype(np.float32))
        return (scale @ near @ scale).tocsr()

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Plain arrays from which ``content_from_arrays`` makes it again."""
        if not sparse.issparse(self.vectors):
            return {"content": self.vectors}
        rows = self.vectors.tocsr()
        shape = np.array(rows.shape, dtype=np.int64)
        return {"content": rows.data, "content_at": rows.indices, "content_from": rows.indptr, "content_shape": shape}

    def _known(self, items: Any = slice(None)) -> Floats:
        return np.asarray(_lengths(self.vectors[items]) > 0, dtype=np.float32)


def from_attributes(attributes: Sequence[Sequence[int]]) -> ItemContent:
    """Attribute numbers of each item; a rare attribute says more than a common one (weight log(n/df))."""
    lengths = np.array([len(set(own)) for own in attributes], dtype=np.int64)
    columns = np.array([number for own in attributes for number in sorted(set(own))], dtype=np.int64)
    _, columns = np.unique(columns, return_inverse=True)
    weights = np.log(len(attributes) / np.bincount(columns)) if len(columns) else np.zeros(0)
    rows = np.repeat(np.arange(len(attributes)), lengths)
    shape = (len(attributes), len(weights))
    return ItemContent(_unit(sparse.csr_matrix((weights[columns].astype(np.float32), (rows, columns)), shape)))


def from_vectors(vectors: Floats, *, centred: bool = True) -> ItemContent:
    """Text or image vectors, a row an item, rows of zeros where there is none.

    Their mean is taken away first: what all of a shop's texts have in common tells no two items apart. Not so where
    they stand for what the database computes, which knows the vectors as they are.
    """
    if not centred:
        return ItemContent(_unit(np.asarray(vectors, dtype=np.float32)))
    known = _lengths(vectors) > 0
    moved = np.zeros(vectors.shape, dtype=np.float32)
    if known.any():
        moved[known] = vectors[known] - vectors[known].mean(axis=0)
    return ItemContent(_unit(moved))


def content_from_arrays(arrays: Mapping[str, NDArray[Any]]) -> ItemContent | None:
    """The content that ``ItemContent.arrays`` was taken from, if any was."""
    if "content" not in arrays:
        return None
    if "content_shape" not in arrays:
        return ItemContent(arrays["content"])
    parts = (arrays["content"], arrays["content_at"], arrays["content_from"])
    return ItemContent(sparse.csr_matrix(parts, shape=tuple(arrays["content_shape"].tolist())))


def _nearest(vectors: Any, start: int, k: int) -> sparse.csr_matrix:
    """Rows start … of the cosines: the k largest that are above 0, an item itself left out."""
    block = vectors[start : start + _ROWS] @ vectors.T
    dense = np.asarray(block.toarray() if sparse.issparse(block) else block, dtype=np.float32)
    rows = np.arange(len(dense))
    dense[rows, start + rows] = 0
    best = top_k(dense, k)
    values = np.maximum(np.take_along_axis(dense, best, axis=1), 0)
    flat = (values.ravel(), (np.repeat(rows, best.shape[1]), best.ravel()))
    found = sparse.csr_matrix(flat, shape=dense.shape)
    found.eliminate_zeros()
    return found


def _lengths(vectors: Any) -> NDArray[Any]:
    squares = vectors.multiply(vectors).sum(axis=1) if sparse.issparse(vectors) else (vectors**2).sum(axis=1)
    return np.sqrt(np.asarray(squares, dtype=np.float64)).ravel()


def _unit(vectors: Any) -> Any:
    lengths = _lengths(vectors)
    scale = sparse.diags(np.where(lengths > 1e-6, 1 / np.maximum(lengths, 1e-6), 0).astype(np.float32))
    return (scale @ vectors).astype(np.float32)
