"""Puts an adapter beside the weights as a folder that peft loads, and merges it into a model. Trains nothing."""

import json
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from retail_ai.backends.packages import require
from retail_ai.backends.trainers.base import Adapter
from retail_ai.backends.weights.service import weights_dir


def adapter_folder(adapter: Adapter) -> Path:
    """The folder of an adapter, made when it is not there yet; named by its content, so that it is never stale."""
    content = json.dumps(adapter.configuration, sort_keys=True).encode()
    target = weights_dir() / "voices" / sha256(content + adapter.weights).hexdigest()[:24]
    if not (target / "adapter_model.safetensors").exists():
        target.mkdir(parents=True, exist_ok=True)
        _write(target / "adapter_config.json", content)
        _write(target / "adapter_model.safetensors", adapter.weights)
    return target


def merged(model: Any, folder: Path) -> Any:
    """The model with the adapter's changes added to its own weights: as fast as before."""
    with quiet_peft() as peft:
        return peft.PeftModel.from_pretrained(model, str(folder)).merge_and_unload()


@contextmanager
def quiet_peft() -> Iterator[Any]:
    """peft, without its warnings about what transformers renames: neither the shop nor we can mend them."""
    peft = require("peft", extra="training")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield peft


def _write(target: Path, content: bytes) -> None:
    """Whole or not at all: another process may be writing the same."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(target)
