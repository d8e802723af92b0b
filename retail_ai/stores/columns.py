"""What can be read of a model's row by name. It reads nothing."""

from collections.abc import Sequence
from typing import Any


def columns_of(model: Any) -> set[str]:
    """Names of a model's columns, foreign keys by their field and by their column."""
    return {name for field in model._meta.concrete_fields for name in (field.name, field.attname)}


def is_column(model: Any, path: Sequence[str]) -> bool:
    """Whether a path such as ("brand", "name") leads over foreign keys to a column."""
    first, *rest = path
    if first not in columns_of(model):
        return False
    related = next((one.related_model for one in model._meta.concrete_fields if one.name == first), None)
    return not rest or (related is not None and is_column(related, rest))
