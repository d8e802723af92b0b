"""Writes many rows at once with PostgreSQL's COPY. It fires no signals, as ``bulk_create`` fires none."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def reserve_ids(model: type[Model], count: int) -> list[int]:
    """``count`` fresh primary keys out of the table's own sequence, so that children can be written beside parents."""
    table, column = model._meta.db_table, model._meta.pk.column  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [f'"{table}"', column, count]
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Append ``rows`` (values in the order of ``names``, field names or attnames); return how many were written.

    Fields that are not named get the model's default, as they would from ``create``.
    """
    given = {name: model._meta.get_field(name) for name in names}
    fields = [f for f in model._meta.concrete_fields if f not in given.values() and not f.primary_key]
    rest = tuple(f.get_db_prep_save(f.get_default(), connection) for f in fields)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(f.column) for f in [*given.values(), *fields])  # type: ignore[union-attr]
    written = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row((*row, *rest))
            written += 1
    return written
