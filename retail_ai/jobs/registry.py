"""Kinds of job. A room subclasses JobKind in its ``jobs.py``; ``load_kinds`` imports those when Django starts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job

ROOMS = (
    "catalog", "events", "experiments", "privacy", "descriptions", "recommendations", "inventory",
    "campaigns", "assistant",
)  # fmt: skip


@dataclass(slots=True)
class Outcome:
    """What a chunk came to: reasons by failed key, tokens used, and counts that add up in the job's report."""

    failures: dict[str, str] = field(default_factory=dict)
    tokens: int = 0
    counts: Counter[str] = field(default_factory=Counter)


class JobKind:
    """How one kind of job is done. ``handle`` runs inside a transaction that commits with the chunk's done mark,
    so a worker killed in the middle leaves nothing behind and the chunk is done again from the start.
    An exception from ``handle`` makes the chunk's items run one by one, and only the culprits fail.
    """

    name: ClassVar[str]
    chunk_size: ClassVar[int] = 64

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        raise NotImplementedError

    def finish(self, job: Job) -> None:
        """Once, when the last chunk is done, in a transaction with the job's done mark."""


_kinds: dict[str, JobKind] = {}


def register(kind: type[JobKind]) -> type[JobKind]:
    """Class decorator: make a kind known by its ``name``."""
    _kinds[kind.name] = kind()
    return kind


def get_kind(name: str) -> JobKind:
    """The kind of that name. Raises InvalidInput that lists the known ones."""
    if name not in _kinds:
        raise InvalidInput(f"No job kind {name!r}; known kinds: {', '.join(sorted(_kinds))}")
    return _kinds[name]


def load_kinds() -> None:
    """Import each room's ``jobs`` module, which registers its kinds."""
    for room in ROOMS:
        path = f"retail_ai.{room}.jobs"
        if find_spec(path):
            import_module(path)
