"""A BERT encoder (MiniLM and its like) whose queries are encoded without torch, so that a web process loads none: by
onnxruntime where that is installed and quicker, else by numpy.

Documents, which come by the thousand in a worker, go through transformers as in its base class; both give the same
vectors, but for what eight bits leave out. Only models of the original BERT layout, out of a folder or package with
safetensors.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.backends.base import Vectors
from retail_ai.backends.embedders.numpy_bert import NumpyBert
from retail_ai.backends.embedders.onnx_bert import Forward, choose
from retail_ai.backends.embedders.transformers_encoder import CHARACTERS_PER_TOKEN, TransformersEncoder
from retail_ai.backends.packages import missing, require
from retail_ai.backends.references import resolve, unresolved
from retail_ai.backends.texts import clean
from retail_ai.exceptions import ConfigurationError

Array = NDArray[np.float32]
# A query's first words say what is wanted; each further token costs time while a shopper waits.
MOST_TOKENS = 64


class BertEncoder(TransformersEncoder):
    """OPTIONS as for TransformersEncoder; ``quick`` is also of queries, with weights in eight bits."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._light: tuple[Any, Forward] | None = None

    def check(self) -> list[str]:
        return missing("tokenizers", "safetensors", extra="transformers") or unresolved(self.model)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        rows = [self._encode(self.query_prefix + clean(text)) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimensions)

    def _encode(self, text: str) -> Array:
        _tokenizer, forward = self._load_light()
        hidden = forward(self.ids_of(text))
        pooled: Array = {"mean": hidden.mean(axis=0), "cls": hidden[0], "last": hidden[-1]}[self.pooling]
        pooled = pooled[: self._cut]
        return pooled / max(float(np.linalg.norm(pooled)), 1e-12)

    def ids_of(self, text: str) -> NDArray[np.int64]:
        """(tokens,) of a text, at least one."""
        ids = self._load_light()[0].encode(text[: MOST_TOKENS * CHARACTERS_PER_TOKEN]).ids
        return np.array(ids or [0])

    def _load_light(self) -> tuple[Any, Forward]:
        with self._lock:
            if self._light is None:
                weights, size = self.read_weights()
                plain = NumpyBert(weights, *size)
                self._light = self._tokenizer(), choose(plain, weights, *size) if self.quick else plain.forward
            return self._light

    def read_weights(self) -> tuple[dict[str, Array], tuple[int, int]]:
        """The weights by name, without the prefix "bert.", and how many layers and heads there are."""
        folder, config = self._folder(), resolve(self.model).config()
        loaded = require("safetensors.numpy", extra="transformers").load_file(str(folder / "model.safetensors"))
        weights = {name.removeprefix("bert."): value for name, value in loaded.items()}
        return weights, (config["num_hidden_layers"], config["num_attention_heads"])

    def _tokenizer(self) -> Any:
        kind = require("tokenizers", extra="transformers").Tokenizer
        tokenizer = kind.from_file(str(self._folder() / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MOST_TOKENS)
        return tokenizer

    def _folder(self) -> Path:
        reference = resolve(self.model)
        if reference.folder is None or reference.config().get("model_type", "bert") != "bert":
            raise ConfigurationError(f"OPTIONS['model'] = '{self.model}' is no BERT in a folder or package.")
        return reference.folder
