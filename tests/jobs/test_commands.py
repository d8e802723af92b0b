import io
import json

import pytest
from django.core.management import CommandError, call_command
from rich.console import Console

from retail_ai.jobs import services, terminal

pytestmark = pytest.mark.django_db


def say(*words, **options):
    out = io.StringIO()
    call_command("retail_ai_jobs", *words, stdout=out, no_color=True, **options)
    return out.getvalue()


@pytest.fixture
def job():
    return services.create_job(kind="tests.note", title="Notes", keys=["a", "no1"])


def test_list(job):
    assert "Notes" in say() and "0 of 2 done" in say()
    assert json.loads(say("list", json=True))[0]["id"] == job.pk


def test_an_empty_list_says_what_to_do():
    assert "retail_ai_run" in say()


def test_work_shows_a_line_and_show_tells_the_rest(job):
    out = io.StringIO()
    terminal.work(job, Console(file=out))
    assert f"#{job.pk} Notes: done, 1 of 2, 1 failed" in out.getvalue()
    text = say("show", str(job.pk))
    assert "1 of 2 done, 1 failed" in text and "failed no1: not wanted" in text and "Written: 2" in text


def test_steering_from_the_terminal(job):
    assert "Cancelled" in say("cancel", str(job.pk))
    with pytest.raises(CommandError, match="ended already"):
        say("cancel", str(job.pk))
    assert "goes on" in say("resume", str(job.pk))
    terminal.work(job, Console(file=io.StringIO()))
    assert "1 items queued" in say("retry", str(job.pk))


def test_an_unknown_job_and_none():
    with pytest.raises(CommandError, match="no job 99"):
        say("show", "99")
    with pytest.raises(CommandError, match="Which job"):
        say("cancel")
