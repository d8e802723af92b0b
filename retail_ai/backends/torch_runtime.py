"""Starts torch and transformers for the backends: threads, device, precision, loading errors, life after fork.

The only file that imports either, and only when a model is first used.
"""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType
from typing import Any

from retail_ai.backends.base import available_threads
from retail_ai.backends.packages import require
from retail_ai.exceptions import BackendUnavailable

_state = {"used": False, "forked": False}


def start_torch() -> ModuleType:
    """torch, with its threads set to RETAIL_AI['THREADS']. Raises MissingPackage."""
    # Its threads wait for each other in a busy loop unless told otherwise, before the import. On two cores shared
    # with other work that made text 10 to 20 times slower (1.5 against 27 tokens/s at batch 8).
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch = require("torch", extra="transformers")
    if not _state["used"] and not _state["forked"]:
        torch.set_num_threads(available_threads())
    _state["used"] = True
    return torch


def start_transformers() -> ModuleType:
    """transformers, with its progress bars off (jobs have their own). Raises MissingPackage."""
    transformers = require("transformers", extra="transformers")
    transformers.utils.logging.disable_progress_bar()
    return transformers


def pick_device(wanted: str) -> str:
    """``auto``: cuda where torch sees a GPU it can use, else cpu."""
    if wanted != "auto":
        return wanted
    return "cuda" if start_torch().cuda.is_available() else "cpu"


def has_quick_bfloat16(torch: Any) -> bool:
    """Whether this CPU has instructions for bfloat16."""
    return bool(getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)())


def quick_precision(torch: Any, model: Any) -> AbstractContextManager[Any]:
    """bfloat16 arithmetic where this CPU has instructions for it, which halves the time and moves no ranking much."""
    if model.device.type == "cpu" and model.dtype == torch.float32 and has_quick_bfloat16(torch):
        return torch.autocast("cpu", dtype=torch.bfloat16)  # type: ignore[no-any-return]
    return nullcontext()


def load_pretrained(load: Callable[..., Any], location: str, **options: Any) -> Any:
    """``load(location)``, with a clear error where the model is not there or the hub cannot be reached."""
    try:
        return load(location, **options)
    except (OSError, ValueError) as error:
        first = str(error).strip().splitlines()[0]
        raise BackendUnavailable(
            f"The model '{location}' cannot be loaded: {first} "
            "Name a folder with the model, a package that holds it (package:…), or a hub that can be reached."
        ) from error


def _after_fork() -> None:
    # GNU OpenMP's threads do not live on in a forked child, and torch would wait for them for ever.
    if _state["used"]:
        _state["forked"] = True
        require("torch", extra="transformers").set_num_threads(1)


os.register_at_fork(after_in_child=_after_fork)
