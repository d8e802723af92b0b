"""Runs the slates' SQL: bound on the server, so that PostgreSQL plans each statement once a connection.

Planning these statements takes longer than running them. Django's own cursors fill in values on the client, which
makes every statement a new one. It builds no statements itself.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import count
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import RawCursor

from retail_ai.stores import get_store

Row = tuple[Any, ...]


def fetch(sql: str, params: Sequence[Any]) -> list[Row]:
    """All rows of one statement, its ``%s`` bound on the server; any other ``%`` is doubled, as Django does."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    raw = connection.connection
    # Behind a pooler that shares connections between transactions a prepared statement may be another's.
    if raw.prepare_threshold is None and not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        # The values hardly matter to a good plan, and a new one for each of them takes longer than the statement.
        raw.execute("SET plan_cache_mode = force_generic_plan")
        raw.prepare_threshold = 1
    cursor: Any = RawCursor(raw)
    wrapped = connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)
    with wrapped:
        wrapped.execute(_numbered(sql), params)
        rows: list[Row] = wrapped.fetchall()
        return rows


@lru_cache(maxsize=512)
def _numbered(sql: str) -> str:
    """``%s`` as ``$1``, ``$2``…: psycopg would look for them anew in every long statement."""
    places = count(1)
    return re.sub("%[s%]", lambda found: f"${next(places)}" if found[0] == "%s" else "%", sql)


@cache
def key_type() -> str:
    """PostgreSQL's name of the type of the shop's product keys."""
    field: Any = get_store().product_model._meta.pk
    return str(field.rel_db_type(connections[DEFAULT_DB_ALIAS])).split(" ")[0]
