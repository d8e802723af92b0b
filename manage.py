#!/usr/bin/env python
"""Runs a management command against the demo shop, with embedded services unless the environment names others."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

# `demo` starts the services itself, after looking at its port; the rest needs none.
WORDS = """
demo help version --help -h --version check collectstatic compilemessages diffsettings findstatic makemessages startapp
startproject spectacular test
"""
NO_SERVICES = frozenset(WORDS.split())
NO_QUEUE = {"makemigrations", "migrate", "showmigrations", "sqlmigrate", "dbshell", "createsuperuser", "check"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")
    from django.core.management import execute_from_command_line

    with ExitStack() as stack:
        if _needs_services(sys.argv[1:]):
            stack.callback(_join_services(broker=sys.argv[1] not in NO_QUEUE).stop)
        execute_from_command_line(sys.argv)


def _needs_services(words: list[str]) -> bool:
    if not words or words[0] in NO_SERVICES:
        return "--database" in words
    return not {"--help", "-h"} & set(words[1:])


def _join_services(*, broker: bool):  # type: ignore[no-untyped-def]
    from retail_ai.embedded import provide
    from retail_ai.exceptions import RetailAIError

    folder = Path(os.environ.get("RETAIL_AI_DEMO_DIR") or Path(__file__).resolve().parent / ".demo")
    try:
        services = provide(folder, broker=broker)
    except RetailAIError as error:
        sys.exit(f"{error}\n(Or use services of your own: set DATABASE_URL and CELERY_BROKER_URL.)")
    names = " and ".join(services.started)
    if names:
        sys.stderr.write(f"Using the embedded {names} in {folder}\n")
    return services


if __name__ == "__main__":
    main()
