"""The demo's refusals, and manage.py's joining of services, as a person meets them: real processes."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]


def manage(folder, *words, **environ):
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "CELERY_BROKER_URL")}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT, env={**env, "RETAIL_AI_DEMO_DIR": str(folder), **environ},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_the_port_is_looked_at_first(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = manage(tmp_path / "demo", "demo", "--port", str(port))
    assert result.returncode == 1
    assert f"Port {port} is taken" in result.stderr and "--port" in result.stderr and "Traceback" not in result.stderr
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("command", [("demo", "--no-serve"), ("migrate",)])
def test_data_of_another_version(tmp_path, command):
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "PG_VERSION").write_text("14\n")
    result = manage(tmp_path, *command)
    assert result.returncode == 1
    assert "holds data of PostgreSQL 14" in result.stderr and "--reset" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_command_without_database_url_joins_the_embedded_one_and_leaves_nothing(tmp_path):
    result = manage(tmp_path, "showmigrations", "shop_demo", "--plan")
    assert result.returncode == 0, result.stderr
    assert "shop_demo.0001_initial" in result.stdout
    assert result.stderr == f"Using the embedded PostgreSQL in {tmp_path}\n"
    left = [p for p in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(p.info["cmdline"] or [])]
    assert left == []


def test_with_services_named_nothing_embedded_is_started(tmp_path):
    environ = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x", "CELERY_BROKER_URL": "redis://127.0.0.1:1/0"}
    result = manage(tmp_path / "demo", "check", **environ)
    assert result.returncode == 0, result.stderr
    result = manage(tmp_path / "demo", "demo", "--no-serve", **environ)
    assert result.returncode == 1
    assert "Cannot reach the database that DATABASE_URL names (postgresql://127.0.0.1:1/x)" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "demo" / "pg").exists()
