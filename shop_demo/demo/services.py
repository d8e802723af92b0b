"""Connects this process to the database and broker that were provided after Django had read its settings."""

from urllib.parse import urlsplit, urlunsplit

import dj_database_url
from django.conf import settings
from django.db import OperationalError, connections

from retail_ai.checks_running import broker_problem
from retail_ai.embedded import Services
from shop_demo.celery import app
from shop_demo.demo.errors import DemoError


def connect(services: Services) -> None:
    """Point Django's default database and Celery's broker at the services. Raises DemoError when one is away."""
    connections["default"].close()
    connections["default"].settings_dict.update(dj_database_url.parse(services.database_url, conn_max_age=60))
    settings.CELERY_BROKER_URL = app.conf.broker_url = services.broker_url
    try:
        connections["default"].ensure_connection()
    except OperationalError as error:
        where = name_of(services.database_url)
        raise DemoError(f"Cannot reach the database that DATABASE_URL names ({where}):\n{error}".rstrip()) from error
    if problem := broker_problem():
        raise DemoError(f"Cannot reach the broker that CELERY_BROKER_URL names: {problem}")


def name_of(url: str) -> str:
    """A service's URL without its password, to know it again by."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
