"""Turns a Llama-type GGUF file into a folder that transformers loads at once. Needs gguf, safetensors, tokenizers.

Written against the file itself: transformers' own GGUF reader gives the same numbers, but took five times as long
and makes a model that it then refuses to save. Handles no other architecture.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.backends.packages import require
from retail_ai.backends.weights.tokenizer import write_tokenizer

Progress = Callable[[str, int, int], None]

_LAYER_NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_TOP_NAMES = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}


def convert(gguf_file: Path, folder: Path, *, progress: Progress) -> None:
    """Write model.safetensors (float32), config.json, generation_config.json and the tokenizer into ``folder``."""
    reader = require("gguf", extra="transformers").GGUFReader(str(gguf_file))
    config = llama_config(reader)
    _write_tensors(reader, config, folder / "model.safetensors", progress)
    write_json(folder / "config.json", config)
    special = {"bos_token_id": config["bos_token_id"], "eos_token_id": config["eos_token_id"]}
    write_json(folder / "generation_config.json", {**special, "pad_token_id": config["pad_token_id"]})
    write_tokenizer(reader, folder)


def read_field(reader: Any, key: str) -> Any:
    """The value of one of the file's metadata keys."""
    return reader.fields[key].contents()


def write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


def llama_config(reader: Any) -> dict[str, Any]:
    """transformers' config.json from the file's metadata."""

    def get(key: str) -> Any:
        return read_field(reader, f"llama.{key}")

    def token(key: str) -> int:
        return int(read_field(reader, f"tokenizer.ggml.{key}_token_id"))

    heads = get("attention.head_count")
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "dtype": "float32",
        "vocab_size": len(read_field(reader, "tokenizer.ggml.tokens")),
        "hidden_size": get("embedding_length"),
        "intermediate_size": get("feed_forward_length"),
        "num_hidden_layers": get("block_count"),
        "num_attention_heads": heads,
        "num_key_value_heads": get("attention.head_count_kv"),
        "head_dim": get("embedding_length") // heads,
        "max_position_embeddings": get("context_length"),
        "rms_norm_eps": round(get("attention.layer_norm_rms_epsilon"), 9),
        "rope_parameters": {"rope_type": "default", "rope_theta": get("rope.freq_base")},
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": not any(tensor.name == "output.weight" for tensor in reader.tensors),
        "bos_token_id": token("bos"),
        "eos_token_id": token("eos"),
        "pad_token_id": token("padding"),
    }


def tensor_name(gguf_name: str) -> str:
    """transformers' name for a GGUF tensor."""
    if match := re.fullmatch(r"blk\.(\d+)\.(\w+)\.weight", gguf_name):
        return f"model.layers.{match[1]}.{_LAYER_NAMES[match[2]]}.weight"
    return f"{_TOP_NAMES[gguf_name.removesuffix('.weight')]}.weight"


def unpermute(weight: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """Undo the row order that GGUF gives query and key weights: pairs side by side → halves, in each head."""
    pairs = weight.reshape(heads, weight.shape[0] // heads // 2, 2, weight.shape[1])
    return np.ascontiguousarray(pairs.swapaxes(1, 2).reshape(weight.shape))


def _write_tensors(reader: Any, config: dict[str, Any], path: Path, progress: Progress) -> None:
    dequantize = require("gguf.quants", extra="transformers").dequantize
    tensors: dict[str, NDArray[np.float32]] = {}
    for number, tensor in enumerate(reader.tensors, start=1):
        weight = np.asarray(dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)
        if tensor.name.endswith("attn_q.weight"):
            weight = unpermute(weight, config["num_attention_heads"])
        elif tensor.name.endswith("attn_k.weight"):
            weight = unpermute(weight, config["num_key_value_heads"])
        tensors[tensor_name(tensor.name)] = weight
        progress("convert", number, len(reader.tensors))
    require("safetensors.numpy", extra="transformers").save_file(tensors, path, metadata={"format": "pt"})
