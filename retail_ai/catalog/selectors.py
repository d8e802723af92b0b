"""Reads of the catalog room: facts of products and nearest products by vector, under any filter of the shop."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db.models import QuerySet
from pgvector.django import MaxInnerProduct

from retail_ai.backends import get_embedder
from retail_ai.catalog.models import ProductVector, VectorSpace
from retail_ai.catalog.spaces import active_space
from retail_ai.engine.facts import ProductFacts, ProductKey
from retail_ai.stores import get_store


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A product of the shop and its cosine with what was asked, -1 to 1."""

    product: Any
    score: float


def facts_of(products: Iterable[Any]) -> dict[ProductKey, ProductFacts]:
    """Facts by key of product instances, or of a queryset, with what reviewers say read in one go."""
    store = get_store()
    if isinstance(products, QuerySet):
        products = products.select_related(*store.select_related)
    facts = {product.pk: store.facts(product) for product in products}
    for key, (gist, rating, count) in store.review_gists(list(facts)).items():
        if key in facts:
            facts[key] = replace(facts[key], review_gist=gist, rating=rating, review_count=count)
    return facts


def nearest_products(
    *,
    vector: Any = None,
    product: Any = None,
    text: str | None = None,
    products: QuerySet[Any] | None = None,
    limit: int = 10,
    space: VectorSpace | None = None,
) -> list[Neighbour]:
    """The products nearest to a vector, a product or a text, best first, out of any queryset of products."""
    store = get_store()
    space = space or active_space()
    if space is None or limit < 1:
        return []
    products = store.sellable() if products is None else products
    if product is not None:
        row = ProductVector.objects.filter(space=space, product_id=product.pk).first()
        if row is None:
            return []
        vector, products = row.embedding, products.exclude(pk=product.pk)
    elif text is not None:
        vector = get_embedder().embed([text])[0]
    found = (
        products.filter(retail_ai_vectors__space_id=space.pk)
        .annotate(retail_ai_distance=MaxInnerProduct("retail_ai_vectors__embedding", np.asarray(vector)))
        .order_by("retail_ai_distance")[:limit]
    )
    return [Neighbour(p, -p.retail_ai_distance) for p in found]
