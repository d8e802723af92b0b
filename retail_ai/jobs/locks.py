"""What a transaction in which a job is worked on asks of PostgreSQL: that it may last, and locks that tell of it.

A row lock says who has a chunk; these advisory locks can be seen from outside without touching a row, and go when a
worker dies. All end with their transaction.
"""

from django.db import connection

WORKING = 0x7265_7461  # "reta": many workers may be at work on one job
FINISHING = 0x7265_7466  # "retf": one worker finishes it


def may_last() -> None:
    """A model may write for minutes between two statements: no limit on idle transactions ends this one."""
    with connection.cursor() as cursor:
        # By what the server knows: transaction_timeout came with PostgreSQL 17.
        cursor.execute(
            "SELECT set_config(name, '0', true) FROM pg_settings "
            "WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')"
        )


def say_at_work(job_id: int) -> None:
    """Until the transaction ends, ``jobs_in_work`` lists this job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [WORKING, job_id % 2**31])


def claim_finish(job_id: int) -> bool:
    """True for one worker at a time, until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [FINISHING, job_id % 2**31])
        return bool(cursor.fetchone()[0])


def jobs_in_work() -> set[int]:
    """Ids (modulo 2**31) of jobs that a living worker has in hand at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 "
            "AND classid::bigint IN (%s, %s) "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [WORKING, FINISHING],
        )
        return {row[0] for row in cursor.fetchall()}
