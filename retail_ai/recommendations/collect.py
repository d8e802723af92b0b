"""Reads events into what training needs: cleaned sequences of item numbers, and baskets. It trains nothing."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.utils import timezone

from retail_ai.engine.cleaning import Cleaned, Deed, clean
from retail_ai.engine.facts import ProductKey
from retail_ai.events.models import Event
from retail_ai.privacy.selectors import who_declined_tracking
from retail_ai.stores import get_store


@dataclass(frozen=True, slots=True)
class History:
    """``keys``: the product of each item number. ``groups``: its category's number. ``cleaned``: what people did."""

    keys: list[ProductKey]
    groups: "np.ndarray[Any, np.dtype[np.int64]]"
    cleaned: Cleaned

    @property
    def first(self) -> datetime | None:
        return self._moment(min)

    @property
    def last(self) -> datetime | None:
        return self._moment(max)

    def _moment(self, pick: Any) -> datetime | None:
        ends = [moment for own in self.cleaned.times if len(own) for moment in (own[0], own[-1])]
        return datetime.fromtimestamp(pick(ends), UTC) if ends else None


def collect_history() -> History:
    """Views, carts and purchases of everyone who may be tracked, cleaned; what was left out is counted by reason."""
    store = get_store()
    keys, categories = list[ProductKey](), list[tuple[str, ...]]()
    for product in store.products().order_by("pk").iterator(chunk_size=2_000):
        keys.append(product.pk)
        categories.append(store.category_path(product))
    number: dict[Hashable, int] = {key: place for place, key in enumerate(keys)}
    testers = {("c", key) for key in store.test_customers()}
    cleaned = clean(_deeds(), number, now=timezone.now().timestamp(), returned=_returned(), testers=testers)
    places = {path: place for place, path in enumerate(dict.fromkeys(categories))}
    groups = np.array([places[path] for path in categories], dtype=np.int64)
    return History(keys, groups, cleaned)


def _deeds() -> Iterator[Deed]:
    declined = who_declined_tracking()
    rows = (
        Event.objects.filter(kind__in=Event.HISTORY, product__isnull=False)
        .exclude(customer__in=declined.customers)
        .exclude(customer=None, visitor__in=declined.visitors)
        .exclude(customer=None, visitor="")
    )
    fields = ("customer_id", "visitor", "product_id", "kind", "order", "occurred_at")
    for customer, visitor, product, kind, order, moment in (
        rows.order_by("occurred_at", "pk").values_list(*fields).iterator(chunk_size=20_000)
    ):
        person = ("c", customer) if customer is not None else ("v", visitor)
        yield Deed(person, product, kind, order, moment.timestamp())


def _returned() -> set[tuple[Any, Any]]:
    rows = Event.objects.filter(kind=Event.Kind.RETURN, customer__isnull=False)
    return {(("c", customer), product) for customer, product in rows.values_list("customer_id", "product_id")}
