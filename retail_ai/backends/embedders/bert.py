"""A BERT encoder (MiniLM and its like) whose queries are encoded by numpy alone: a web process loads no torch.

Documents, which come by the thousand in a worker, go through transformers as in its base class; both give the same
vectors. Only models of the original BERT layout, out of a folder or package with safetensors.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.backends.base import Vectors
from retail_ai.backends.embedders.numpy_bert import NumpyBert
from retail_ai.backends.embedders.transformers_encoder import CHARACTERS_PER_TOKEN, TransformersEncoder
from retail_ai.backends.packages import missing, require
from retail_ai.backends.references import resolve, unresolved
from retail_ai.backends.texts import clean
from retail_ai.exceptions import ConfigurationError

Array = NDArray[np.float32]
# A query's first words say what is wanted; each further token costs time while a shopper waits.
MOST_TOKENS = 64


class BertEncoder(TransformersEncoder):
    """OPTIONS as for TransformersEncoder."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._light: tuple[Any, NumpyBert] | None = None

    def check(self) -> list[str]:
        return missing("tokenizers", "safetensors", extra="transformers") or unresolved(self.model)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        rows = [self._encode(self.query_prefix + clean(text)) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimensions)

    def _encode(self, text: str) -> Array:
        tokenizer, bert = self._load_light()
        ids = tokenizer.encode(text[: MOST_TOKENS * CHARACTERS_PER_TOKEN]).ids
        hidden = bert.forward(np.array(ids or [0]))
        pooled: Array = {"mean": hidden.mean(axis=0), "cls": hidden[0], "last": hidden[-1]}[self.pooling]
        pooled = pooled[: self._cut]
        return pooled / max(float(np.linalg.norm(pooled)), 1e-12)

    def _load_light(self) -> tuple[Any, NumpyBert]:
        with self._lock:
            if self._light is None:
                reference = resolve(self.model)
                config = reference.config()
                if reference.folder is None or config.get("model_type", "bert") != "bert":
                    raise ConfigurationError(f"OPTIONS['model'] = '{self.model}' is no BERT in a folder or package.")
                tokenizer = require("tokenizers", extra="transformers").Tokenizer.from_file(
                    str(reference.folder / "tokenizer.json")
                )
                tokenizer.no_padding()
                tokenizer.enable_truncation(MOST_TOKENS)
                loaded = require("safetensors.numpy", extra="transformers").load_file(
                    str(reference.folder / "model.safetensors")
                )
                weights = {name.removeprefix("bert."): value for name, value in loaded.items()}
                self._light = tokenizer, NumpyBert(weights, config["num_hidden_layers"], config["num_attention_heads"])
            return self._light
