"""A transaction in which a job is worked on may last as long as the work. What is set here ends with it."""

from django.db import connection


def may_last() -> None:
    """A model may write for minutes between two statements: no limit on idle transactions ends this one."""
    with connection.cursor() as cursor:
        # By what the server knows: transaction_timeout came with PostgreSQL 17.
        cursor.execute(
            "SELECT set_config(name, '0', true) FROM pg_settings "
            "WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')"
        )
