"""What both import commands say in a terminal: a bar, then counts and what was wrong. It loads nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from shop_demo.imports.problems import Problems


def add_common_arguments(parser: CommandParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--report", type=Path, help="CSV file to which every remark is written")
    parser.add_argument(
        "--id-prefix", default="", help="text before each product id, to keep apart files whose ids overlap"
    )
    parser.add_argument("--stock", type=int, default=50, help="pieces in stock of products that are made (default 50)")


@contextmanager
def reading(command: BaseCommand, path: Path) -> Iterator[Callable[[int], None]]:
    """A bar of the lines read where the output is a terminal; a CommandError where the file cannot be read."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,} lines"),
        TimeElapsedColumn(),
    )
    try:
        with Progress(*columns, disable=not command.stdout.isatty(), transient=True) as bar:
            task = bar.add_task(path.name, total=None)
            yield lambda lines: bar.update(task, completed=lines)
    except OSError as error:
        raise CommandError(f"Cannot read or write a file: {error}") from error


def tell(command: BaseCommand, counts: Counter[str], problems: Problems) -> None:
    """Counts first, then reasons, then the first problems with their lines."""
    made = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    command.stdout.write(command.style.SUCCESS(f"Loaded: {made or 'nothing'}."))
    for title, reasons in (("Left out", problems.skipped), ("Mended", problems.mended)):
        if reasons:
            command.stdout.write(f"{title}: {reasons.total():,}")
            for reason, count in reasons.most_common():
                command.stdout.write(f"  {count:,} × {reason}")
    if problems.first:
        command.stdout.write("The first of those left out:")
        for problem in problems.first:
            command.stdout.write(f"  {problem}")
    if problems.report:
        command.stdout.write(f"All of them: {problems.report}")
