"""What rooms keep of people. A room's ``personal_data.py`` calls ``register_keeper``; privacy asks them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Person:
    """A customer, or a visitor who is not signed in."""

    customer: Any = None
    visitor: str = ""

    def rows(self, model: type[Model]) -> QuerySet[Any]:
        """This person's rows of a table with the columns ``customer`` and ``visitor``, or ``customer`` alone."""
        rows = model._default_manager.all()
        if self.customer is not None:
            return rows.filter(customer=self.customer)
        if not self.visitor or not any(field.name == "visitor" for field in model._meta.fields):
            return rows.none()
        return rows.filter(customer=None, visitor=self.visitor)


def _nothing_to_adopt(visitor: str, customer: Any) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Keeper:
    """``export`` gives JSON-ready data, ``erase`` the number of rows deleted or blanked; ``adopt(visitor, customer)``
    makes a visitor's rows those of the customer they turn out to be, and gives their number."""

    export: Callable[[Person], Any]
    erase: Callable[[Person], int]
    adopt: Callable[[str, Any], int] = _nothing_to_adopt


_keepers: dict[str, Keeper] = {}


def register_keeper(name: str, keeper: Keeper) -> None:
    """Make known what is kept under a name; registering again replaces."""
    _keepers[name] = keeper


def keepers() -> dict[str, Keeper]:
    """All that are known, by name."""
    return dict(_keepers)


def rows_keeper(
    rows_of: Callable[[Person], QuerySet[Any]],
    fields: tuple[str, ...],
    adopt: Callable[[str, Any], int] = _nothing_to_adopt,
) -> Keeper:
    """The common case: a person's rows, exported by these fields, erased by deleting them."""

    def export(person: Person) -> list[dict[str, Any]]:
        return [{name: plain(value) for name, value in row.items()} for row in rows_of(person).values(*fields)]

    return Keeper(export, lambda person: rows_of(person).delete()[0], adopt)


def plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
