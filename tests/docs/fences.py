"""What the fenced snippets of the pages are, and which part of docs/developers.md is about another shop than the demo."""

import re

FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
OSCAR = re.compile(r"^## I have a Django-oscar shop\n.*?(?=^## )", re.MULTILINE | re.DOTALL)
