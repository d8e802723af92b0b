"""A real process is killed with SIGKILL in the middle of an index job; another finishes it, doing nothing twice."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from retail_ai.catalog.models import CatalogEntry, ProductVector
from retail_ai.catalog.services import start_index_job
from retail_ai.jobs.models import JobChunk
from retail_ai.jobs.runner import run

SLOW_WORKER = """
import sys, time
import django
from django.conf import settings
django.setup()
from django.db import connections
from retail_ai.catalog.jobs import IndexCatalog
from retail_ai.backends import get_embedder
from retail_ai.jobs.runner import run
embedder = get_embedder()
embed = embedder.embed
embedder.embed = lambda texts: (time.sleep(0.3), embed(texts))[1]
run(int(sys.argv[1]))
"""


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_nothing_is_lost_or_done_twice(monkeypatch, settings, tmp_path):
    from shop_demo.models import Department, Product

    monkeypatch.setattr("retail_ai.catalog.jobs.IndexCatalog.chunk_size", 10)
    shelf = Department.objects.create(slug="s", name="S")
    Product.objects.bulk_create(
        Product(sku=f"s{n}", slug=f"p{n}", title=f"phone {n}", price=1, stock=1, department=shelf) for n in range(100)
    )
    job = start_index_job()
    worker = subprocess.Popen([sys.executable, "-c", SLOW_WORKER, str(job.pk)], env=_environment(tmp_path, settings))
    try:
        _wait_for(lambda: JobChunk.objects.filter(job=job).exclude(finished_at=None).count() >= 3, worker)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    job.refresh_from_db()
    done = job.done
    assert 0 < done < 100
    assert CatalogEntry.objects.count() == ProductVector.objects.count() == done
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.failed) == ("done", 100, 0)
    assert job.report["embedded"] == 100
    assert ProductVector.objects.count() == 100


def _environment(tmp_path, settings):
    """The worker's settings: this test's database and embedder."""
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    databases = {"default": {name: connection.settings_dict[name] for name in names}}
    (tmp_path / "killed_settings.py").write_text(
        f"from shop_demo.settings import *\nRETAIL_AI = {settings.RETAIL_AI!r}\nDATABASES = {databases!r}\n"
    )
    paths = os.pathsep.join([str(tmp_path), str(Path.cwd())])
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "killed_settings", "PYTHONPATH": paths}


def _wait_for(condition, worker):
    deadline = time.monotonic() + 60
    while not condition():
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < deadline, "the worker did nothing"
        time.sleep(0.05)
