"""Writes of events: one, or many at once with what was wrong counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext

from retail_ai.engine.facts import SaleLine
from retail_ai.events.models import Event
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.privacy.selectors import may_personalise
from retail_ai.stores import get_store

CLOCK_SKEW = timedelta(minutes=5)
NEEDS_PRODUCT = {kind for kind in Event.Kind if kind != Event.Kind.SEARCH}


@dataclass(slots=True)
class Recorded:
    """What came of a batch: how many were stored, how many were known already, and reasons with their counts."""

    stored: int = 0
    known: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def purchase_reference(order: str, product: Any, nth: int = 0) -> str:
    """The reference of an order's line: the same for a live purchase and for the back-fill."""
    return f"sale:{order}:{product}:{nth}"[:120]


def record_event(
    *,
    kind: str,
    customer: Any = None,
    visitor: str = "",
    product: Any = None,
    query: str = "",
    quantity: int = 1,
    unit_price: Decimal | None = None,
    slate: str = "",
    position: int | None = None,
    occurred_at: datetime | None = None,
    source: str = "shop",
    reference: str = "",
) -> Event | None:
    """Store one event; ``product`` is an instance or a key. None when its reference was stored before.

    Raises InvalidInput for an unknown kind or product, a missing person or product, or a time to come.
    """
    event = new_event(
        kind=kind, customer=customer, visitor=visitor, product=product, query=query, quantity=quantity,
        unit_price=unit_price, slate=slate, position=position, occurred_at=occurred_at, source=source,
        reference=reference,
    )  # fmt: skip
    if event.product_id is not None and not _is_row(product) and not _known_products([event.product_id]):
        raise InvalidInput(f"No product {product!r}")
    return store_events([event])[0] if not event.reference else _store_once(event)


def record_events(rows: Iterable[Mapping[str, Any]]) -> Recorded:
    """Store many events, each a mapping of ``record_event``'s arguments. Bad ones are counted, not raised."""
    result = Recorded()
    events: list[Event] = []
    for row in rows:
        try:
            events.append(new_event(**row))
        except (InvalidInput, TypeError) as error:
            result.refused[str(error)] += 1
    wanted = {event.product_id for event in events if event.product_id is not None}
    known = _known_products(wanted)
    good = [event for event in events if event.product_id is None or event.product_id in known]
    if missing := len(events) - len(good):
        result.refused["unknown product"] += missing
    result.stored = _insert(good)
    result.known = len(good) - result.stored
    return result


def record_sale(lines: Iterable[SaleLine]) -> int:
    """Store the lines of an order as purchases, as the back-fill would; how many were new."""
    events, met, may_keep = [], Counter[Any](), cache(lambda customer: may_personalise(customer=customer))
    for line in lines:
        event = new_event(
            kind=Event.Kind.PURCHASE, customer=line.customer, product=line.product, quantity=line.quantity,
            unit_price=line.unit_price, occurred_at=line.occurred_at, reference=line.order,
        )  # fmt: skip
        event.reference = purchase_reference(line.order, line.product, met[line.product])
        if line.customer is not None and not may_keep(line.customer):
            event.customer_id = None
        met[line.product] += 1
        events.append(event)
    known = _known_products({event.product_id for event in events})
    return _insert([event for event in events if event.product_id in known])


def forget_sale(*, order: str) -> int:
    """An order that counts no longer was no purchase; how many of its lines were stored."""
    return Event.objects.filter(kind=Event.Kind.PURCHASE, order=order[:64]).delete()[0]


def store_events(events: list[Event]) -> list[Event]:
    """Insert checked events in one statement."""
    return Event.objects.bulk_create(events)


def merge_visitor(*, visitor: str, customer: Any) -> int:
    """Give a visitor's events to the customer they turned out to be; how many there were."""
    if not visitor:
        return 0
    return Event.objects.filter(visitor=visitor, customer=None).update(customer=customer)


def _store_once(event: Event) -> Event | None:
    return event if _insert([event]) else None


def _insert(events: list[Event]) -> int:
    """Insert those whose reference is new; how many. bulk_create cannot say which rows a conflict left out."""
    if not events:
        return 0
    references = [event.reference for event in events if event.reference]
    known = set(Event.objects.filter(reference__in=references).values_list("reference", flat=True))
    fresh, seen = [], set(known)
    for event in events:
        if event.reference and event.reference in seen:
            continue
        seen.add(event.reference)
        fresh.append(event)
    Event.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
    return len(fresh)


def new_event(
    *,
    kind: str,
    customer: Any = None,
    visitor: str = "",
    product: Any = None,
    query: str = "",
    quantity: int = 1,
    unit_price: Decimal | None = None,
    slate: str = "",
    position: int | None = None,
    occurred_at: datetime | None = None,
    source: str = "shop",
    reference: str = "",
) -> Event:
    """A checked event that is not stored yet, as ``record_event`` would store it; whether its product exists is not
    looked up. Raises InvalidInput."""
    now = timezone.now()
    if kind not in Event.Kind.values:
        raise InvalidInput(f"unknown kind {str(kind)[:20]!r}")
    if kind in NEEDS_PRODUCT and product is None:
        raise InvalidInput(f"a {kind} needs a product")
    if kind == Event.Kind.SEARCH and not query.strip():
        raise InvalidInput("a search needs words")
    if customer is None and not visitor and kind != Event.Kind.PURCHASE:
        raise InvalidInput("neither customer nor visitor")
    if not 1 <= quantity <= 1_000_000:
        raise InvalidInput("quantity out of range")
    if occurred_at is not None and timezone.is_naive(occurred_at):
        raise InvalidInput("a time without a time zone")
    if occurred_at is not None and occurred_at > now + CLOCK_SKEW:
        raise InvalidInput("a time to come")
    product_id = product.pk if _is_row(product) else _product_key(product)
    order = ""
    if kind == Event.Kind.PURCHASE and reference:
        order, reference = reference[:64], purchase_reference(reference, product_id)
    return Event(
        kind=kind, customer_id=getattr(customer, "pk", customer), visitor=visitor[:40], product_id=product_id,
        query=query[:200].replace("\x00", ""), quantity=quantity, unit_price=unit_price, order=order, slate=slate[:40],
        position=position, occurred_at=occurred_at or now, source=source[:20], reference=reference[:120],
    )  # fmt: skip


def _is_row(product: Any) -> bool:
    return hasattr(product, "pk")


def _product_key(product: Any) -> Any:
    if product is None:
        return None
    try:
        return get_store().product_model._meta.pk.to_python(product)
    except (ValidationError, ValueError) as error:
        raise InvalidInput("unknown product") from error


def _known_products(keys: Iterable[Any]) -> set[Any]:
    keys = list(keys)
    return set(get_store().products().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def start_backfill_job(*, started_by: Any = None, since: datetime | None = None) -> Job:
    """A queued job that reads the shop's own history into events; the caller enqueues it."""
    return create_job(
        kind="events.backfill",
        title=gettext("Read the shop's history"),
        keys=("sales", "interactions"),
        started_by=started_by,
        params={"since": since.isoformat()} if since else {},
    )


def delete_old_events(*, older_than_days: int) -> int:
    """Forget events older than that; how many there were."""
    limit = timezone.now() - timedelta(days=older_than_days)
    return Event.objects.filter(occurred_at__lt=limit).delete()[0]
