"""The demo's child processes: the Celery worker and its beat. Started, watched, restarted once, ended with all theirs.

Each leads a session of its own, so that Ctrl-C reaches the demo alone and it can end them in order; and Linux ends
them should the demo itself be killed.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from retail_ai.embedded.errors import last_lines
from retail_ai.embedded.keeper import die_with_parent

STEADY_SECONDS = 120


class Child:
    """A subprocess with a log. ``died()`` tells of its death once; ``start()`` brings it back."""

    def __init__(
        self, name: str, command: list[str], log: Path, environ: dict[str, str], stop_signal: signal.Signals
    ) -> None:
        self.name, self.command, self.log, self.environ = name, command, log, environ
        self.stop_signal = stop_signal
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.restarts = 0

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=settings.BASE_DIR,
                env=self.environ,
                start_new_session=True,
                preexec_fn=self._in_child,
            )
        self.started_at = time.monotonic()

    def died(self) -> str:
        """Why it is not running any more; empty while it runs."""
        if self.process is None or (code := self.process.poll()) is None:
            return ""
        self._end_group(signal.SIGKILL)
        reason = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
        self.process = None
        return f"{self.name} has ended ({reason})"

    def may_restart(self) -> bool:
        """Once; and again when it had run steadily since."""
        return self.restarts == 0 or time.monotonic() - self.started_at > STEADY_SECONDS

    def restart(self) -> None:
        self.restarts += 1
        self.start()

    def end_of_log(self) -> str:
        return "\n".join(last_lines(self.log))

    def _in_child(self) -> None:
        """Between fork and exec. A shell that started the demo in the background had SIGINT and SIGQUIT ignored."""
        for signum in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
            signal.signal(signum, signal.SIG_DFL)
        die_with_parent(self.stop_signal)()

    def ask_to_stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(self.stop_signal)

    def stop(self, seconds: float = 3) -> None:
        """End it and everything it started. Its unfinished job goes on with the next worker."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self._end_group(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _end_group(self, signum: int) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signum)


def celery_children(folder: Path) -> list[Child]:
    """A real worker and, in a process of its own, the beat that starts nightly work."""
    environ = {**os.environ, "DEBUG": "0", "PYTHONWARNINGS": "ignore"}
    base = [sys.executable, "-m", "celery", "-A", "shop_demo"]
    worker = [*base, "worker", "--pool=prefork", "--concurrency=2", "--loglevel=INFO", "--without-gossip",
              "--without-mingle", "--hostname=demo@%h"]  # fmt: skip
    beat = [*base, "beat", "--loglevel=INFO", f"--schedule={folder / 'schedule'}", "--pidfile="]
    return [
        # SIGQUIT: a cold shutdown, which waits for no task. What was in work is rolled back and done again.
        Child("The Celery worker", worker, folder / "celery.log", environ, signal.SIGQUIT),
        Child("Celery beat", beat, folder / "beat.log", environ, signal.SIGTERM),
    ]
