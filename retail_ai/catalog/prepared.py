"""Has PostgreSQL keep the plans of statements that are asked again with other values. Knows no search.

Planning a search takes a fifth of its time. Plans are kept by a connection; behind a pooler that hands out another one
with each transaction, which Django is told by ``DISABLE_SERVER_SIDE_CURSORS``, none are. Where Django is not told, a
statement's name, which is made of its text, keeps processes from answering with each other's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from weakref import WeakKeyDictionary

from django.db import Error, OperationalError

# Statements that a connection keeps: one for each filter of the shop that is asked for often.
KEPT = 16
USE_KEPT_PLANS = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"
# PostgreSQL's codes for a statement that is not there, for one that is there already, and for changed tables.
_LOST = ("26000", "42P05", "0A000")


@dataclass(slots=True)
class Values:
    """Puts values into a statement: as they are, or by their number, so that the text is the same for other values."""

    are_numbered: bool = False
    literals: list[str] = field(default_factory=list)

    def put(self, literal: str, kind: str) -> str:
        """What stands in the statement for the value, an SQL literal of that type."""
        if not self.are_numbered:
            return f"{literal}::{kind}"
        self.literals.append(literal)
        return f"${len(self.literals)}::{kind}"


@dataclass(slots=True)
class Kept:
    """The names of the statements that a connection keeps, the least lately asked first."""

    names: dict[str, None] = field(default_factory=dict)
    is_certain: bool = True

    def ask(self, text: str, literals: list[str]) -> list[str]:
        """What to send for an answer: it is prepared at need, in the place of one not asked for lately."""
        said = []
        name = f"retail_ai_{blake2b(text.encode(), digest_size=16).hexdigest()}"
        if name not in self.names:
            said.append(f"PREPARE {name} AS {text}")
            if len(self.names) >= KEPT:
                oldest = next(iter(self.names))
                del self.names[oldest]
                said.append(f"DEALLOCATE {oldest}")
        self.names.pop(name, None)
        self.names[name] = None
        return [*said, f"EXECUTE {name} ({', '.join(literals)})"]


_kept: "WeakKeyDictionary[Any, Kept]" = WeakKeyDictionary()


def kept_by(connection: Any) -> Kept | None:
    """What Django's ``connection`` keeps; None where it may not keep anything."""
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return None
    kept = _kept.setdefault(connection.connection, Kept())
    if not kept.is_certain:
        _let_go(connection)
        kept.is_certain = True
    return kept


class PlansLost(OperationalError):
    """The connection keeps other plans than it did; what is asked once more is planned anew."""


@contextmanager
def watched(kept: Kept | None) -> Iterator[None]:
    """After an error within it the connection begins anew, for who knows what it keeps. Raises PlansLost."""
    try:
        yield
    except Error as error:
        if kept is not None:
            kept.names.clear()
            kept.is_certain = False
            if getattr(error.__cause__, "sqlstate", "") in _LOST:
                raise PlansLost(*error.args) from error
        raise


def _let_go(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'retail\\_ai\\_%'")
        if names := [name for (name,) in cursor.fetchall()]:
            cursor.execute("; ".join(f"DEALLOCATE {name}" for name in names))
