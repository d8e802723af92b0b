"""How near a query is to the shop's categories, in any language. Keeps the categories' vectors in memory only."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from retail_ai.backends import Embedder

Path = tuple[str, ...]
# A shop has some hundreds of categories; should there be far more, the memory is emptied and filled anew.
MOST = 10_000
_vectors: dict[tuple[str, Path], Any] = {}


def shelf_cosines(paths: Iterable[Path], vectors: Any, embedder: Embedder) -> dict[Path, float]:
    """Mean cosine of each category path with the query's vectors, shape (n, dimensions)."""
    wanted = list(dict.fromkeys(paths))
    known = _known(wanted, embedder)
    asked = np.mean(np.asarray(vectors), axis=0)
    return {path: float(known[path] @ asked) for path in wanted}


def _known(paths: list[Path], embedder: Embedder) -> dict[Path, Any]:
    identity = embedder.identity
    new = [path for path in paths if (identity, path) not in _vectors]
    if len(_vectors) + len(new) > MOST:
        _vectors.clear()
        new = paths
    if new:
        # A leaf's name says what stands there, its path which of two meanings is meant.
        made = np.asarray(embedder.embed([*(path[-1] for path in new), *(" > ".join(path) for path in new)]))
        both = made[: len(new)] + made[len(new) :]
        both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-9)
        _vectors.update({(identity, path): vector for path, vector in zip(new, both, strict=True)})
    return {path: _vectors[identity, path] for path in paths}
