"""PostgreSQL advisory locks by which workers say that they are at work on a job. All end with their transaction.

A row lock says who has a chunk; these can be seen from outside without touching a row, and go when a worker dies.
"""

from django.db import connection

WORKING = 0x7265_7461  # "reta": many workers may be at work on one job
FINISHING = 0x7265_7466  # "retf": one worker finishes it


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
