"""What the fenced snippets of the pages are, and the part of docs/developers.md that is about a Django-oscar shop."""

import re

FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
OSCAR = re.compile(r"^## I have a Django-oscar shop\n.*?(?=^## )", re.MULTILINE | re.DOTALL)
