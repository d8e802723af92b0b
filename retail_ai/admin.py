"""Door: Django's admin finds the rooms' admin modules here."""

from importlib import import_module
from importlib.util import find_spec

from retail_ai.jobs.registry import ROOMS

for room in ("jobs", *ROOMS):
    if find_spec(f"retail_ai.{room}.admin"):
        import_module(f"retail_ai.{room}.admin")
