"""Keeps one server running for as long as any process holds its lease, then stops it. Knows nothing of what it runs.

It is started as a script of its own, in its own session, so that neither Ctrl-C in a terminal nor the death of the
process that started it, by whatever signal, leaves a server behind or takes one away from another process that still
uses it. A lease is a shared ``flock``, which the kernel drops when its holders die. Nothing but the standard
library is imported, so that this starts in an instant and stays small.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

POLL_SECONDS = 0.3
PR_SET_PDEATHSIG = 1


def die_with_parent(signum: int) -> Callable[[], None]:
    """For ``preexec_fn``: have Linux send ``signum`` to the child when the process that made it dies."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def ask_kernel() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signum)

    return ask_kernel


def try_lock(path: str | Path) -> int | None:
    """A file descriptor that holds the file's exclusive lock, or None when somebody else holds any lock on it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError:  # the whole folder was removed
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


class Keeper:
    """``order``: command, user, group, log, folder, and signals [[number, seconds to wait], …] that stop it."""

    def __init__(self, run: Path, order: dict[str, Any]) -> None:
        self.run, self.order = run, order
        self.asked_to_stop = False

    def keep(self) -> int:
        """Run the server until it ends, nobody needs it, or we are told to stop. 3: another keeper does already."""
        own = try_lock(self.run / "keeper")
        if own is None:
            return 3
        if os.fork():  # whoever started us need not wait for our end; the lock passes to the child
            return 0
        os.ftruncate(own, 0)
        os.write(own, f"{os.getpid()}\n".encode())
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._on_signal)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        server = self._start()
        while server.poll() is None and not self._is_over(own):
            time.sleep(POLL_SECONDS)
        self._stop(server)
        return 0

    def _on_signal(self, signum: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def _start(self) -> "subprocess.Popen[bytes]":
        with Path(self.order["log"]).open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                self.order["command"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.order["folder"],
                user=self.order["user"],
                group=self.order["group"],
                extra_groups=None if self.order["user"] is None else [],
                preexec_fn=die_with_parent(self.order["signals"][0][0]),
            )

    def _is_over(self, own: int) -> bool:
        """Told to stop, or no lease left. The lease stays locked from here on: newcomers wait until we are gone."""
        if self.asked_to_stop or not (self.run / "lease").exists():
            return True
        if try_lock(self.run / "lease") is None:
            return False
        os.write(own, b"stopping\n")
        return True

    def _stop(self, server: "subprocess.Popen[bytes]") -> None:
        for signum, seconds in self.order["signals"]:
            if server.poll() is not None:
                return
            server.send_signal(signum)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(seconds)


if __name__ == "__main__":
    sys.exit(Keeper(Path(sys.argv[1]), json.loads(sys.argv[2])).keep())
