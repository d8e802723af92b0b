"""Holds a lease on a server that a keeper runs, starting the keeper when there is none. See keeper.py for the why.

Each service folder ``x`` has a folder ``x.run`` beside it with four files: ``lease`` (shared lock: somebody needs
the server), ``keeper`` (exclusive lock and pid: it is kept), ``start`` (exclusive lock while one is started), ``log``.
"""

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from typing import Any

from retail_ai.embedded import keeper
from retail_ai.embedded.errors import StartFailed


def run_folder(folder: Path) -> Path:
    """Where the locks and the log of the service in ``folder`` lie."""
    return folder.with_name(folder.name + ".run")


@dataclass(slots=True)
class Handle:
    """A lease on a running server. It lasts until ``cleanup()`` or, whatever happens, the end of this process.

    A forked child shares it: the server lives as long as either. Nothing is registered to run at exit.
    """

    url: str
    run: Path
    descriptor: int | None

    def cleanup(self) -> None:
        """Give up the lease; when it was the last one, return only when the server has stopped."""
        if self.descriptor is None:
            return
        os.close(self.descriptor)
        self.descriptor = None
        stop_if_unused(self.run)

    stop = cleanup


def take_lease(run: Path) -> int:
    """A shared lock on the lease file; waits while a keeper is just stopping its server."""
    run.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(run / "lease", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


@contextmanager
def starting(run: Path) -> Any:
    """Only one process at a time starts a service."""
    run.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(run / "start", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def is_kept(run: Path) -> bool:
    """Whether a keeper is alive."""
    descriptor = keeper.try_lock(run / "keeper") if run.exists() else None
    if descriptor is not None:
        os.close(descriptor)
    return descriptor is None and run.exists()


def start_keeper(run: Path, order: dict[str, Any]) -> None:
    """Start a keeper in a session of its own, out of reach of the terminal's Ctrl-C."""
    subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", keeper.__file__, str(run), json.dumps(order)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=False,
    )


def wait_until_ready(name: str, run: Path, ready: Callable[[], bool], seconds: float) -> None:
    """Until ``ready()``. Raises StartFailed when the keeper has gone or the time is over."""
    deadline = time.monotonic() + seconds
    while not ready():
        if not is_kept(run) or time.monotonic() > deadline:
            raise StartFailed(name, run / "log")
        time.sleep(0.05)


def stop_if_unused(run: Path, seconds: float = 40) -> bool:
    """Stop the server when nobody holds a lease. False when somebody still does."""
    deadline = time.monotonic() + seconds
    while is_kept(run) and time.monotonic() < deadline:
        descriptor = keeper.try_lock(run / "lease")
        if descriptor is None and not _is_stopping(run):
            return False
        if descriptor is not None:  # nobody may join while we wait for it to stop
            _tell_keeper_to_stop(run)
            while is_kept(run) and time.monotonic() < deadline:
                time.sleep(0.03)
            os.close(descriptor)
        time.sleep(0.03)
    return True


def _is_stopping(run: Path) -> bool:
    time.sleep(0.02)  # between its lock and its word the keeper needs an instant
    try:
        return "stopping" in (run / "keeper").read_text()
    except OSError:
        return True


def _tell_keeper_to_stop(run: Path) -> None:
    with suppress(OSError, ValueError, IndexError):
        os.kill(int((run / "keeper").read_text().split()[0]), SIGTERM)
