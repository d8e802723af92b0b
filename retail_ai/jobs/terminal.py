"""Shows a job's progress in a terminal: a moving bar, or plain lines where the output is no terminal."""

import sys
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from retail_ai.jobs.models import Job
from retail_ai.jobs.runner import run

Tick = Callable[[], None]


def new_bar(console: Console) -> Progress:
    """An empty set of bars: what, bar, done of total, elapsed and remaining time."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
        console=console,
        disable=not console.is_terminal,
    )


def watch(job: Job, *, every: float = 0.3, tick: Tick | None = None) -> Iterator[Job]:
    """The job as it is now, again and again until it has ended. ``tick`` is called each time (a watchdog's place)."""
    while True:
        job.refresh_from_db()
        yield job
        if job.is_finished:
            return
        if tick:
            tick()
        time.sleep(every)


def follow(job: Job, console: Console | None = None, *, tick: Tick | None = None) -> Job:
    """Show a job that workers do until it has ended; then one line of summary. Ctrl-C leaves the job going on."""
    console = console or Console(file=sys.stdout)
    with new_bar(console) as bar:
        line = bar.add_task(job.title, total=job.total)
        for now in watch(job, tick=tick):
            bar.update(line, completed=now.done + now.failed, total=now.total)
    console.print(summary(job), highlight=False, markup=False)
    return job


def work(job: Job, console: Console | None = None) -> Job:
    """Do a job here, in this process, with its bar; other workers may do some of its chunks meanwhile."""
    console = console or Console(file=sys.stdout)
    with new_bar(console) as bar:
        line = bar.add_task(job.title, total=job.total)
        run(job.pk, on_progress=lambda now: bar.update(line, completed=now.done + now.failed, total=now.total))
    job.refresh_from_db()
    console.print(summary(job), highlight=False, markup=False)
    return job


def summary(job: Job) -> str:
    """One line on a job: ``#7 Index the catalogue: done, 300 of 300, 0 failed, 12.3 s``."""
    text = f"#{job.pk} {job.title}: {job.get_state_display()}, {job.done} of {job.total}, {job.failed} failed"
    text += f", {job.seconds:.1f} s"
    if job.tokens:
        text += f", {job.tokens} tokens"
    return f"{text} ({job.error})" if job.error else text
