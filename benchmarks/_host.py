"""The host of every benchmark: a demo shop on services of its own in a folder that goes when the benchmark ends.

It starts PostgreSQL (and Valkey where asked), points Django at them, migrates, and loads products quickly.
"""

import gzip
import json
import os
import resource
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any


@contextmanager
def host(*, broker: bool = False, keep: Path | None = None, tuning: Mapping[str, str] | None = None) -> Iterator[Path]:
    """Django set up and migrated on a server of its own; yields its folder: temporary, or ``keep``, which stays.

    ``tuning``: settings of PostgreSQL beside those of the embedded one, which is tuned for a small shop.
    """
    from retail_ai.embedded import postgres, start_postgres, start_valkey

    postgres.TUNING.update(tuning or {})
    with nullcontext(keep) if keep else tempfile.TemporaryDirectory(prefix="retail-ai-benchmark-") as name:
        folder = Path(name)
        url, server = start_postgres(folder / "pg")
        queue = None
        try:
            os.environ.update(DATABASE_URL=url, RETAIL_AI_DEMO_DIR=str(folder / "demo"))
            if broker:
                broker_url, queue = start_valkey(folder / "valkey")
                os.environ["CELERY_BROKER_URL"] = broker_url
            _set_up_django()
            yield folder
        finally:
            _close_connections()
            if queue is not None:
                queue.stop()
            server.cleanup()


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")
    os.environ["DEBUG"] = "0"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


def read_products(path: Path) -> list[dict[str, Any]]:
    """The rows of a product file: JSON lines, gzipped or not, the first of each id."""
    opener: Any = gzip.open if path.suffix == ".gz" else open
    rows: dict[str, dict[str, Any]] = {}
    with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.strip():
                row = json.loads(line)
                rows.setdefault(str(row["id"]), row)
    return list(rows.values())


def load_products(path: Path) -> int:
    """Put a product file into the demo shop, in stock and visible; how many products there are."""
    from shop_demo.models import Department, Product

    shelf, _ = Department.objects.get_or_create(slug="benchmark", defaults={"name": "Imported"})
    rows = read_products(path)
    Product.objects.bulk_create((_product(Product, row, shelf) for row in rows), batch_size=1_000)
    return len(rows)


def _product(model: Any, row: dict[str, Any], shelf: Any) -> Any:
    return model(
        sku=str(row["id"])[:64],
        slug=f"p-{row['id']}"[:120],
        title=str(row.get("title") or row["id"])[:300],
        brand=str(row.get("brand") or "")[:120],
        description=str(row.get("description") or ""),
        attributes=row.get("attributes") or {},
        price=max(1, int(row.get("price_cents") or 1)) / 100,
        stock=10,
        department=shelf,
    )


def peak_memory_mb() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(title: str, rows: list[tuple[str, str]], result: dict[str, Any], *, json_only: bool = False) -> None:
    """Print a table for people, and as the last line the result as JSON."""
    if not json_only:
        width = max(len(name) for name, _ in rows)
        print(title)
        for name, value in rows:
            print(f"  {name:<{width}}  {value}")
    print(json.dumps(result), flush=True)
