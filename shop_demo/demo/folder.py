"""The demo's folder: its lock, what was done already, its passwords. Removes only what the demo itself put there."""

import fcntl
import json
import os
import shutil
from pathlib import Path
from typing import Any

from retail_ai.embedded import EmbeddedError
from retail_ai.embedded.folders import make_folder
from retail_ai.embedded.leases import stop_if_unused
from shop_demo.demo.errors import DemoError

# Everything that a demo, its services and its shop ever write there.
OURS = (
    "pg", "pg.run", "pg.new", "valkey", "valkey.run", "mail", "static", "state.json", "passwords.json", "demo.lock",
    "celery.log", "beat.log", "web.log", "weights.log", "schedule",
)  # fmt: skip


class DemoFolder:
    """The folder of one demo. Only one demo runs in it at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None

    def open(self) -> None:
        """Make the folder and take its lock. Raises DemoError when another demo runs in it."""
        make_folder(self.path)
        self._lock = os.open(self.path / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = (self.path / "demo.lock").read_text().strip() or "another process"
            raise DemoError(
                f"A demo runs in {self.path} already ({who}). Stop it first, or use a second folder: "
                f"RETAIL_AI_DEMO_DIR=.demo2 python manage.py demo --port 8001"
            ) from None
        os.ftruncate(self._lock, 0)
        os.write(self._lock, f"process {os.getpid()}\n".encode())

    def reset(self) -> None:
        """Remove what the demo put there, services' data included; other files stay. The lock must be held."""
        for service in ("pg.run", "valkey.run"):
            if not stop_if_unused(self.path / service):
                raise EmbeddedError(f"Another process uses the database in {self.path}. Stop it first.")
        for name in OURS:
            path = self.path / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif name != "demo.lock":
                path.unlink(missing_ok=True)

    def state(self, database: str) -> dict[str, Any]:
        """What was done in that database: ``{"done": [...], "jobs": {kind: id}}``."""
        known = self._read("state.json").get(database, {})
        return {"done": [], "jobs": {}, **known}

    def remember(self, database: str, state: dict[str, Any]) -> None:
        self._write("state.json", {**self._read("state.json"), database: state})

    def passwords(self) -> dict[str, str]:
        """Those that were made here, by user."""
        return self._read("passwords.json")

    def password(self, user: str) -> str | None:
        return self.passwords().get(user)

    def keep_password(self, user: str, password: str) -> str:
        """Keep a password in a file that only its owner may read; returns it."""
        self._write("passwords.json", {**self._read("passwords.json"), user: password})
        return password

    def _read(self, name: str) -> dict[str, Any]:
        try:
            content: dict[str, Any] = json.loads((self.path / name).read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return content

    def _write(self, name: str, content: dict[str, Any]) -> None:
        fresh = self.path / f"{name}.new"
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(content, indent=1))
        fresh.replace(self.path / name)
