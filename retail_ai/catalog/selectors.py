"""Reads of the catalog room: facts of products and nearest products by vector, under any filter of the shop."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from numpy.typing import ArrayLike

from retail_ai.catalog.distance import SpaceChanged, nearest_keys
from retail_ai.catalog.models import ProductVector, VectorSpace
from retail_ai.catalog.spaces import active_space, embedder_of, likely_space
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
    vector: ArrayLike | None = None,
    product: Any = None,
    text: str | None = None,
    products: QuerySet[Any] | None = None,
    limit: int = 10,
    space: VectorSpace | None = None,
) -> list[Neighbour]:
    """The products nearest to a vector, a product (itself left out) or a text, best first.

    ``products`` is any queryset on the shop's product model (default: what can be bought now) and is applied in the
    same SQL. Fewer than ``limit`` come back only where fewer match. Empty without index, or, for a ``text``, without
    the embedder that made the index.
    """
    if limit < 1:
        return []
    products = get_store().sellable() if products is None else products
    wish = _Wish(vector, product, text, products if product is None else products.exclude(pk=product.pk), limit)
    if space is not None:
        return _nearest(wish, space, must_serve=False)
    try:
        return _nearest(wish, likely_space(), must_serve=True)
    except SpaceChanged:
        return _nearest(wish, active_space(), must_serve=False)


@dataclass(frozen=True, slots=True)
class _Wish:
    vector: ArrayLike | None
    product: Any
    text: str | None
    products: QuerySet[Any]
    limit: int

    def vector_in(self, space: VectorSpace) -> ArrayLike | None:
        if self.product is not None:
            return _vector_of(self.product, space)
        return self.vector if self.text is None else _embed(self.text, space)


def _nearest(wish: _Wish, space: VectorSpace | None, *, must_serve: bool) -> list[Neighbour]:
    vector = wish.vector_in(space) if space else None
    if space is None or vector is None:
        if must_serve and space is not None:
            raise SpaceChanged
        return []
    found = nearest_keys(vector, wish.products, wish.limit, space, must_serve=must_serve)
    return _as_products(found, wish.products)


def _vector_of(product: Any, space: VectorSpace) -> ArrayLike | None:
    rows = ProductVector.objects.filter(space=space, product_id=product.pk)
    return rows.values_list("embedding", flat=True).first()


def _embed(text: str, space: VectorSpace) -> ArrayLike | None:
    embedder = embedder_of(space)
    return None if embedder is None else embedder.embed([text])[0]


def _as_products(found: list[tuple[Any, float]], products: QuerySet[Any]) -> list[Neighbour]:
    rows = {row.pk: row for row in only(products, [key for key, _ in found])}
    return [Neighbour(rows[key], score) for key, score in found if key in rows]


def only(products: QuerySet[Any], keys: list[Any]) -> QuerySet[Any]:
    """Those of the products, with all that their queryset loads beside them, where it can be filtered further."""
    query = products.query
    if query.is_sliced or query.combinator or query.distinct_fields or products._fields is not None:  # type: ignore[attr-defined]
        products = products.model._default_manager.all()
    return products.order_by().filter(pk__in=keys)
