from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import OperationalError, connection
from django.utils import timezone

from retail_ai.jobs import chunks, runner, services
from retail_ai.jobs.models import Job, JobChunk
from tests.jobs.kinds import notes

pytestmark = pytest.mark.django_db


def make(keys, **params):
    return services.create_job(kind="tests.note", title="Notes", keys=keys, params=params)


def done(job):
    assert runner.run(job.pk)
    job.refresh_from_db()
    return job


def test_every_item_is_done_once_and_the_cost_is_counted():
    job = done(make(f"k{n}" for n in range(10)))
    assert (job.state, job.total, job.done, job.failed, job.percent) == ("done", 10, 10, 0, 100)
    assert notes(job) == sorted(f"k{n}" for n in range(10))
    assert job.tokens == 20
    assert job.report == {"written": 10, "finished": 1}
    assert job.seconds > 0


def test_one_bad_item_spoils_only_itself():
    job = done(make(["a", "bad1", "c", "no1", "e"]))
    assert (job.state, job.done, job.failed) == ("done", 3, 2)
    assert notes(job) == ["a", "c", "e", "no1"]
    assert {f.key: f.reason for f in job.failures.all()} == {
        "bad1": "ValueError: bad item bad1",
        "no1": "not wanted",
    }


def test_a_job_of_which_all_failed_is_failed_and_says_why():
    job = done(make(["no1", "no2"]))
    assert job.state == "failed"
    assert "All 2 items failed" in job.error and "not wanted" in job.error
    assert not services.resume_job(job=job) or job.can_cancel


def test_an_empty_job_is_done():
    assert done(make([])).state == "done"


def test_a_backend_that_is_down_stops_the_job_and_not_its_items():
    job = done(make(["a", "b", "c", "d", "down", "f"]))
    assert (job.state, job.done, job.failed) == ("failed", 4, 0)
    assert job.error == "BackendUnavailable: no weights"
    JobChunk.objects.filter(job=job, finished_at=None).update(keys=["e", "f"])
    assert services.resume_job(job=job)
    assert (done(job).state, job.done) == ("done", 6)
    assert notes(job) == ["a", "b", "c", "d", "e", "f"]


def test_cancel_keeps_what_is_done_and_resume_goes_on_from_there():
    job = make(f"k{n}" for n in range(8))
    cancel_once = iter([True])
    runner.run(job.pk, on_progress=lambda j: next(cancel_once, False) and services.cancel_job(job=j))
    job.refresh_from_db()
    assert (job.state, job.done) == ("cancelled", 4)
    assert services.resume_job(job=job)
    assert done(job).state == "done"
    assert len(notes(job)) == len(set(notes(job))) == 8


@pytest.mark.django_db(transaction=True)
def test_cancel_while_finishing_waits_for_nothing_and_leaves_nothing_of_the_finish():
    job = done(make(["a"], finish="cancel"))
    assert job.state == "cancelled"
    assert not Group.objects.filter(name__contains="finished").exists()
    assert job.report == {"written": 1}


def test_an_error_in_finish_fails_the_job_and_resume_finishes_it():
    job = done(make(["a"], finish="raise"))
    assert (job.state, job.error, job.done) == ("failed", "ValueError: finish went wrong", 1)
    Job.objects.filter(pk=job.pk).update(params={})
    services.resume_job(job=job)
    assert done(job).state == "done"
    assert notes(job) == ["a"]


def test_a_slice_ends_after_its_seconds_and_asks_to_come_back():
    job = make(["a", "b", "c", "d", "e"])
    assert runner.run(job.pk, seconds=0) is False
    job.refresh_from_db()
    assert (job.state, job.done) == ("running", 4)
    assert done(job).state == "done"


def test_a_second_delivery_of_a_finished_job_does_nothing():
    job = done(make(["a"]))
    assert done(job).report["finished"] == 1
    assert notes(job) == ["a"]


def test_retry_does_the_failed_items_only():
    job = done(make(["a", "b", "no1", "no2", "no3"]))
    assert services.retry_failed(job=job) == 3
    assert (job.state, job.failed) == ("queued", 0)
    job.failures.all().delete()
    JobChunk.objects.filter(job=job, finished_at=None).update(keys=["x", "y", "no3"])
    job = done(job)
    assert (job.state, job.done, job.failed, job.total) == ("done", 4, 1, 5)
    assert services.retry_failed(job=job) == 1


def test_retry_while_running_leaves_it_running():
    job = make(["no1", "a", "b", "c", "d"])
    runner.run(job.pk, seconds=0)
    job.refresh_from_db()
    assert services.retry_failed(job=job) == 1
    assert job.state == "running"
    assert done(job).failed == 1


def test_a_lost_connection_is_no_fault_of_the_item():
    """In the suite's outer transaction the runner cannot reconnect: it must raise and mark nothing."""
    job = make(["a"])
    connection_lost = OperationalError("server closed the connection unexpectedly")
    runner._begin(job.pk)
    with pytest.raises(OperationalError):
        runner._wait_for_database(job.pk, connection_lost, 0.1)
    job.refresh_from_db()
    assert (job.state, job.failed) == ("running", 0)


def test_a_chunk_that_kills_its_workers_is_taken_apart_and_only_the_culprit_fails():
    job = make(["a", "b", "c"])
    JobChunk.objects.filter(job=job).update(attempts=chunks.MOST_ATTEMPTS)
    runner._begin(job.pk)
    assert chunks.work_on_next_chunk(job.pk)
    assert [c.keys for c in job.chunks.all()] == [["a"], ["b"], ["c"]]
    JobChunk.objects.filter(job=job, keys=["b"]).update(attempts=chunks.MOST_ATTEMPTS)
    job = done(job)
    assert (job.done, job.failed) == (2, 1)
    assert "died 3 times" in job.failures.get().reason
    assert notes(job) == ["a", "c"]


def test_a_million_keys_are_never_held_at_once(monkeypatch):
    """Ten thousand stand for the million: rows are written while the generator still runs."""
    monkeypatch.setattr(services, "ROWS_AT_ONCE", 10)
    written_before_end = []

    def keys():
        for number in range(10_000):
            if number == 9_999:
                written_before_end.append(JobChunk.objects.count())
            yield number

    job = make(keys())
    assert job.total == 10_000
    assert written_before_end == [2_490]
    assert connection.in_atomic_block


def ended(job, days):
    Job.objects.filter(pk=done(job).pk).update(finished_at=timezone.now() - timedelta(days=days))
    return job


def test_old_jobs_are_forgotten_and_done_ones_soon_forget_their_items(settings):
    from retail_ai.jobs.tasks import forget_old

    last_year, last_week = ended(make(["a", "no1"]), 400), ended(make(["b", "no2"]), 7)
    stopped = ended(make(["no3", "no4"]), 7)
    assert stopped.state == "failed" and stopped.chunks.exists()
    assert forget_old() == 1
    assert not Job.objects.filter(pk=last_year.pk).exists()
    assert not last_week.chunks.exists() and last_week.failures.count() == 1
    assert stopped.chunks.exists()
    assert services.retry_failed(job=last_week) == 1
    assert done(last_week).chunks.count() == 1
    settings.RETAIL_AI = {**settings.RETAIL_AI, "JOB_RETENTION_DAYS": None}
    ended(last_week, 4000)
    assert forget_old() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("limit", ["idle_in_transaction_session_timeout", "transaction_timeout"])
def test_a_database_that_ends_idle_transactions_does_not_end_a_slow_item(limit):
    job = make(["slow"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, '200ms', false)", [limit])
        assert done(job).state == "done"
        cursor.execute("SELECT current_setting(%s)", [limit])
        assert cursor.fetchone() == ("200ms",)
        cursor.execute("SELECT set_config(%s, '0', false)", [limit])
    assert notes(job) == ["slow"]
