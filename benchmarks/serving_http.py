"""The serving benchmark over HTTP: a real WSGI server with two workers, people with sessions, one or many at a time."""

# Statements read best unbroken.
# ruff: noqa: E501

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

PATH = "/retail-ai/api/recommendations"


@contextmanager
def server(workers: int = 2) -> Iterator[int]:
    """gunicorn on a free port until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "gunicorn", "shop_demo.wsgi", "--bind", f"127.0.0.1:{port}", "--workers",
         str(workers), "--worker-class", "gthread", "--threads", "2", "--log-level", "error"],
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not answer")


class Client:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, question: dict[str, Any], cookie: str) -> bytes:
        """The answer's body. Raises AssertionError for anything but 200."""
        self.connection.request("GET", f"{PATH}?{urlencode(question)}", headers={"Cookie": cookie})
        response = self.connection.getresponse()
        body = response.read()
        assert response.status == 200, (response.status, body[:300])
        return body


def throughput(port: int, questions: list[tuple[dict[str, Any], str]], seconds: float, clients: int = 4) -> float:
    """Requests a second that several clients at once get answered."""
    counts, end = [0] * clients, time.perf_counter() + seconds
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            client = Client(port)
            while time.perf_counter() < end:
                client.get(*questions[(number * 97 + counts[number]) % len(questions)])
                counts[number] += 1
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(counts) / (time.perf_counter() - started)
