"""The demo's beat schedule against the tasks that exist."""

import re
from importlib import import_module

import pytest
from celery import Task
from django.conf import settings

import retail_ai.tasks  # noqa: F401
from retail_ai.jobs.registry import ROOMS
from shop_demo.celery import app

# Called by something that happened, with arguments, never by the clock.
ON_DEMAND = {"retail_ai.jobs.run_job", "retail_ai.catalog.index_products"}
SCHEDULED = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


def tasks() -> dict[str, Task]:
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if name.startswith("retail_ai.")}


def test_every_task_that_is_scheduled_exists_and_can_be_called_as_scheduled():
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        task = tasks()[entry["task"]]
        task.__header__(*entry.get("args", ()), **entry.get("kwargs", {}))


def test_every_task_runs_by_the_clock_or_on_demand():
    assert set(tasks()) - ON_DEMAND == SCHEDULED


def test_the_operators_page_lists_what_runs_by_the_clock():
    page = (settings.BASE_DIR / "docs" / "operators.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(retail_ai\.[a-z_.]+)` \|", page, re.MULTILINE)) == SCHEDULED


@pytest.mark.parametrize("room", ["jobs", *ROOMS])
def test_every_rooms_tasks_have_names_of_their_room(room):
    try:
        module = import_module(f"retail_ai.{room}.tasks")
    except ModuleNotFoundError:
        return
    here = [t for t in vars(module).values() if hasattr(t, "delay") and t.__module__ == module.__name__]
    assert all(task.name.startswith(f"retail_ai.{room}.") for task in here)
