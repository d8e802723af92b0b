"""Reads events into what training needs: sequences of item numbers and baskets, cleaned. It trains nothing."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.facts import ProductKey
from retail_ai.events.models import Event
from retail_ai.privacy.selectors import who_declined_tracking
from retail_ai.stores import get_store

Items = NDArray[np.int64]
# More events than this from one person are no person's.
MOST_EVENTS = 3000


@dataclass(slots=True)
class History:
    """``people``: (item numbers, times as seconds since 1970), oldest first. ``baskets``: items of each order."""

    keys: list[ProductKey] = field(default_factory=list)
    people: list[tuple[Items, NDArray[np.float64]]] = field(default_factory=list)
    baskets: list[Items] = field(default_factory=list)
    events: int = 0
    first: datetime | None = None
    last: datetime | None = None
    dropped_as_bots: int = 0

    @property
    def sequences(self) -> list[Items]:
        return [items for items, _ in self.people]

    def until(self, moment: float) -> list[Items]:
        """Each person's items before a moment."""
        return [items[: np.searchsorted(times, moment)] for items, times in self.people]


def collect_history() -> History:
    """Views, carts and purchases of everyone who may be tracked; returns, repeats in a row and bots left out."""
    history = History(keys=list(get_store().products().order_by("pk").values_list("pk", flat=True)))
    number = {key: place for place, key in enumerate(history.keys)}
    returned = _returned()
    people: dict[Any, list[tuple[int, float]]] = defaultdict(list)
    baskets: dict[str, set[int]] = defaultdict(set)
    for customer, visitor, product, kind, order, moment in _rows():
        if product not in number or (kind == Event.Kind.PURCHASE and (customer, product) in returned):
            continue
        if order and kind == Event.Kind.PURCHASE:
            baskets[order].add(number[product])
        person = ("c", customer) if customer is not None else ("v", visitor)
        if person[1]:
            people[person].append((number[product], moment.timestamp()))
        history.first = history.first or moment
        history.last, history.events = moment, history.events + 1
    history.people = list(_cleaned(people, history))
    history.baskets = [np.array(sorted(items)) for items in baskets.values() if len(items) <= 100]
    return history


def _rows() -> Iterator[tuple[Any, ...]]:
    declined = who_declined_tracking()
    rows = (
        Event.objects.filter(kind__in=Event.HISTORY, product__isnull=False)
        .exclude(customer__in=declined.customers)
        .exclude(customer=None, visitor__in=declined.visitors)
    )
    fields = ("customer_id", "visitor", "product_id", "kind", "order", "occurred_at")
    return iter(rows.order_by("occurred_at", "pk").values_list(*fields).iterator(chunk_size=20_000))


def _returned() -> set[tuple[Any, Any]]:
    rows = Event.objects.filter(kind=Event.Kind.RETURN, customer__isnull=False)
    return set(rows.values_list("customer_id", "product_id"))


def _cleaned(
    people: dict[Any, list[tuple[int, float]]], history: History
) -> Iterator[tuple[Items, NDArray[np.float64]]]:
    for done in people.values():
        if len(done) > MOST_EVENTS:
            history.dropped_as_bots += 1
            continue
        items = np.array([item for item, _ in done], dtype=np.int64)
        changed = np.append(True, items[1:] != items[:-1])
        yield items[changed], np.array([moment for _, moment in done])[changed]
