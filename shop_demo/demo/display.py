"""What the demo says: a bar for each step in a terminal, one line a step elsewhere, and the box at the end."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table


class Line:
    """The line of one step; ``move`` its bar, or change its closing ``note``."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task
        self.note = ""
        self.mark = "done"

    def move(self, done: int, total: int) -> None:
        self._progress.update(self._task, completed=done, total=max(1, total), detail=f"{done}/{total}")

    def say(self, detail: str) -> None:
        self._progress.update(self._task, detail=detail)


class Display:
    """The demo's one way of speaking."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def print(self, text: str, style: str = "") -> None:
        self.console.print(text, style=style, highlight=False, markup=False, soft_wrap=True)

    @contextmanager
    def step(self, label: str) -> Iterator[Line]:
        """A step at work: a pulsing bar until ``move`` is called; afterwards one line with its seconds."""
        started = time.monotonic()
        progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<28}"),
            BarColumn(bar_width=32),
            TextColumn("{task.fields[detail]}"),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        )
        with progress:
            line = Line(progress, progress.add_task(label, total=None, detail=""))
            yield line
        marks = {"done": ("✓", "green"), "skipped": ("·", "dim"), "failed": ("✗", "red")}
        mark, style = marks[line.mark]
        took = f"{time.monotonic() - started:6.1f} s"
        self.print(f"{mark} {label:<28} {took}  {line.note}".rstrip(), style=style)

    def box(self, title: str, rows: list[tuple[str, str]]) -> None:
        """Names and values in a box, or as plain lines."""
        if not self.console.is_terminal:
            self.print("\n".join([title, *(f"  {name:<16} {value}" for name, value in rows)]))
            return
        table = Table.grid(padding=(0, 2))
        for name, value in rows:
            table.add_row(f"[dim]{name}[/dim]", value)
        self.console.print(Panel(table, title=title, expand=False, border_style="green"))
