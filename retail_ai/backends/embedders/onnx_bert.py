"""BERT's layers through onnxruntime, their weights in eight bits, for a handful of tokens. Embeds no words itself.

A query has some four tokens, so that its time is that of reading the weights: a byte each is a quarter of float32.
Every 32 weights have a scale of their own (https://onnxruntime.ai, MatMulNBits), which keeps a vector's cosine with
the float32 one at .999 and above. ``choose`` says whether that, and the gain, hold on this machine.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.backends.embedders.numpy_bert import ATTENTION, NumpyBert
from retail_ai.backends.packages import require

logger = logging.getLogger(__name__)
Array = NDArray[np.float32]
Forward = Callable[[NDArray[np.int64]], Array]
EXTRA = "quick"
# Weights that share a scale, and products of eight-bit weights with eight-bit inputs.
BLOCK, EIGHT_BIT_INPUTS = 32, 4
# What the quick way must reach to be taken, as the cosine of mean states, and the tokens that it is tried on.
ALIKE = 0.998
TRIED = np.array([101, 2422, 2770, 6007, 2104, 3938, 102])


def choose(plain: NumpyBert, weights: Mapping[str, Array], layers: int, heads: int) -> Forward:
    """The quicker way on this machine of those that give the same states; ``plain`` where onnxruntime lacks."""
    if any(find_spec(name) is None for name in ("onnxruntime", "onnx")):
        return plain.forward
    try:
        quick = OnnxBert(plain, weights, layers, heads)
        if _cosine(quick.forward(TRIED).mean(0), plain.forward(TRIED).mean(0)) >= ALIKE:
            return min((quick.forward, plain.forward), key=_seconds)
    except Exception:
        logger.warning("onnxruntime cannot be used here: queries are encoded by numpy", exc_info=True)
    return plain.forward


def _seconds(forward: Forward) -> float:
    times = []
    for _again in range(3):
        start = time.thread_time()
        forward(TRIED)
        times.append(time.thread_time() - start)
    return min(times)


def _cosine(a: Array, b: Array) -> float:
    return float(a @ b / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-12))


class OnnxBert:
    """``plain`` embeds the words; ``weights`` by the names that transformers gives them."""

    def __init__(self, plain: NumpyBert, weights: Mapping[str, Array], layers: int, heads: int) -> None:
        self._embed, ort = plain.embed, require("onnxruntime", extra=EXTRA)
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        model = _Graph(weights, heads).of_layers(layers)
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def forward(self, ids: NDArray[np.int64]) -> Array:
        """(tokens,) → (tokens, width): the last hidden states."""
        states: Array = self._session.run(None, {"states": self._embed(ids)})[0]
        return states


@dataclass
class _Graph:
    """The layers as an ONNX model: nodes, and the weights by name."""

    weights: Mapping[str, Array]
    heads: int

    def __post_init__(self) -> None:
        self.onnx = require("onnx", extra=EXTRA)
        self.nodes: list[Any] = []
        self.tensors: list[Any] = []

    def of_layers(self, layers: int) -> bytes:
        """The model, serialized: ``states`` (tokens, width) in, the last states out."""
        width = len(self.weights["embeddings.LayerNorm.weight"])
        self.tensor("split", np.array([0, 3, self.heads, width // self.heads], np.int64))
        self.tensor("join", np.array([0, width], np.int64))
        self.tensor("scale", np.array((width // self.heads) ** -0.5, np.float32))
        last = "states"
        for number in range(layers):
            last = self.layer(last, f"encoder.layer.{number}.")
        helper, numbers = self.onnx.helper, self.onnx.TensorProto.FLOAT
        shapes = [[helper.make_tensor_value_info(name, numbers, ["tokens", width])] for name in ("states", last)]
        graph = helper.make_graph(self.nodes, "bert", *shapes, self.tensors)
        sets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
        model: bytes = helper.make_model(graph, opset_imports=sets, ir_version=10).SerializeToString()
        return model

    def layer(self, states: str, at: str) -> str:
        """As in numpy_bert."""
        attended = self.attention(self.dense(states, *(f"{at}{name}" for name in ATTENTION)), at)
        middle = self.norm(states, self.dense(attended, f"{at}attention.output.dense"), f"{at}attention.output")
        inner = self.node("Gelu", [self.dense(middle, f"{at}intermediate.dense")], f"{at}gelu")
        return self.norm(middle, self.dense(inner, f"{at}output.dense"), f"{at}output")

    def attention(self, projected: str, at: str) -> str:
        parts = self.node("Reshape", [projected, "split"], f"{at}parts")
        query, key, value = (f"{at}query", f"{at}key", f"{at}value")
        turned = self.node("Transpose", [parts], f"{at}turned", perm=[1, 2, 0, 3])
        self.nodes.append(self.onnx.helper.make_node("Split", [turned], [query, key, value], axis=0, num_outputs=3))
        scaled = self.node("Mul", [query, "scale"], f"{at}scaled")
        across = self.node("Transpose", [key], f"{at}across", perm=[0, 1, 3, 2])
        scores = self.node("Softmax", [self.node("MatMul", [scaled, across], f"{at}scores")], f"{at}shares", axis=-1)
        mixed = self.node("MatMul", [scores, value], f"{at}mixed")
        back = self.node("Transpose", [mixed], f"{at}back", perm=[2, 0, 1, 3])
        return self.node("Reshape", [back, "join"], f"{at}joined")

    def dense(self, inputs: str, *names: str) -> str:
        """One product with the weights of these layers side by side, in eight bits, and their biases."""
        weight = np.concatenate([self.weights[f"{name}.weight"] for name in names])
        outputs, size = weight.shape
        blocks = weight.reshape(outputs, size // BLOCK, BLOCK)
        scales = np.maximum(np.abs(blocks).max(axis=2, keepdims=True), 1e-12) / 127
        at = names[0]
        self.tensor(f"{at}.weight", (np.round(blocks / scales) + 128).astype(np.uint8))
        self.tensor(f"{at}.scales", scales.reshape(-1).astype(np.float32))
        self.tensor(f"{at}.bias", np.concatenate([self.weights[f"{name}.bias"] for name in names]))
        given = [inputs, f"{at}.weight", f"{at}.scales", "", "", f"{at}.bias"]
        shape = {"K": size, "N": outputs, "bits": 8, "block_size": BLOCK, "accuracy_level": EIGHT_BIT_INPUTS}
        return self.node("MatMulNBits", given, f"{at}.made", domain="com.microsoft", **shape)

    def norm(self, states: str, added: str, at: str) -> str:
        name = f"{at}.LayerNorm"
        self.tensor(f"{name}.weight", self.weights[f"{name}.weight"])
        self.tensor(f"{name}.bias", self.weights[f"{name}.bias"])
        both = self.node("Add", [states, added], f"{name}.sum")
        given = [both, f"{name}.weight", f"{name}.bias"]
        return self.node("LayerNormalization", given, f"{name}.made", axis=-1, epsilon=1e-12)

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(self.onnx.helper.make_node(kind, inputs, [output], **attributes))
        return output

    def tensor(self, name: str, value: Any) -> None:
        self.tensors.append(self.onnx.numpy_helper.from_array(np.ascontiguousarray(value), name))
