"""Counts anew how each product stands in the shop: how much it is wanted, what share of its price stays, since when it
is offered. Whatever the shop does not know stays empty, and an empty value lifts nothing."""

from datetime import date
from decimal import Decimal
from math import log1p
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from retail_ai.catalog.search_models import ProductStanding
from retail_ai.events.models import Event
from retail_ai.stores import get_store

# Popularity is that of so many days; a purchase weighs as much as three visits.
DAYS = 90
_WANTED = """
SELECT product_id, sum(weight) FROM (
    SELECT product_id, max(CASE kind WHEN 'purchase' THEN 3 WHEN 'cart' THEN 2 ELSE 1 END) AS weight FROM {event}
    WHERE kind IN ('view', 'cart', 'purchase') AND product_id IS NOT NULL
      AND occurred_at > now() - make_interval(days => %s)
    GROUP BY product_id, COALESCE(customer_id::text, NULLIF(visitor, ''), "order")
) AS people GROUP BY product_id
"""


@transaction.atomic
def refresh_standing() -> int:
    """Count; how many products something is known of."""
    store = get_store()
    keys = list(store.products().order_by().values_list("pk", flat=True))
    wanted, margins, since = _popularities(), _margins(keys), _since(keys)
    rows = [
        ProductStanding(product_id=key, popularity=wanted.get(key), margin=margins.get(key), since=since.get(key))
        for key in keys
        if key in wanted or key in margins or key in since
    ]
    ProductStanding.objects.all().delete()
    ProductStanding.objects.bulk_create(rows, batch_size=1_000)
    return len(rows)


def _popularities() -> dict[Any, float]:
    """By product, 0 to 1: the logarithm of how many people wanted it, as a share of the most wanted one's."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(_WANTED.format(event=connection.ops.quote_name(Event._meta.db_table)), [DAYS])
        people = {key: float(count) for key, count in cursor.fetchall()}
    most = max(people.values(), default=0.0)
    return {key: log1p(count) / log1p(most) for key, count in people.items()}


def _margins(keys: list[Any]) -> dict[Any, float]:
    """By product, the share of the price that is left when the product is paid for; costs in other currencies and
    products without a price are left out."""
    store = get_store()
    known = set(keys)
    costs: dict[Any, Decimal] = {}
    for terms in store.purchase_terms():
        cost = terms.unit_cost
        if cost and cost > 0 and terms.currency in ("", store.currency) and terms.product in known:
            costs[terms.product] = min(cost, costs.get(terms.product, cost))
    margins = {}
    for product in store.products().filter(pk__in=list(costs)) if costs else ():
        price = store.price(product)
        if price is not None and price.amount > 0:
            margins[product.pk] = max(-1.0, 1 - float(costs[product.pk] / price.amount))
    return margins


def _since(keys: list[Any]) -> dict[Any, date]:
    store = get_store()
    since = dict(store.offered_since(keys))
    if not since and store.created_field:
        rows = store.products().order_by().values_list("pk", store.created_field)
        since = {key: getattr(moment, "date", lambda moment=moment: moment)() for key, moment in rows if moment}
    return since
