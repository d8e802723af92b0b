"""Prints one of the README's two commands (``demo`` or ``test``), so that CI runs what a newcomer reads."""

import re
import sys
from pathlib import Path

readme = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
commands = dict(zip(("demo", "test"), re.findall(r"```sh\n(.+?)\n```", readme), strict=False))
sys.stdout.write(commands[sys.argv[1]])
