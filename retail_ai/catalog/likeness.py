"""Measures how alike products of a space are that were taken at random: what is no more alike than that, is not alike.

Embedders differ in what a cosine means: with one, strangers have .1, with another .7. And a shop of shoes alone is all
alike. So a least likeness is a rank among the shop's own pairs, not a number.
"""

import numpy as np
from django.db import DEFAULT_DB_ALIAS, connections

from retail_ai.catalog.models import ProductVector, VectorSpace

SAMPLE = 500
# With fewer products every pair is among the nearest, and no limit makes sense.
FEWEST = 50


def measure_likeness() -> int:
    """Keep, with the active space, the percentiles (0 to 100) of the cosines of its pairs; how many products spoke."""
    space = VectorSpace.objects.filter(state=VectorSpace.State.ACTIVE).first()
    if space is None:
        return 0
    vectors = _sample(space)
    space.likeness = percentiles(vectors) if len(vectors) >= FEWEST else []
    space.save(update_fields=["likeness"])
    return len(vectors)


def percentiles(vectors: "np.ndarray[tuple[int, int], np.dtype[np.float32]]") -> list[float]:
    """Unit vectors (n, d), n > 1 → 101 percentiles of the cosines of all n (n − 1) / 2 pairs, rounded down: what is
    exactly as alike is alike enough."""
    first, second = np.triu_indices(len(vectors), k=1)
    cosines = (vectors @ vectors.T)[first, second]
    return [float(value) for value in np.floor(np.percentile(cosines, np.arange(101)) * 1e5) / 1e5]


def _sample(space: VectorSpace) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    """Vectors of products in an order that has nothing to do with what they are, and is always the same."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            f"SELECT product_id FROM {ProductVector._meta.db_table} WHERE space_id = %s"  # noqa: S608
            " ORDER BY hashtext(product_id::text), product_id LIMIT %s",
            [space.pk, SAMPLE],
        )
        keys = [key for (key,) in cursor.fetchall()]
    rows = ProductVector.objects.filter(space=space, product_id__in=keys).values_list("embedding", flat=True)
    return np.asarray([np.asarray(row, dtype=np.float32) for row in rows], dtype=np.float32).reshape(len(rows), -1)
