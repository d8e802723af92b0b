"""Runs the slates' SQL: bound on the server, so that PostgreSQL plans each statement once a connection.

Planning these statements takes longer than running them. Django's own cursors fill in values on the client, which
makes every statement a new one. It builds no statements itself.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from itertools import count
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections
from psycopg import RawCursor
from psycopg.pq import TransactionStatus

from retail_ai.stores import get_store

Row = tuple[Any, ...]
# PostgreSQL's codes for a plan that is not there, and for one whose tables have other columns by now.
_LOST = ("26000", "0A000")


def fetch(sql: str, params: Sequence[Any]) -> list[Row]:
    """All rows of one statement, its ``%s`` bound on the server; any other ``%`` is doubled, as Django does."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    try:
        return _rows(connection, sql, params)
    except Error as error:
        if connection.in_atomic_block or getattr(error.__cause__, "sqlstate", "") not in _LOST:
            raise
        connection.connection.execute("DEALLOCATE ALL")
        return _rows(connection, sql, params)


def _rows(connection: Any, sql: str, params: Sequence[Any]) -> list[Row]:
    cursor, (text, encoded) = _cursor_of(connection), _numbered(sql)
    if connection.queries_logged:
        connection.make_debug_cursor(cursor).execute(text, params)
    elif connection.execute_wrappers:
        connection.make_cursor(cursor).execute(text, params)
    else:
        # What Django's cursor does when nobody listens; the driver knows a statement by its bytes.
        connection.validate_no_broken_transaction()
        with connection.wrap_database_errors:
            cursor.execute(encoded, params)
    rows: list[Row] = cursor.fetchall()
    return rows


def _cursor_of(connection: Any) -> Any:
    """The one cursor that a connection keeps for slates: what a new one looks up of types takes long."""
    raw = connection.connection
    cursor: Any = getattr(raw, "retail_ai_cursor", None)
    if cursor is None:
        raw.retail_ai_cursor = cursor = RawCursor(raw)
        known = cursor.adapters.get_loader(cursor.adapters.types["timestamptz"].oid, 0)
        if known is not None and hasattr(known, "timezone"):
            cursor.adapters.register_loader("timestamptz", _quick(known))
        raw.retail_ai_plans = raw.prepare_threshold is not None
    if not raw.retail_ai_plans:
        _keep_plans(connection, raw)
    return cursor


def _keep_plans(connection: Any, raw: Any) -> None:
    # Behind a pooler that shares connections between transactions a prepared statement may be another's.
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return
    # The values hardly matter to a good plan, and a new one for each of them takes longer than the statement.
    raw.execute("SET plan_cache_mode = force_generic_plan")
    raw.prepare_threshold = 1
    # What is set within a transaction may end with it.
    raw.retail_ai_plans = raw.info.transaction_status == TransactionStatus.IDLE


@cache
def _quick(known: Any) -> Any:
    """Django's loader of moments, ``known``, takes as long for one as a row's other columns together."""

    class Quick(known):  # type: ignore[misc]
        def load(self, data: Any) -> datetime:
            try:
                return datetime.fromisoformat(str(data, "ascii")).replace(tzinfo=self.timezone)
            except ValueError:
                found: datetime = super().load(data)
                return found

    return Quick


@lru_cache(maxsize=512)
def _numbered(sql: str) -> tuple[str, bytes]:
    """``%s`` as ``$1``, ``$2``…: psycopg would look for them anew in every long statement. As text and in UTF-8."""
    places = count(1)
    text = re.sub("%[s%]", lambda found: f"${next(places)}" if found[0] == "%s" else "%", sql)
    return text, text.encode()


@cache
def key_type() -> str:
    """PostgreSQL's name of the type of the shop's product keys."""
    field: Any = get_store().product_model._meta.pk
    return str(field.rel_db_type(connections[DEFAULT_DB_ALIAS])).split(" ")[0]
