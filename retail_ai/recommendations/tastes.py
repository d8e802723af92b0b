"""Keeps each customer's taste as a vector in pgvector: the weighted mean of the vectors of what they did lately."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
from django.db import connection
from django.utils import timezone
from numpy.typing import NDArray

from retail_ai.catalog.models import ProductVector, VectorSpace
from retail_ai.catalog.spaces import active_space
from retail_ai.conf import conf
from retail_ai.events.models import Event
from retail_ai.privacy.selectors import who_declined_tracking
from retail_ai.recommendations.categories import in_categories
from retail_ai.recommendations.models import CustomerTaste

WEIGHTS = {Event.Kind.VIEW.value: 1.0, Event.Kind.CART.value: 2.0, Event.Kind.PURCHASE.value: 3.0}
DECAY = 0.9
NEWEST = 40
_NEWEST = """
SELECT customer_id, product_id, kind FROM (
    SELECT customer_id, product_id, kind, row_number() OVER (PARTITION BY customer_id ORDER BY occurred_at DESC) AS age
    FROM retail_ai_event e
    WHERE customer_id IS NOT NULL AND kind = ANY(%s) AND product_id IS NOT NULL AND occurred_at <= now()
      AND NOT EXISTS (SELECT FROM retail_ai_unusedproduct u
                      WHERE u.customer_id = e.customer_id AND u.product_id = e.product_id)
      AND NOT EXISTS (SELECT FROM retail_ai_hiddenproduct h
                      WHERE h.customer_id = e.customer_id AND h.product_id = e.product_id)
) newest WHERE age <= %s ORDER BY customer_id, age
"""


def refresh_tastes() -> int:
    """Compute every customer's taste anew; how many have one. Without an indexed catalogue there are none."""
    space = active_space()
    if space is None:
        return 0
    vectors = _without_sensitive(_vectors(space))
    CustomerTaste.objects.filter(customer__in=who_declined_tracking().customers).delete()
    tastes = list(_tastes(vectors, space.identity))
    CustomerTaste.objects.bulk_create(
        tastes,
        update_conflicts=True,
        unique_fields=["customer"],
        update_fields=["embedder", "vector", "based_on", "updated_at"],
        batch_size=500,
    )
    return len(tastes)


def mean_vector(parts: list[tuple[NDArray[np.float32], float]]) -> NDArray[np.float32]:
    """(vector, weight) pairs → their weighted mean, brought to length 1."""
    total = np.sum([weight * vector for vector, weight in parts], axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)


def _vectors(space: VectorSpace) -> dict[Any, NDArray[np.float32]]:
    rows = ProductVector.objects.filter(space=space).values_list("product_id", "embedding")
    return {key: np.asarray(vector, dtype=np.float32) for key, vector in rows.iterator(chunk_size=2000)}


def _without_sensitive(vectors: dict[Any, NDArray[np.float32]]) -> dict[Any, NDArray[np.float32]]:
    """Nothing is inferred from sensitive categories: their products have no say in a taste."""
    sensitive = in_categories(vectors, conf.SENSITIVE_CATEGORIES)
    return {key: vector for key, vector in vectors.items() if key not in sensitive}


def _tastes(vectors: dict[Any, NDArray[np.float32]], identity: str) -> Iterator[CustomerTaste]:
    now = timezone.now()
    for customer, done in groupby(_newest_events(), key=lambda row: row[0]):
        parts = [
            (vectors[product], WEIGHTS[kind] * DECAY**age)
            for age, (_, product, kind) in enumerate(done)
            if product in vectors
        ]
        if parts:
            yield CustomerTaste(
                customer_id=customer, embedder=identity, vector=mean_vector(parts), based_on=len(parts), updated_at=now
            )


def _newest_events() -> list[tuple[Any, Any, str]]:
    """(customer, product, kind) of each customer's newest events, newest first."""
    kinds = [kind.value for kind in Event.HISTORY]
    declined = set(who_declined_tracking().customers)
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [kinds, NEWEST])
        return [row for row in cursor.fetchall() if row[0] not in declined]
