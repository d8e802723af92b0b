"""PostgreSQL with pgvector and Valkey out of pip wheels, for development, tests and the demo. Not for production."""

from retail_ai.embedded.postgres import start_postgres
from retail_ai.embedded.valkey import start_valkey

__all__ = ["start_postgres", "start_valkey"]
