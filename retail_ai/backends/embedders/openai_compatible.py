"""Embeddings from an OpenAI-compatible server (hosted, vLLM, Ollama, text-embeddings-inference). Runs no model."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from retail_ai.backends.base import Embedder, Vectors
from retail_ai.backends.http import OPENAI, Server
from retail_ai.backends.packages import missing
from retail_ai.backends.texts import clean
from retail_ai.exceptions import BackendUnavailable


class OpenAICompatibleEmbedder(Embedder):
    """OPTIONS: ``model``, ``dimensions`` (what the server gives; checked), ``base_url``, ``api_key``/``api_key_env``.

    ``shorten``: ask the server for vectors of that many ``dimensions`` (for models that allow it). Further options
    (timeout, retries) go to the connection. Texts are cut to ``max_characters``; an empty one is sent as a space.
    """

    def __init__(
        self,
        *,
        model: str,
        dimensions: int,
        base_url: str = OPENAI,
        batch_size: int = 64,
        max_characters: int = 8_000,
        shorten: bool = False,
        query_prefix: str = "",
        document_prefix: str = "",
        **connection: Any,
    ) -> None:
        super().__init__(model=model, dimensions=dimensions, base_url=base_url)
        self.model, self._dimensions, self.batch_size = model, dimensions, batch_size
        self.max_characters, self.shorten = max_characters, shorten
        self.query_prefix, self.document_prefix = query_prefix, document_prefix
        self.server = Server(base_url=base_url, **connection)

    @property
    def identity(self) -> str:
        return f"{self.server.host}/{self.model}/{self._dimensions}"[:200]

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def close(self) -> None:
        self.server.close()

    def after_fork(self) -> None:
        super().after_fork()
        self.server.forget_connections()

    def check(self) -> list[str]:
        return missing("httpx", extra="openai") or self.server.check()

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), self.batch_size):
            batch = [
                clean(text)[: self.max_characters].strip() or " " for text in texts[start : start + self.batch_size]
            ]
            vectors[start : start + len(batch)] = self._request(batch)
        return vectors

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return self.embed([self.document_prefix + text for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.embed([self.query_prefix + text for text in texts])

    def _request(self, batch: list[str]) -> Vectors:
        body: dict[str, Any] = {"model": self.model, "input": batch, "encoding_format": "float"}
        if self.shorten:
            body["dimensions"] = self._dimensions
        rows = self.server.post("/embeddings", body).get("data")
        if not isinstance(rows, list) or sorted(row.get("index", -1) for row in rows) != list(range(len(batch))):
            raise BackendUnavailable(
                f"{self.server.host} did not answer with one vector for each of {len(batch)} texts."
            )
        ordered = [row["embedding"] for row in sorted(rows, key=lambda row: row["index"])]
        return self._unit(ordered)

    def _unit(self, rows: list[list[float]]) -> Vectors:
        widths = {len(row) for row in rows}
        if widths != {self._dimensions}:
            raise BackendUnavailable(
                f"{self.model} at {self.server.host} gives vectors of {sorted(widths)} numbers, "
                f"but OPTIONS['dimensions'] is {self._dimensions}."
            )
        vectors = np.asarray(rows, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise BackendUnavailable(f"{self.server.host} gave a vector without a direction (zeros or no numbers).")
        unit: Vectors = vectors / lengths
        return unit
