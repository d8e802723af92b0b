"""Runs the store contracts on the second shop, in a process of its own: Django knows one set of settings a process."""

import os
import subprocess
import sys
from pathlib import Path


def test_every_store_contract_holds_for_the_second_shop(tmp_path):
    if os.environ.get("DJANGO_SETTINGS_MODULE") == "tests.alt_store.settings":
        return
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "pytest", "--ds=tests.alt_store.settings", "-q", "tests/contracts/store"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.alt_store.settings"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
