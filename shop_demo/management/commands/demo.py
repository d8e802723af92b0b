"""``manage.py demo``: everything from nothing to a shop in the browser. The parts are in shop_demo/demo/."""

import signal
from contextlib import suppress
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from retail_ai.exceptions import RetailAIError
from shop_demo.demo.display import Display
from shop_demo.demo.errors import DemoError
from shop_demo.demo.run import Demo, Options
from shop_demo.demo.setup import explain_disk_full


class Command(BaseCommand):
    help = "Start the demo shop: database, queue, data, worker, the main job, and the shop in your browser."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port of the shop (default: 8000)")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--reset", action="store_true", help="start over: remove what an earlier demo made")
        parser.add_argument("--no-serve", action="store_true", help="prepare everything, then stop")
        parser.add_argument(
            "--products", type=int, default=12, metavar="N", help="draft descriptions of N products (default: 12)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        demo = Demo(
            settings.DEMO_DIR,
            Display(Console(file=self.stdout._out)),
            Options(
                host=options["host"],
                port=options["port"],
                reset=options["reset"],
                serve=not options["no_serve"],
                drafts=options["products"],
            ),
        )
        for signum in (signal.SIGINT, signal.SIGTERM):  # also where a shell started us with SIGINT ignored
            signal.signal(signum, _interrupt)
        try:
            demo.run()
        except KeyboardInterrupt:
            with suppress(BrokenPipeError):  # whoever read our words may have gone first
                self.stdout.write("Stopped.")
        except (DemoError, RetailAIError) as error:
            raise CommandError(str(error)) from error
        except Exception as error:
            explain_disk_full(error, settings.DEMO_DIR)
            raise


def _interrupt(signum: int, frame: FrameType | None) -> None:
    """End the demo. Once: a second Ctrl-C must not break off the tidying up, which takes a few seconds."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
