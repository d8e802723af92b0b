"""The suite runs on a real PostgreSQL with pgvector: the one in DATABASE_URL, or an embedded one made for the run."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import pytest
from django.db import connections
from django.utils import translation


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A test that asks for a page in Chinese leaves no Chinese behind."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL of the server that this run's test database is made on."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    from retail_ai.embedded import start_postgres

    with tempfile.TemporaryDirectory(prefix="retail-ai-tests-") as folder:
        url, server = start_postgres(Path(folder) / "pg")
        yield url
        connections.close_all()
        server.cleanup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres_url: str) -> None:
    """Point Django at that server; pytest-django then makes ``test_…`` beside the database."""
    connections["default"].settings_dict.update(dj_database_url.parse(postgres_url))
