"""How an adapter reads a value of a shop's row, asks for one of several, and says one in words. It knows no shop."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Q


def value_at(product: Any, path: str | None) -> Any:
    """What "brand__name" leads to; None where a step is missing or there is no path."""
    value = product if path else None
    for part in _steps(path or ""):
        value = getattr(value, part, None)
    return value


def any_of(path: str, names: Iterable[str]) -> Q:
    """The field is one of the names, however they are written."""
    condition = Q()
    for name in names:
        condition |= Q(**{f"{path}__iexact": name})
    return condition


def plain(value: Any) -> str:
    """An attribute's value as people read it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return ", ".join(plain(v) for v in value)
    return str(value)


@cache
def _steps(path: str) -> tuple[str, ...]:
    """("a", "b") of "a__b"."""
    return tuple(path.split("__")) if path else ()
