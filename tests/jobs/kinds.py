"""Job kinds for the tests: each item is told by its key what to do."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.models import Group
from django.db import connection

from retail_ai.exceptions import BackendUnavailable
from retail_ai.jobs import services
from retail_ai.jobs.models import Job
from retail_ai.jobs.registry import JobKind, Outcome, register


@register
class Note(JobKind):
    """Writes a row (a Group) per key: ``bad…`` raises, ``die…`` kills the process, ``slow…`` takes a second."""

    name = "tests.note"
    chunk_size = 4

    def handle(self, job, keys):
        for key in keys:
            if key.startswith("die"):
                os.kill(os.getpid(), 9)
            if key.startswith("down"):
                raise BackendUnavailable("no weights")
            if key.startswith("cut"):
                connection.connection.close()
            Group.objects.create(name=f"{job.pk}/{key}/{time.monotonic_ns()}")
            time.sleep(1 if key.startswith("slow") else job.params.get("pause", 0))
            if key.startswith("bad"):
                raise ValueError(f"bad item\0 {key}")
        failures = {key: "not wanted" for key in keys if key.startswith("no")}
        return Outcome(failures=failures, tokens=2 * len(keys), counts={"written": len(keys)})

    def finish(self, job):
        if job.params.get("finish") == "raise":
            raise ValueError("finish went wrong")
        if job.params.get("finish") == "cancel":
            with ThreadPoolExecutor(1) as another_connection:
                another_connection.submit(cancel_elsewhere, job).result(timeout=10)
        Group.objects.create(name=f"{job.pk} finished {time.monotonic_ns()}")
        job.report["finished"] = job.report.get("finished", 0) + 1


def cancel_elsewhere(job):
    """As a person does: in another transaction, while the job is being finished."""
    try:
        services.cancel_job(job=Job.objects.get(pk=job.pk))
    finally:
        connection.close()


def notes(job):
    """Keys that were written, in order, repeated when written twice."""
    return sorted(g.name.split("/")[1] for g in Group.objects.filter(name__startswith=f"{job.pk}/"))
