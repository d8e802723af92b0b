import io
import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest
from rich.console import Console

from retail_ai.embedded.keeper import die_with_parent
from shop_demo.demo import setup
from shop_demo.demo.display import Display
from shop_demo.demo.errors import DemoError
from shop_demo.demo.folder import DemoFolder
from shop_demo.demo.ports import need_port
from shop_demo.demo.processes import Child
from shop_demo.demo.services import name_of
from shop_demo.demo.workers import Workers


def test_a_taken_port_is_named_with_a_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DemoError, match=rf"Port {port} is taken.*--port \d+"):
            need_port("127.0.0.1", port)
    need_port("127.0.0.1", port)


def test_no_port_at_all():
    with pytest.raises(DemoError, match="no port number"):
        need_port("127.0.0.1", 99_999)


def test_one_demo_at_a_time_in_a_folder(tmp_path):
    first, second = DemoFolder(tmp_path), DemoFolder(tmp_path)
    first.open()
    with pytest.raises(DemoError, match=rf"runs in .* already \(process {os.getpid()}\)"):
        second.open()


def test_reset_removes_what_the_demo_made_and_nothing_else(tmp_path):
    folder = DemoFolder(tmp_path)
    folder.open()
    folder.remember("db", {"done": ["x"], "jobs": {}})
    folder.keep_password("admin", "secret")
    (tmp_path / "mail").mkdir()
    (tmp_path / "mine.txt").write_text("mine")
    folder.reset()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["demo.lock", "mine.txt"]
    assert folder.state("db") == {"done": [], "jobs": {}}


def test_passwords_are_for_the_owner_only(tmp_path):
    folder = DemoFolder(tmp_path)
    folder.keep_password("admin", "secret")
    assert folder.password("admin") == "secret"
    assert (tmp_path / "passwords.json").stat().st_mode & 0o077 == 0


def test_a_database_is_known_again_without_its_password():
    assert name_of("postgresql://me:secret@db:5432/shop") == "postgresql://db:5432/shop"


def child(tmp_path, code):
    return Child("The worker", [sys.executable, "-c", code], tmp_path / "log", dict(os.environ), signal.SIGTERM)


def wait_until_dead(one):
    while one.process.poll() is None:
        time.sleep(0.02)


def test_a_killed_worker_is_noticed_told_and_restarted_once(tmp_path, monkeypatch):
    queued = []
    monkeypatch.setattr("shop_demo.demo.workers.pick_up_stalled", lambda **options: queued.append(options))
    said = []
    workers = Workers([one := child(tmp_path, "print('hello'); import time; time.sleep(60)")], said.append)
    workers.start()
    try:
        workers.look()
        assert said == []
        one.process.kill()
        wait_until_dead(one)
        workers.look()
        assert "killed by signal 9" in said[0] and "Starting it again" in said[0]
        assert one.process.poll() is None and queued
        one.process.kill()
        wait_until_dead(one)
        with pytest.raises(DemoError, match="again soon after"):
            workers.look()
    finally:
        workers.stop()


def test_stopping_ends_the_children_of_a_child_too(tmp_path):
    code = (
        "import subprocess, sys, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); print('up', flush=True);"
        "time.sleep(60)"
    )
    one = child(tmp_path, code)
    one.start()
    while "up" not in (tmp_path / "log").read_text():
        time.sleep(0.02)
    family = psutil.Process(one.process.pid).children(recursive=True)
    assert family
    one.ask_to_stop()
    one.stop(seconds=0.2)
    assert psutil.wait_procs(family, timeout=5)[1] == []


def test_a_child_dies_with_its_parent(tmp_path):
    code = (
        "import subprocess, sys, signal, time; from retail_ai.embedded.keeper import die_with_parent;"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],"
        "preexec_fn=die_with_parent(signal.SIGTERM)); print(p.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        grandchild = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    assert psutil.wait_procs([grandchild], timeout=5)[1] == []
    assert callable(die_with_parent(signal.SIGTERM))


def test_without_a_terminal_there_is_one_plain_line_a_step():
    out = io.StringIO()
    display = Display(Console(file=out, width=200))
    with display.step("Index the catalogue") as line:
        line.move(3, 10)
        line.note = "10 of 10"
    display.box("Ready", [("Shop", "http://127.0.0.1/")])
    text = out.getvalue()
    assert "✓ Index the catalogue" in text and "10 of 10" in text and "\x1b" not in text
    assert "Ready\n  Shop" in text


def test_a_full_disk_in_the_middle_is_told_clearly(tmp_path):
    with pytest.raises(DemoError, match="is full"):
        setup.explain_disk_full(OSError(28, "No space left on device"), tmp_path)
    try:
        try:
            raise OSError(28, "No space left on device")
        except OSError as cause:
            raise RuntimeError("while saving") from cause
    except RuntimeError as error:
        with pytest.raises(DemoError, match="goes on where it stopped"):
            setup.explain_disk_full(error, tmp_path)
    setup.explain_disk_full(ValueError("something else"), tmp_path)
