"""Door: Celery's autodiscovery finds the rooms' tasks here."""

from importlib import import_module
from importlib.util import find_spec

from retail_ai.jobs.registry import ROOMS

for room in ("jobs", *ROOMS):
    if find_spec(f"retail_ai.{room}.tasks"):
        import_module(f"retail_ai.{room}.tasks")
