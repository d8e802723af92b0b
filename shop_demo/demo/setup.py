"""The demo's steps before the jobs: tables, catalogue, history, and fetching the language model's weights aside."""

import io
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands

from retail_ai.embedded.errors import last_lines
from shop_demo.demo.display import Line
from shop_demo.demo.errors import DemoError


def run_command(name: str, line: Line, **options: object) -> None:
    """Run a management command with its words kept for the step's closing note. Skipped where it does not exist."""
    if name not in get_commands():
        line.mark, line.note = "skipped", f"there is no command {name}"
        return
    words = io.StringIO()
    call_command(name, stdout=words, no_color=True, **options)
    said = words.getvalue().strip().splitlines()
    line.note = said[-1][:100] if said else ""


def migrate(line: Line) -> None:
    """Bring the tables up to date."""
    call_command("migrate", verbosity=0, interactive=False, stdout=io.StringIO())


class WeightsFetch:
    """Fetching and converting the weights in a process of its own, while the shop is being loaded.

    A process, since the web process must not load the packages that convert them.
    """

    def __init__(self, log: Path) -> None:
        self.log = log
        with log.open("wb") as sink:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "retail_ai_weights", "--fetch"],
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                cwd=settings.BASE_DIR,
                start_new_session=True,
            )

    def wait(self, seconds: float = 240) -> str:
        """Why there are no weights; empty when there are."""
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.stop()
            return f"they were not here after {seconds:.0f} s"
        return "" if code == 0 else (last_lines(self.log, 1) or ["no reason given"])[0]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def explain_disk_full(error: BaseException, folder: Path) -> None:
    """Raise DemoError when an error's root is a full disk, as PostgreSQL or the system says it."""
    cause: BaseException | None = error
    while cause is not None:
        if getattr(cause, "errno", None) == 28 or getattr(cause, "sqlstate", None) == "53100":
            raise DemoError(
                f"The disk that holds {folder} is full. Free some space and start the demo again: it goes on where "
                f"it stopped. Or keep its data elsewhere: RETAIL_AI_DEMO_DIR=/path/with/space"
            ) from error
        cause = cause.__cause__ or cause.__context__
