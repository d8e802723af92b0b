"""After the walk: Ctrl-C leaves no process behind, and a second start has nothing to do over again."""

import subprocess
import sys

import pytest

from tests.browser.conftest import ROOT, Demo, start, stop


def test_ctrl_c_leaves_nothing_and_the_second_start_does_nothing_twice(demo: Demo):
    if demo.process is None:
        pytest.skip("a demo that was running already is left alone")
    assert stop(demo.process) == []
    again = start(demo.folder)
    try:
        assert "done before" in again.output
        assert "✓ Draft descriptions" not in again.output
        assert "✓ Simulate" not in again.output
    finally:
        assert stop(again.process) == []


def test_the_doctor_finds_the_shop_in_order(demo: Demo):
    if demo.process is None:
        pytest.skip("a demo that was running already is left alone")
    again = start(demo.folder)
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", "retail_ai_doctor"],
            cwd=ROOT,
            env=again.environment,
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    finally:
        stop(again.process)
