"""Tries each part of an installation for real and says what mends what does not work. It changes nothing.

A probe is a function that returns what it saw, or raises; its hint tells what to do then.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from retail_ai.backends import get_embedder, get_generator
from retail_ai.checks_running import OLDEST_PGVECTOR, broker_problem
from retail_ai.exceptions import BackendUnavailable, RetailAIError
from retail_ai.jobs.models import Job
from retail_ai.jobs.selectors import abandoned_jobs
from retail_ai.stores import get_store

OK, WARN, FAIL = "ok", "warning", "failed"
STALLED_AFTER = timedelta(minutes=10)


class Caution(Exception):
    """It works, but somebody should look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one probe."""

    part: str
    state: str
    detail: str
    seconds: float
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """A part, how it is tried, and what to do when that fails."""

    part: str
    attempt: Callable[[], str]
    hint: str


def examine() -> Iterator[Finding]:
    """Try the parts one after the other."""
    for probe in PROBES:
        started = time.perf_counter()
        state, hint = OK, ""
        try:
            detail = probe.attempt()
        except Caution as caution:
            state, detail, hint = WARN, str(caution), probe.hint
        except Exception as error:
            named = str(error) if isinstance(error, RetailAIError) else f"{type(error).__name__}: {error}"
            state, detail, hint = FAIL, named.strip(), probe.hint
        yield Finding(probe.part, state, detail, time.perf_counter() - started, hint)


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def vectors() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
        row = cursor.fetchone()
        if row is None:
            raise Caution("The extension “vector” is not created in this database.")
        cursor.execute("SELECT '[1,0]'::vector <=> '[0,1]'::vector")
        if cursor.fetchone()[0] != 1:
            raise RuntimeError("a vector query gave a wrong answer")
    if tuple(int(part) for part in row[0].split(".")) < OLDEST_PGVECTOR:
        raise RuntimeError(f"pgvector {row[0]} is too old")
    return f"pgvector {row[0]} answers"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise RuntimeError(f"{len(missing)} migrations are not applied")
    return "all applied"


def adapter() -> str:
    store = get_store()
    product = store.products().order_by("pk").first()
    if product is None:
        raise Caution(f"{type(store).__name__} finds no product.")
    facts = store.facts(product)
    if not facts.title:
        raise RuntimeError(f"{type(store).__name__} gives product {product.pk} no title; check its title_field")
    offer = store.offers([product.pk]).get(product.pk)
    if offer is None:
        raise RuntimeError(f"{type(store).__name__}.offers() knows nothing of product {product.pk}")
    if problems := list(store.problems(with_rows=True)):
        raise Caution(" ".join(problems))
    return f"“{facts.title}”: {len(facts.attributes)} attributes, price {offer.price and offer.price.amount}"


def embedder() -> str:
    model = get_embedder()
    vector = model.embed(["a red kettle"])
    if vector.shape != (1, model.dimensions):
        raise RuntimeError(f"{model.identity} gave a vector of shape {vector.shape}, not (1, {model.dimensions})")
    return f"{model.identity}, {model.dimensions} numbers"


def index() -> str:
    from retail_ai.catalog.models import CatalogEntry, VectorSpace

    products, entries = get_store().products().count(), CatalogEntry.objects.count()
    space = VectorSpace.objects.filter(state=VectorSpace.State.ACTIVE).first()
    if space is None or entries < products * 0.99:
        raise Caution(f"{entries} of {products} products are indexed.")
    if space.identity != get_embedder().identity:
        raise Caution(f"The vectors are from {space.identity}, the embedder is {get_embedder().identity}.")
    return f"{entries} of {products} products"


def generator() -> str:
    model = get_generator()
    if problems := model.check():
        raise Caution(" ".join(problems))
    try:
        text = model.generate(["Write one short sentence about a red kettle."], max_tokens=24)[0].text
    except BackendUnavailable as error:
        raise Caution(str(error)) from error
    if not text.strip():
        raise RuntimeError(f"{model.identity} wrote nothing")
    return f"{model.identity}: “{text.strip()[:60]}”"


def broker() -> str:
    if problem := broker_problem():
        raise RuntimeError(problem)
    depth = _queue_depth()
    return "answers" if depth is None else f"answers; {depth} tasks wait"


def _queue_depth() -> int | None:
    from celery import current_app

    with current_app.connection_for_write() as link:
        try:
            return int(link.default_channel.client.llen(current_app.conf.task_default_queue))
        except AttributeError:  # not a Redis-like broker
            return None


def worker() -> str:
    from celery import current_app

    answers: dict[str, Any] = current_app.control.inspect(timeout=2).ping() or {}
    if not answers:
        raise RuntimeError("no Celery worker answers")
    return f"{len(answers)} answer: {', '.join(answers)}"


def jobs() -> str:
    unfinished = Job.objects.filter(state__in=Job.UNFINISHED).count()
    stalled = abandoned_jobs(timezone.now() - STALLED_AFTER)
    if stalled:
        raise Caution(f"{len(stalled)} jobs stand still: {', '.join(f'#{pk}' for pk in stalled[:10])}")
    return f"{unfinished} unfinished, none stands still"


PROBES = (
    Probe("database", database, "Start PostgreSQL, or set DATABASE_URL (demo shop) or DATABASES rightly."),
    Probe("pgvector", vectors, "Install pgvector 0.8 or newer on the server, then: python manage.py migrate"),
    Probe("migrations", migrations, "Run: python manage.py migrate"),
    Probe(
        "shop adapter", adapter, 'Look at your StoreAdapter, named in RETAIL_AI["STORE"]; products() must find some.'
    ),
    Probe("embedder", embedder, 'Look at RETAIL_AI["EMBEDDERS"]["default"].'),
    Probe("index", index, "Run: python manage.py retail_ai_run catalog.index"),
    Probe(
        "generator",
        generator,
        "Install what is named, if anything, then run: python manage.py retail_ai_weights --fetch. Until then the "
        "composer writes.",
    ),
    Probe("broker", broker, "Start Redis or Valkey, or set CELERY_BROKER_URL rightly."),
    Probe("worker", worker, "Start one: celery -A yourproject worker (the demo command starts its own)."),
    Probe("jobs", jobs, "Go on with one: python manage.py retail_ai_jobs resume NUMBER. Is a worker running?"),
)
