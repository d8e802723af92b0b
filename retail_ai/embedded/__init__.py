"""PostgreSQL with pgvector and Valkey out of pip wheels, for development, tests and the demo. Not for production.

A server lives as long as any process uses it, and no longer: not after Ctrl-C, not after ``kill -9``.
"""

from retail_ai.embedded.environment import Services, provide
from retail_ai.embedded.errors import EmbeddedError
from retail_ai.embedded.postgres import start_postgres
from retail_ai.embedded.valkey import start_valkey

__all__ = ["EmbeddedError", "Services", "provide", "start_postgres", "start_valkey"]
