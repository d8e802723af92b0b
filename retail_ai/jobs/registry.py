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
    An exception from ``handle`` makes the chunk's items run one by one, and only the culprits fail; but
    ConfigurationError and BackendUnavailable stop the job, which says why and can be resumed.
    What ``handle`` does outside the database (a mail, a file) must be safe to do twice.
    """

    name: ClassVar[str]
    chunk_size: ClassVar[int] = 64
    # Whether the keys are primary keys of the shop's products: failed items then link to the product.
    keys_are_products: ClassVar[bool] = False

    def handle(self, job: Job, keys: Sequence[str]) -> Outcome:
        raise NotImplementedError

    def finish(self, job: Job) -> None:
        """When the last chunk is done, in a transaction with the job's done mark: it counts once. What it writes to
        ``job.report`` is kept. An exception makes the job fail; resuming it calls this again."""

    def results(self, job: Job) -> list[tuple[str, str]]:
        """(label, admin URL) of what came of the job, for its page."""
        return []


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
