"""The linear algebra of the closed-form recommenders: a symmetric matrix inverted in place, and sparse products."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack

Floats = NDArray[np.float32]
_BLOCK = 1024
_NARROW = 128


def inverse(gram: sparse.csr_matrix, ridge: float) -> Floats:
    """(gram + ridge·I)⁻¹, dense float32 (n, n); 4 bytes × n² are held. Raises ValueError if not positive definite."""
    # A symmetric matrix is its own transpose: written by rows it is in the order that LAPACK works in.
    dense = np.asfortranarray(gram.toarray().T, dtype=np.float32)
    dense[np.diag_indices_from(dense)] += ridge
    if not len(dense):
        return dense
    factor, failed = lapack.spotrf(dense, lower=1, overwrite_a=1)
    if failed:
        raise ValueError("the matrix is not positive definite: ridge must be above 0")
    inverted, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
    _mirror(inverted)
    # Symmetric, so its transpose is the same in row order, in which sparse products read it without a copy.
    return np.asarray(inverted.T, dtype=np.float32)


def rows_product(left: sparse.csr_matrix, right: Floats) -> Floats:
    """``left @ right``, sparse (n, k) with few entries by dense (k, m), in strips of rows on all cores."""
    size = max(-(-left.shape[0] // (4 * threads())), 1)
    strips = [slice(at, at + size) for at in range(0, left.shape[0], size)]
    if len(strips) < 2:
        return np.asarray(left @ right, dtype=np.float32)
    with ThreadPoolExecutor(threads()) as pool:
        return np.concatenate(list(pool.map(lambda strip: left[strip] @ right, strips)), dtype=np.float32)


def threads() -> int:
    """How many threads to use: what was allowed by OMP_NUM_THREADS, at most the cores there are."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    allowed = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(cores, int(allowed) if allowed.isdigit() else cores))


def _mirror(lower: Floats) -> None:
    """Copy the lower triangle to the upper one, block by block: no second matrix is needed."""
    for start in range(0, len(lower), _BLOCK):
        block = slice(start, start + _BLOCK)
        lower[block, start + _BLOCK :] = lower[start + _BLOCK :, block].T
        corner = lower[block, block]
        lower[block, block] = np.tril(corner) + np.tril(corner, -1).T


def spread_product(left: sparse.csr_matrix, right: Floats) -> Floats:
    """``left @ right``, sparse (n, k) by dense (k, m), in strips of columns on all cores."""
    strips = [slice(at, at + _NARROW) for at in range(0, right.shape[1], _NARROW)]
    if left.shape[0] == 0 or len(strips) < 2:
        return np.asarray(left @ right, dtype=np.float32)
    with ThreadPoolExecutor(threads()) as pool:
        parts = list(pool.map(lambda strip: left @ np.ascontiguousarray(right[:, strip]), strips))
    return np.concatenate(parts, axis=1)
