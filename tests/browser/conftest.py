"""Runs the real demo command in a folder of its own and hands out a real Chromium on it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "tests" / "screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
FIRST_RUN_LIMIT = 900


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium"))


@dataclass
class Demo:
    """A demo that was started, with what it printed and what it needs to be walked through."""

    url: str
    admin_password: str
    output: str
    seconds: float
    process: subprocess.Popen[str] | None
    folder: Path
    environment: dict[str, str]


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """``manage.py demo`` as a newcomer runs it: nothing prepared, embedded services, a real worker.

    While writing tests, RETAIL_AI_RUNNING_DEMO="http://127.0.0.1:8000 PASSWORD" uses one that is up already.
    """
    if running := os.environ.get("RETAIL_AI_RUNNING_DEMO"):
        url, password = running.split()
        yield Demo(url, password, "", 0.0, None, Path(), {})
        return
    demo = start(tmp_path_factory.mktemp("demo"))
    yield demo
    assert demo.process is not None
    stop(demo.process)


def start(folder: Path) -> Demo:
    """Run the demo on a folder until it serves; its output is kept beside."""
    port = free_port()
    embedded_only = {"DATABASE_URL", "CELERY_BROKER_URL"}
    environment = {key: value for key, value in os.environ.items() if key not in embedded_only}
    environment |= {"RETAIL_AI_DEMO_DIR": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    log = folder / f"demo-{port}.log"
    started = time.monotonic()
    with log.open("w") as sink:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=sink, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
        )  # fmt: skip
    try:
        while "Ctrl-C" not in log.read_text():
            assert process.poll() is None, f"The demo ended:\n{log.read_text()[-6000:]}"
            assert time.monotonic() - started < FIRST_RUN_LIMIT, f"Not ready:\n{log.read_text()[-6000:]}"
            time.sleep(0.5)
        output = log.read_text()
        password = re.search(r"admin\s*/\s*(\S+)", output)
        assert password, output
    except BaseException:
        stop(process)
        raise
    seconds = time.monotonic() - started
    return Demo(f"http://127.0.0.1:{port}", password[1], output, seconds, process, folder, environment)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def stop(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Press Ctrl-C; the processes of the demo that are still there afterwards."""
    if process.poll() is not None:
        return []
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    _, alive = psutil.wait_procs(family, timeout=10)
    return alive


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Iterator[Page]:
    """A fresh visitor's page; an error in its JavaScript or a server error fails the test."""
    context = browser.new_context(base_url=demo.url, viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(20_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(f"JavaScript: {error}"))
    page.on("response", lambda r: problems.append(f"{r.status} {r.url}") if r.status >= 500 else None)
    yield page
    context.close()
    assert problems == []


@pytest.fixture
def owner(page: Page, demo: Demo) -> Page:
    """The page, signed in to the admin."""
    page.goto("/admin/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", demo.admin_password)
    page.click("[type=submit]")
    page.wait_for_selector("#content")
    return page


def photograph(page: Page, name: str) -> None:
    """Keep a picture of the whole page under tests/screenshots."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
