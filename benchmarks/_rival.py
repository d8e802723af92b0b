"""Runs RecTools in an interpreter of its own on the very split, and measures what it recommends with our measure."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._sequences import Split, measure_lists

NAMES = ("rectools_sasrec", "rectools_esasrec")
PUBLISHED_EPOCHS = 200


def run_rivals(split: Split, *, python: str, names: Sequence[str], **bounds: Any) -> dict[str, dict[str, Any]]:
    """Rows by name; ``{"error": …}`` for one that cannot run. ``bounds``: what ``_rival_rectools`` takes, in order."""
    rows = [*split.outer, np.zeros(0, np.int64)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "split.npz"
        np.savez(path, flat=np.concatenate(rows), lengths=np.array([len(row) for row in rows]), asked=split.asked)
        return {name: _run(name, path, split, python, list(bounds.values())) for name in names}


def _run(name: str, path: Path, split: Split, python: str, bounds: list[Any]) -> dict[str, Any]:
    command = [python, "-W", "ignore", "-m", "benchmarks._rival_rectools", path, name, *bounds]
    root = str(Path(__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": root}
    options: dict[str, Any] = {"capture_output": True, "text": True, "env": environment, "cwd": root, "check": False}
    done = subprocess.run(list(map(str, command)), **options)
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["it stopped"])[-1]}
    row = json.loads(done.stdout.strip().splitlines()[-1])
    measured = measure_lists(np.load(path.with_suffix(f".{name}.npy")), split.tests, split.outer, split.n_items)
    return {**measured, **row, **_published(row)}


def _published(row: dict[str, Any]) -> dict[str, Any]:
    """What the published number of epochs would take; an extrapolation where it was stopped by the clock."""
    whole = row["stopped_early"] or row["epochs"] >= PUBLISHED_EPOCHS
    each = row["train_seconds"] / max(row["epochs"], 1e-3)
    seconds = row["train_seconds"] if whole else round(each * PUBLISHED_EPOCHS, 1)
    return {"seconds_per_epoch": round(each, 1), "published_seconds": seconds, "extrapolated": not whole}


def python_with_rectools(given: str | None) -> str:
    """The interpreter named, or this one."""
    return given or os.environ.get("RECTOOLS_PYTHON", sys.executable)
