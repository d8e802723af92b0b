"""A BERT encoder (MiniLM and its like) whose queries are encoded by numpy alone: a web process loads no torch.

Documents, which come by the thousand in a worker, go through transformers as in its base class; both give the same
vectors. Only models of the original BERT layout, out of a folder or package with safetensors.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from retail_ai.backends.base import Vectors
from retail_ai.backends.blas import single_threaded_blas
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
        self._light: tuple[Any, dict[str, Array], int, int] | None = None

    def check(self) -> list[str]:
        return missing("tokenizers", "safetensors", extra="transformers") or unresolved(self.model)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        with single_threaded_blas():
            rows = [self._encode(self.query_prefix + clean(text)) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dimensions)

    def _encode(self, text: str) -> Array:
        tokenizer, weights, layers, heads = self._load_light()
        ids = tokenizer.encode(text[: MOST_TOKENS * CHARACTERS_PER_TOKEN]).ids
        hidden = _forward(np.array(ids or [0]), weights, layers, heads)
        pooled: Array = {"mean": hidden.mean(axis=0), "cls": hidden[0], "last": hidden[-1]}[self.pooling]
        pooled = pooled[: self._cut]
        return pooled / max(float(np.linalg.norm(pooled)), 1e-12)

    def _load_light(self) -> tuple[Any, dict[str, Array], int, int]:
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
                self._light = tokenizer, weights, config["num_hidden_layers"], config["num_attention_heads"]
            return self._light


def _forward(ids: NDArray[np.int64], weights: dict[str, Array], layers: int, heads: int) -> Array:
    """(tokens,) → (tokens, width): BERT's last hidden states (Devlin et al., 2019)."""
    hidden = (
        weights["embeddings.word_embeddings.weight"][ids]
        + weights["embeddings.position_embeddings.weight"][: len(ids)]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    hidden = _norm(hidden, weights, "embeddings.LayerNorm")
    for layer in range(layers):
        at = f"encoder.layer.{layer}."
        attended = _dense(
            _attend(hidden, weights, f"{at}attention.self.", heads), weights, f"{at}attention.output.dense"
        )
        hidden = _norm(hidden + attended, weights, f"{at}attention.output.LayerNorm")
        inner = _dense(hidden, weights, f"{at}intermediate.dense")
        inner *= 0.5 * (1 + erf(inner / np.float32(2**0.5)))
        hidden = _norm(hidden + _dense(inner, weights, f"{at}output.dense"), weights, f"{at}output.LayerNorm")
    return hidden


def _attend(hidden: Array, weights: dict[str, Array], at: str, heads: int) -> Array:
    def split(name: str) -> Array:
        return _dense(hidden, weights, at + name).reshape(len(hidden), heads, -1).transpose(1, 0, 2)

    query, key, value = split("query"), split("key"), split("value")
    scores = query @ key.transpose(0, 2, 1) / np.float32(query.shape[-1] ** 0.5)
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    scores /= scores.sum(axis=-1, keepdims=True)
    joined: Array = (scores @ value).transpose(1, 0, 2).reshape(len(hidden), -1)
    return joined


def _dense(inputs: Array, weights: dict[str, Array], at: str) -> Array:
    outputs: Array = inputs @ weights[f"{at}.weight"].T + weights[f"{at}.bias"]
    return outputs


def _norm(inputs: Array, weights: dict[str, Array], at: str) -> Array:
    mean, spread = inputs.mean(axis=-1, keepdims=True), inputs.std(axis=-1, keepdims=True)
    normed: Array = (inputs - mean) / np.sqrt(spread**2 + np.float32(1e-12)) * weights[f"{at}.weight"]
    return normed + weights[f"{at}.bias"]
