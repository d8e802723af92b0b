"""Gives a process its database and broker: those the environment names, else embedded ones. Sets the environment."""

import os
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from retail_ai.embedded.leases import Handle
from retail_ai.embedded.postgres import start_postgres
from retail_ai.embedded.valkey import start_valkey


@dataclass(slots=True)
class Services:
    """What was provided. ``started`` names the embedded ones; it is empty when the environment named both."""

    database_url: str
    broker_url: str
    started: dict[str, Handle] = field(default_factory=dict)

    def stop(self) -> None:
        """Give up the embedded services; each stops when this was its last user."""
        for handle in reversed(self.started.values()):
            handle.cleanup()


def provide(folder: Path, environ: MutableMapping[str, str] | None = None, *, broker: bool = True) -> Services:
    """Start or join what ``DATABASE_URL`` and ``CELERY_BROKER_URL`` do not name, with data in ``folder``.

    Both variables are set afterwards, so that settings read later and child processes find the same services.
    """
    env = os.environ if environ is None else environ
    services = Services(env.get("DATABASE_URL", ""), env.get("CELERY_BROKER_URL", ""))
    try:
        if not services.database_url:
            services.database_url, services.started["PostgreSQL"] = start_postgres(folder / "pg")
        if broker and not services.broker_url:
            services.broker_url, services.started["Valkey"] = start_valkey(folder / "valkey")
    except BaseException:
        services.stop()
        raise
    env["DATABASE_URL"] = services.database_url
    if services.broker_url:
        env["CELERY_BROKER_URL"] = services.broker_url
    return services
