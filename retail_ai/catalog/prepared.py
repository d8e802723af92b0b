"""Has PostgreSQL keep the plans of statements that are asked again with other values. Knows no search.

Planning a search takes a fifth of its time. Plans are kept by a connection; behind a pooler that hands out another one
with each transaction, which Django is told by ``DISABLE_SERVER_SIDE_CURSORS``, none are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import Error, OperationalError

# Statements that a connection keeps: one for each filter of the shop that is asked for often.
KEPT = 16
USE_KEPT_PLANS = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"
# PostgreSQL's codes for a statement that is not there, and for one whose tables have changed.
_LOST = ("26000", "0A000")
_numbers = count(1)


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
    """The statements that a connection keeps: their names by their text, the least lately asked first."""

    names: dict[str, str] = field(default_factory=dict)
    is_certain: bool = True

    def ask(self, text: str, literals: list[str]) -> list[str]:
        """What to send for an answer: it is prepared at need, in the place of one not asked for lately."""
        said = []
        name = self.names.pop(text, "")
        if not name:
            name = f"retail_ai_{next(_numbers)}"
            said.append(f"PREPARE {name} AS {text}")
            if len(self.names) >= KEPT:
                said.append(f"DEALLOCATE {self.names.pop(next(iter(self.names)))}")
        self.names[text] = name
        return [*said, f"EXECUTE {name} ({', '.join(literals)})"]


_kept: "WeakKeyDictionary[Any, Kept]" = WeakKeyDictionary()


def kept_by(connection: Any) -> Kept | None:
    """What Django's ``connection`` keeps; None where it may not keep anything."""
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return None
    kept = _kept.setdefault(connection.connection, Kept())
    if not kept.is_certain:
        _look(connection, kept)
    return kept


class PlansLost(OperationalError):
    """The connection keeps other plans than it did; what is asked once more is planned anew."""


@contextmanager
def watched(kept: Kept | None) -> Iterator[None]:
    """After an error within it, what the connection keeps is looked up before it is asked again. Raises PlansLost."""
    try:
        yield
    except Error as error:
        if kept is not None:
            kept.is_certain = False
            if getattr(error.__cause__, "sqlstate", "") in _LOST:
                raise PlansLost(*error.args) from error
        raise


def _look(connection: Any, kept: Kept) -> None:
    """Keep to what there is, and let go of what nobody will ask for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'retail\\_ai\\_%'")
        there = {name for (name,) in cursor.fetchall()}
        kept.names = {text: name for text, name in kept.names.items() if name in there}
        for name in there - set(kept.names.values()):
            cursor.execute(f"DEALLOCATE {name}")
    kept.is_certain = True
