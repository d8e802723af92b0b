"""System checks of what runs beside the shop, registered on import: the database, its vectors, Celery's broker.

``manage.py check --database default`` (and ``migrate``) asks the database, ``--deploy`` the broker.
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.utils import DatabaseError

from retail_ai.backends import get_embedder
from retail_ai.checks import TAG
from retail_ai.exceptions import RetailAIError

OLDEST_PGVECTOR = (0, 8, 0)


@register(Tags.database)
def check_pgvector(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """E010: no PostgreSQL; E011: no pgvector; E012: it is too old."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        if alias != "default":
            continue
        if connections[alias].vendor != "postgresql":
            hint = 'Set ENGINE to "django.db.backends.postgresql", or set DATABASE_URL in the demo shop.'
            return [Error("The database is not PostgreSQL.", hint=hint, id="retail_ai.E010")]
        found += _pgvector_messages(_pgvector_version(alias))
    return found


def _pgvector_version(alias: str) -> str | None:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(installed_version, default_version) FROM pg_available_extensions WHERE name = 'vector'"
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _pgvector_messages(version: str | None) -> list[CheckMessage]:
    if version is None:
        hint = "Install it on the database's machine (Debian: apt install postgresql-17-pgvector), then migrate again."
        return [Error("The database server has no pgvector.", hint=hint, id="retail_ai.E011")]
    if tuple(int(part) for part in version.split(".") if part.isdigit()) < OLDEST_PGVECTOR:
        wanted = ".".join(map(str, OLDEST_PGVECTOR))
        hint = "Install a newer one on the database's machine, then: ALTER EXTENSION vector UPDATE"
        return [Error(f"pgvector {version} is too old; {wanted} is needed.", hint=hint, id="retail_ai.E012")]
    return []


@register(Tags.database)
def check_vector_space(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """W010: another embedder than the one whose vectors serve now; W011: its vectors' length changed."""
    if "default" not in (databases or ()):
        return []
    from retail_ai.catalog.models import VectorSpace

    try:
        if VectorSpace._meta.db_table not in connections["default"].introspection.table_names():
            return []
        space = VectorSpace.objects.filter(state=VectorSpace.State.ACTIVE).first()
        embedder = get_embedder()
    except (RetailAIError, DatabaseError):
        return []  # told by other checks
    if space is None:
        return []
    hint = "Index the catalogue again: python manage.py retail_ai_run catalog.index. Until then the old vectors serve."
    if space.identity != embedder.identity:
        text = f"Vectors were made by {space.identity}; the default embedder is now {embedder.identity}."
        return [Warning(text, hint=hint, id="retail_ai.W010")]
    if space.dimensions != embedder.dimensions:
        text = f"{space.identity} made vectors of {space.dimensions} numbers; now it makes {embedder.dimensions}."
        return [Warning(text, hint=hint, id="retail_ai.W011")]
    return []


@register(TAG, deploy=True)
def check_broker(**_: Any) -> list[CheckMessage]:
    """W020: Celery's broker cannot be reached."""
    if problem := broker_problem():
        hint = "Start it, or set CELERY_BROKER_URL. Jobs wait in the database until a worker can be told of them."
        return [Warning(f"Celery's broker cannot be reached: {problem}", hint=hint, id="retail_ai.W020")]
    return []


def broker_problem() -> str:
    """Why the broker does not answer; empty when it does."""
    from celery import current_app

    try:
        with current_app.connection_for_write(transport_options={"socket_connect_timeout": 3}) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=4)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""
