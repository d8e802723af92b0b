"""Keeps a search from occupying the database: a statement that takes too long is cancelled, and that can be said."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction

from retail_ai.conf import conf


class TooSlow(Exception):
    """A statement was cancelled because it took longer than RETAIL_AI["SEARCH_TIMEOUT_MS"]."""


@contextmanager
def time_limit() -> Iterator[None]:
    """Within it no statement runs longer than the setting says. Raises TooSlow when one would have."""
    inside = connections[DEFAULT_DB_ALIAS].in_atomic_block
    try:
        with transaction.atomic():
            before = _limit(f"{int(conf.SEARCH_TIMEOUT_MS)}ms")
            yield
            if inside:
                # In a transaction that was open already the limit would stay until its end.
                _limit(before)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "57014":
            raise TooSlow from error
        raise


def _limit(value: str) -> str:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), set_config('statement_timeout', %s, true)", [value]
        )
        return str(cursor.fetchone()[0])
