"""Reads the shop's own history through its adapter into events, as fast as PostgreSQL's COPY takes it.

Every row has a reference made from what it is, so that doing it again adds nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from retail_ai.engine.facts import Interaction, SaleLine
from retail_ai.events.models import Event
from retail_ai.events.services import CLOCK_SKEW, purchase_reference
from retail_ai.privacy.selectors import who_declined_tracking
from retail_ai.stores import get_store, keys_of

FIELDS = (
    "kind", "customer", "visitor", "product", "query", "quantity", "unit_price", "order", "occurred_at", "source",
    "slate", "reference",
)  # fmt: skip
Row = tuple[Any, ...]
BATCH = 20_000
SALES = {Event.Kind.PURCHASE.value, Event.Kind.RETURN.value}


def backfill_sales(since: datetime | None = None) -> Counter[str]:
    """Every sale line as a purchase or return; counts of what was stored, known before and refused, by reason."""
    return _copy(_sale_rows(get_store().sale_lines(since)))


def backfill_interactions(since: datetime | None = None) -> Counter[str]:
    """Views, searches and carts out of the shop's logs; counts as for sales."""
    return _copy(_interaction_rows(get_store().interactions(since)))


def _sale_rows(lines: Iterable[SaleLine]) -> Iterator[Row]:
    met: Counter[tuple[str, Any, bool]] = Counter()
    for line in lines:
        nth = met[line.order, line.product, line.is_return]
        met[line.order, line.product, line.is_return] += 1
        reference = purchase_reference(line.order, line.product, nth)
        if line.is_return:
            reference = f"back:{reference}"[:120]
        kind = Event.Kind.RETURN if line.is_return else Event.Kind.PURCHASE
        yield (
            kind.value, line.customer, "", line.product, "", max(1, abs(line.quantity)), line.unit_price,
            line.order[:64], line.occurred_at, "backfill", "", reference,
        )  # fmt: skip


def _interaction_rows(interactions: Iterable[Interaction]) -> Iterator[Row]:
    met: Counter[str] = Counter()
    for seen in interactions:
        reference = seen.reference or _digest(seen)
        met[reference] += not seen.reference
        if met[reference] > 1:
            reference = f"{reference}:{met[reference]}"
        yield (
            seen.kind, seen.customer, seen.visitor[:40], seen.product, seen.query[:200], max(1, seen.quantity), None,
            "", seen.occurred_at, "backfill", "", f"log:{reference}"[:120],
        )  # fmt: skip


def _digest(seen: Interaction) -> str:
    parts = (seen.kind, seen.customer, seen.visitor, seen.product, seen.query, seen.occurred_at.isoformat())
    return blake2b("\x1f".join(map(str, parts)).encode(), digest_size=12).hexdigest()


def _copy(rows: Iterable[Row]) -> Counter[str]:
    """COPY batch by batch into a temporary table, then insert those whose reference is new.

    A batch is read whole before it is copied: the shop's adapter reads on the connection that COPY would hold.
    """
    counts: Counter[str] = Counter()
    table, columns = _name(Event._meta.db_table), ", ".join(_columns())
    sound = _sound(rows, counts)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS retail_ai_incoming")
        cursor.execute(f"CREATE TEMP TABLE retail_ai_incoming AS SELECT {columns} FROM {table} LIMIT 0")  # noqa: S608
        while batch := list(islice(sound, BATCH)):
            with cursor.copy(f"COPY retail_ai_incoming ({columns}) FROM STDIN") as copy:
                for row in batch:
                    copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM retail_ai_incoming "  # noqa: S608
            "ON CONFLICT DO NOTHING"
        )
        counts["stored"] = cursor.rowcount
        cursor.execute("DROP TABLE retail_ai_incoming")
    counts["known before"] = counts.pop("read") - counts["stored"]
    return counts


def _sound(rows: Iterable[Row], counts: Counter[str]) -> Iterator[Row]:
    """Leave out rows that name a product or time that cannot be, and what was done by people who do not want it
    remembered; a sale stays, without its customer, where that one is gone or does not want it remembered."""
    products = set(keys_of(get_store().products()))
    declined = who_declined_tracking()
    customers = set(get_user_model()._default_manager.values_list("pk", flat=True).iterator())
    customers -= (no_customers := set(declined.customers))
    no_visitors = set(declined.visitors)
    latest, kinds = timezone.now() + CLOCK_SKEW, set(Event.Kind.values)
    counts["read"] = 0
    for row in rows:
        kind, customer, visitor, product, *_ = row
        if kind not in SALES and (customer in no_customers or (customer is None and visitor in no_visitors)):
            counts["refused: declined to be remembered"] += 1
        elif kind not in kinds:
            counts["refused: unknown kind"] += 1
        elif (product is not None or kind != Event.Kind.SEARCH) and product not in products:
            counts["refused: unknown product"] += 1
        elif row[8] > latest:
            counts["refused: a time to come"] += 1
        else:
            counts["read"] += 1
            yield row if customer is None or customer in customers else (kind, None, *row[2:])


def _columns() -> list[str]:
    return [_name(str(Event._meta.get_field(name).column)) for name in FIELDS]  # type: ignore[union-attr]


def _name(name: str) -> str:
    return connection.ops.quote_name(name)
