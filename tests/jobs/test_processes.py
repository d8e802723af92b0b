"""Real processes on the real database: killed in the middle of a chunk, side by side, under real Celery workers."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import InterfaceError, OperationalError, connection, connections

from retail_ai.embedded import start_valkey
from retail_ai.jobs import runner, selectors, services
from retail_ai.jobs.models import JobChunk
from tests.jobs.kinds import notes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).parents[2]
RUN = "import django; django.setup(); from retail_ai.jobs.runner import run; import sys; run(int(sys.argv[1]))"


def make(keys, **params):
    return services.create_job(kind="tests.note", title="Notes", keys=keys, params=params)


def environment(**more):
    settings = connection.settings_dict
    host = settings["HOST"] or settings["OPTIONS"].get("host", "")
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={quote(host)}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.jobs.worker_settings", **more}


def runner_process(job):
    return subprocess.Popen([sys.executable, "-c", RUN, str(job.pk)], cwd=ROOT, env=environment())


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def refreshed(job):
    job.refresh_from_db()
    return job


def test_killed_in_the_middle_of_a_chunk_nothing_is_lost_and_nothing_done_twice():
    job = make([f"k{n:02}" for n in range(12)], pause=0.2)
    process = runner_process(job)
    wait_for(lambda: refreshed(job).done >= 4)
    time.sleep(0.3)  # into the next chunk
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = refreshed(job).done
    assert 4 <= done < 12 and job.state == "running"
    assert len(notes(job)) == done
    wait_for(lambda: selectors.abandoned_jobs(job.heartbeat_at) == [job.pk])
    assert runner.run(job.pk)
    assert (refreshed(job).state, job.done, job.failed) == ("done", 12, 0)
    assert Counter(notes(job)) == Counter(f"k{n:02}" for n in range(12))
    assert job.report == {"written": 12, "finished": 1}


def test_an_item_that_kills_its_worker_again_and_again_is_given_up():
    job = make(["a", "die", "c"])
    for _attempt in range(10):
        process = runner_process(job)
        if process.wait() == 0:
            break
    assert (refreshed(job).state, job.done, job.failed) == ("done", 2, 1)
    assert job.failures.get().key == "die"
    assert notes(job) == ["a", "c"]


def test_two_processes_share_a_job_and_finish_it_once():
    job = make([f"k{n:02}" for n in range(40)], pause=0.05)
    processes = [runner_process(job), runner_process(job)]
    assert [process.wait() for process in processes] == [0, 0]
    assert (refreshed(job).state, job.done) == ("done", 40)
    assert len(set(notes(job))) == len(notes(job)) == 40
    assert job.report == {"written": 40, "finished": 1}


def test_a_lost_connection_is_mended_and_no_item_pays_for_it(monkeypatch):
    job = make(["a", "b"])
    runner._begin(job.pk)
    connection.connection.close()
    assert runner.run(job.pk)
    assert (refreshed(job).state, job.done) == ("done", 2)
    cut = make(["cut"])
    monkeypatch.setattr(runner, "PAUSES", (0.01, 0.01))
    with pytest.raises((OperationalError, InterfaceError)):
        runner.run(cut.pk)
    connection.close()
    assert (refreshed(cut).failed, cut.state) == (0, "running")


def test_a_job_in_work_is_not_taken_for_abandoned():
    job = make(["slow1", "slow2", "slow3"])
    process = runner_process(job)
    wait_for(lambda: JobChunk.objects.filter(job=job, attempts=1).exists())
    time.sleep(0.3)
    refreshed(job)
    assert selectors.abandoned_jobs(job.heartbeat_at) == []
    assert process.wait() == 0


@pytest.fixture
def broker(tmp_path):
    url, server = start_valkey(tmp_path / "valkey")
    yield url
    server.stop()


@contextlib.contextmanager
def celery_workers(broker, names, log):
    command = [sys.executable, "-m", "celery", "-A", "shop_demo", "worker", "-c", "1", "--loglevel=INFO"]
    with log.open("w") as sink:
        workers = [
            subprocess.Popen(
                [*command, "-n", f"{name}@%h"], cwd=ROOT, stdout=sink, stderr=sink, start_new_session=True,
                env=environment(CELERY_BROKER_URL=broker),
            )
            for name in names
        ]  # fmt: skip
        try:
            yield workers
        finally:
            for worker in workers:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()


def test_two_real_workers_one_killed_and_replaced(broker, tmp_path):
    """The job is never enqueued here: a starting worker finds it. Both are killed; a third finishes the job."""
    job = make([f"k{n:03}" for n in range(60)], pause=0.15)
    log = tmp_path / "celery.log"
    try:
        with celery_workers(broker, ["one", "two"], log):
            wait_for(lambda: refreshed(job).done >= 8)
        done = refreshed(job).done
        assert 8 <= done < 60
        with celery_workers(broker, ["three"], log):
            wait_for(lambda: refreshed(job).is_finished)
    except AssertionError as error:
        raise AssertionError(log.read_text()[-3000:]) from error
    assert (job.state, job.done, job.failed) == ("done", 60, 0)
    assert len(set(notes(job))) == len(notes(job)) == 60
    assert job.report == {"written": 60, "finished": 1}
    connections.close_all()
