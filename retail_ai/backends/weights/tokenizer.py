"""Writes the GGUF file's byte-level BPE as a tokenizer.json with the splitting the SmolLM models were trained with."""

import json
from pathlib import Path
from typing import Any

from retail_ai.backends.packages import require
from retail_ai.exceptions import BackendUnavailable

_CONTROL = 3


def write_tokenizer(reader: Any, folder: Path) -> None:
    """tokenizer.json, tokenizer_config.json and the chat template. Raises for a kind of tokenizer we do not know."""
    kind = (_field(reader, "ggml.model"), _field(reader, "ggml.pre"))
    if kind != ("gpt2", "smollm"):
        raise BackendUnavailable(f"cannot convert a tokenizer of kind {kind}; only ('gpt2', 'smollm') is known")
    tokens = _field(reader, "ggml.tokens")
    _byte_level_bpe(reader, tokens).save(str(folder / "tokenizer.json"))
    (folder / "chat_template.jinja").write_text(_field(reader, "chat_template"), encoding="utf-8")
    names = {"bos": "bos_token", "eos": "eos_token", "unknown": "unk_token", "padding": "pad_token"}
    config = {name: tokens[_field(reader, f"ggml.{key}_token_id")] for key, name in names.items()}
    config |= {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": reader.fields["llama.context_length"].contents(),
        "padding_side": "left",
        "clean_up_tokenization_spaces": False,
        "add_prefix_space": False,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")


def _byte_level_bpe(reader: Any, tokens: list[str]) -> Any:
    library = require("tokenizers", extra="transformers")
    merges = [tuple(merge.split(" ")) for merge in _field(reader, "ggml.merges")]
    bpe = library.models.BPE(vocab={token: i for i, token in enumerate(tokens)}, merges=merges)
    tokenizer = library.Tokenizer(bpe)
    split = library.pre_tokenizers
    tokenizer.pre_tokenizer = split.Sequence(
        [split.Digits(individual_digits=True), split.ByteLevel(add_prefix_space=False, use_regex=True)]
    )
    tokenizer.decoder = library.decoders.ByteLevel()
    kinds = _field(reader, "ggml.token_type")
    special = [token for token, kind in zip(tokens, kinds, strict=True) if kind == _CONTROL]
    tokenizer.add_special_tokens([library.AddedToken(token, special=True, normalized=False) for token in special])
    return tokenizer


def _field(reader: Any, key: str) -> Any:
    return reader.fields[f"tokenizer.{key}"].contents()
