"""What rooms keep of people. A room's ``personal_data.py`` calls ``register_keeper``; privacy asks them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Keeper:
    """``export(customer)`` gives JSON-ready data, ``erase(customer)`` the number of rows deleted or blanked."""

    export: Callable[[Any], Any]
    erase: Callable[[Any], int]


_keepers: dict[str, Keeper] = {}


def register_keeper(name: str, keeper: Keeper) -> None:
    """Make known what is kept under a name; registering again replaces."""
    _keepers[name] = keeper


def keepers() -> dict[str, Keeper]:
    """All that are known, by name."""
    return dict(_keepers)


def rows_keeper(rows_of: Callable[[Any], QuerySet[Any]], fields: tuple[str, ...]) -> Keeper:
    """The common case: rows of a customer, exported by these fields, erased by deleting them."""

    def export(customer: Any) -> list[dict[str, Any]]:
        return [{name: _plain(value) for name, value in row.items()} for row in rows_of(customer).values(*fields)]

    return Keeper(export, lambda customer: rows_of(customer).delete()[0])


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
