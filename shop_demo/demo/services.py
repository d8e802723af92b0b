"""Connects this process to the database and broker that were provided after Django had read its settings."""

from urllib.parse import urlsplit, urlunsplit

import dj_database_url
from django.conf import settings
from django.db import connections

from retail_ai.embedded import Services
from shop_demo.celery import app


def connect(services: Services) -> None:
    """Point Django's default database and Celery's broker at the services."""
    connections["default"].close()
    connections["default"].settings_dict.update(dj_database_url.parse(services.database_url, conn_max_age=60))
    settings.CELERY_BROKER_URL = app.conf.broker_url = services.broker_url


def name_of(url: str) -> str:
    """A service's URL without its password, to know it again by."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
