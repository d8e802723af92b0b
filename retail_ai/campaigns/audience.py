"""Who a segment means, and who of them may be mailed at this moment. Reads only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from retail_ai.campaigns.models import Segment
from retail_ai.campaigns.wanting import would_want
from retail_ai.engine.facts import Contact
from retail_ai.events.models import Event
from retail_ai.privacy.selectors import who_declined_tracking, withdrawn
from retail_ai.recommendations.sensitive import without_sensitive_keys
from retail_ai.stores import get_store

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Audience:
    """How many customers the rules mean, and how many of them may be mailed."""

    matching: int
    contacts: int


def audience_of(segment: Segment) -> Audience:
    """Apply the rules, then ask the shop and the consents who may be mailed."""
    customers = members(segment)
    return Audience(len(customers), sum(1 for _ in mailable(customers)))


def members(segment: Segment) -> list[Any]:
    """Keys of customers for whom every given rule holds; where products are named, the likeliest to want one first."""
    found = _by_rules(segment)
    wanted = list(segment.wanted.values_list("product", flat=True)) if segment.pk else []
    if not wanted:
        return list(found)
    allowed = set(found)
    return [customer for customer, _ in would_want(wanted) if customer in allowed][: segment.at_most]


def _by_rules(segment: Segment) -> QuerySet[Any, Any]:
    now = timezone.now()
    bought = Event.objects.filter(kind=Event.Kind.PURCHASE, customer__isnull=False).order_by()
    found = bought.values("customer").annotate(orders=Count("order", distinct=True), last=Max("occurred_at"))
    if segment.min_orders:
        found = found.filter(orders__gte=segment.min_orders)
    if segment.lapsed_days is not None:
        found = found.filter(last__lt=now - timedelta(days=segment.lapsed_days))
    if segment.category or segment.bought_within_days is not None:
        which = bought
        if segment.category:
            # To choose by what somebody bought is to suggest from it, which they may decline.
            which = which.filter(product__in=products_in(segment.category))
            which = which.exclude(customer__in=who_declined_tracking().customers)
        if segment.bought_within_days is not None:
            which = which.filter(occurred_at__gte=now - timedelta(days=segment.bought_within_days))
        found = found.filter(customer__in=which.values("customer"))
    return found.order_by("customer").values_list("customer", flat=True)


def products_in(category: str) -> list[Any]:
    """Keys of products in a category or below it, by name; none of a category that the shop names sensitive."""
    store, wanted = get_store(), category.strip().casefold()
    found = [
        product.pk
        for product in store.products().iterator(chunk_size=BATCH)
        if wanted in (name.casefold() for name in store.category_path(product))
    ]
    return without_sensitive_keys(found)


def mailable(customers: Iterable[Any]) -> Iterator[Contact]:
    """Contacts of those of the customers who may be mailed: the shop says so and nothing was withdrawn here. Each
    address comes once. Customers are read in batches, so that a million of them need little memory."""
    seen: set[str] = set()
    remaining = iter(customers)
    while keys := list(islice(remaining, BATCH)):
        said_no = withdrawn(keys)
        for contact in get_store().contacts([key for key in keys if key not in said_no]):
            address = contact.email.casefold()
            if address and contact.customer not in said_no and address not in seen:
                seen.add(address)
                yield contact
