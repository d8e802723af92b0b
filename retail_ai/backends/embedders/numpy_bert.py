"""BERT's forward pass in numpy for a handful of tokens, as fast as memory gives the weights. Knows no tokenizer.

A query has some four tokens. OpenBLAS's usual product first copies the weights into blocks, which takes longer than
the product itself; up to a million multiplications it has a kernel that does not, and that starts no threads. So each
weight is kept in slices small enough for that kernel, which one call multiplies; all of them lie in one piece of
memory, which gets large pages and is read a fifth faster. Together that takes half the time of plain products.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

Array = NDArray[np.float32]
# Multiplications up to which OpenBLAS takes its kernel for small matrices; tokens that are multiplied at a time; and
# what a slice's width is a multiple of, where it can be: numbers in a vector register.
SMALL, TOKENS, LANES = 1_000_000, 16, 16


@dataclass(frozen=True, slots=True)
class _Dense:
    """A layer: its weight in slices (slices, inputs, outputs of a slice), each in one piece, and its bias."""

    slices: Array
    bias: Array

    def __call__(self, inputs: Array) -> Array:
        outputs = np.empty((len(inputs), len(self.bias)), np.float32)
        for start in range(0, len(inputs), TOKENS):
            made = inputs[start : start + TOKENS] @ self.slices
            outputs[start : start + TOKENS] = made.transpose(1, 0, 2).reshape(made.shape[1], -1)
        outputs += self.bias
        return outputs


@dataclass(frozen=True, slots=True)
class _Norm:
    scale: Array
    bias: Array

    def __call__(self, inputs: Array) -> Array:
        width = np.float32(inputs.shape[-1])
        inputs -= np.add.reduce(inputs, axis=-1, keepdims=True) / width
        variance = np.einsum("ij,ij->i", inputs, inputs) / width
        inputs *= (1 / np.sqrt(variance + np.float32(1e-12)))[:, None]
        inputs *= self.scale
        inputs += self.bias
        return inputs


@dataclass(frozen=True, slots=True)
class _Layer:
    projections: _Dense
    attended: _Dense
    norm: _Norm
    inner: _Dense
    outer: _Dense
    last_norm: _Norm


@dataclass(frozen=True, slots=True)
class _Embedding:
    """(tokens,) → (tokens, width): words and their places, before the first layer."""

    words: Array
    places: Array
    norm: _Norm

    def __call__(self, ids: NDArray[np.int64]) -> Array:
        return self.norm(self.words[ids] + self.places[: len(ids)])


class NumpyBert:
    """``weights`` by the names that transformers gives them, float32, without the prefix "bert."."""

    def __init__(self, weights: Mapping[str, Array], layers: int, heads: int) -> None:
        words, kinds = (weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "token_type"))
        places = weights["embeddings.position_embeddings.weight"] + kinds[0]
        self.embed, self._heads = _Embedding(words, places, _norm(weights, "embeddings.LayerNorm")), heads
        ats = [f"encoder.layer.{number}." for number in range(layers)]
        slices = iter(_in_one_piece([sliced(weight) for at in ats for weight in _weights(weights, at)]))
        self._layers = [_layer(weights, at, slices) for at in ats]

    def forward(self, ids: NDArray[np.int64]) -> Array:
        """(tokens,) → (tokens, width): the last hidden states (Devlin et al., 2019)."""
        hidden = self.embed(ids)
        for layer in self._layers:
            hidden = layer.norm(hidden + layer.attended(_attend(layer.projections(hidden), self._heads)))
            inner = layer.inner(hidden)
            inner *= np.float32(0.5) * (1 + erf(inner * np.float32(0.5**0.5)))
            hidden = layer.last_norm(hidden + layer.outer(inner))
        return hidden


def _attend(projected: Array, heads: int) -> Array:
    """(tokens, 3 × width) queries, keys and values → (tokens, width)."""
    tokens = len(projected)
    query, key, value = projected.reshape(tokens, 3, heads, -1).transpose(1, 2, 0, 3)
    scores = query @ key.transpose(0, 2, 1)
    scores *= np.float32(query.shape[-1] ** -0.5)
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    scores /= scores.sum(axis=-1, keepdims=True)
    joined: Array = (scores @ value).transpose(1, 0, 2).reshape(tokens, -1)
    return joined


ATTENTION = ("attention.self.query", "attention.self.key", "attention.self.value")
_FURTHER = ("attention.output.dense", "intermediate.dense", "output.dense")


def _weights(weights: Mapping[str, Array], at: str) -> list[Array]:
    """Of a layer, (outputs, inputs) each: the three of attention as one, and the further ones."""
    attention = np.concatenate([weights[f"{at}{name}.weight"] for name in ATTENTION])
    return [attention, *(weights[f"{at}{name}.weight"] for name in _FURTHER)]


def _layer(weights: Mapping[str, Array], at: str, slices: Iterator[Array]) -> _Layer:
    projections = _Dense(next(slices), np.concatenate([weights[f"{at}{name}.bias"] for name in ATTENTION]))
    attended, inner, outer = (_Dense(next(slices), weights[f"{at}{name}.bias"]) for name in _FURTHER)
    norm = _norm(weights, f"{at}attention.output.LayerNorm")
    return _Layer(projections, attended, norm, inner, outer, _norm(weights, f"{at}output.LayerNorm"))


def sliced(weight: Array) -> Array:
    """(outputs, inputs) → (slices, inputs, outputs of a slice), each fit for the kernel for small matrices."""
    outputs, inputs = weight.shape
    most = max(1, SMALL // (TOKENS * inputs))
    widths = [size for size in range(1, min(most, outputs) + 1) if outputs % size == 0]
    width = max(widths, key=lambda size: (size % LANES == 0, size))
    return weight.reshape(-1, width, inputs).transpose(0, 2, 1)


def _in_one_piece(arrays: Sequence[Array]) -> list[Array]:
    """The same arrays, one behind the other in memory."""
    ends = np.cumsum([array.size for array in arrays])
    piece = np.empty(ends[-1], np.float32)
    for array, end in zip(arrays, ends, strict=True):
        piece[end - array.size : end] = array.ravel()
    return [piece[end - a.size : end].reshape(a.shape) for a, end in zip(arrays, ends, strict=True)]


def _norm(weights: Mapping[str, Array], name: str) -> _Norm:
    return _Norm(weights[f"{name}.weight"], weights[f"{name}.bias"])
