"""Runs the store contracts and Oscar's own tests on the Oscar shop, in a process of its own: Django knows one set of
settings a process."""

import os
import subprocess
import sys
from pathlib import Path

SETTINGS = "tests.oscar_store.settings"


def test_every_store_contract_holds_for_the_oscar_shop():
    if os.environ.get("DJANGO_SETTINGS_MODULE") == SETTINGS:
        return
    root = Path(__file__).resolve().parents[2]
    command = [
        sys.executable,
        "-m",
        "pytest",
        f"--ds={SETTINGS}",
        "-q",
        "tests/contracts/store",
        "tests/oscar_store/own",
    ]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
