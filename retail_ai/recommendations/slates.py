"""The slates: which products, in which order, for which true reason. Each asks the shop what can be sold right now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import QuerySet

from retail_ai.catalog.models import ProductVector
from retail_ai.catalog.selectors import nearest_products
from retail_ai.catalog.spaces import active_space
from retail_ai.engine.fusion import Evidence, fuse
from retail_ai.recommendations import reasons
from retail_ai.recommendations.history import Past
from retail_ai.recommendations.models import CustomerTaste, Neighbour, Popularity, Release
from retail_ai.recommendations.tastes import mean_vector
from retail_ai.stores import get_store

# How serving weighs a history: as the model was trained and measured.
DECAY, WINDOW = 0.8, 30
FOR_YOU = {"next": 1.0, "content": 0.4}
# A page's "similar products" are alternatives: what reads alike counts as much as what people went on to.
SIMILAR = {"next": 1.0, "content": 1.0}
TOGETHER = {"together": 1.0}
# Vectors of so many of the newest products make up the taste of the moment.
TASTE_OF = 8


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A product to show, its score within its slate, and why it is shown, in the shopper's language.

    ``is_popular``: it is shown because many wanted it, for want of anything known of this shopper.
    """

    product: Any
    score: float
    reason: str
    is_popular: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What a slate is made from."""

    past: Past
    limit: int
    product: Any = None
    customer: Any = None

    def sellable(self, *, also_without: Iterable[Any] = ()) -> QuerySet[Any]:
        blocked = {*self.past.blocked, *also_without}
        products = get_store().sellable()
        return products.exclude(pk__in=blocked) if blocked else products


def similar(wish: Wish) -> list[Recommendation]:
    """What people went on to, and what reads alike."""
    if wish.product is None:
        return []
    key = wish.product.pk
    products = wish.sellable(also_without=[key])
    links = _links(Neighbour.Kind.NEXT, [key], products)
    evidence = [Evidence(candidate, "next", key, score) for _, candidate, score, _ in links]
    chosen = {candidate for _, candidate, _, support in links if support}
    near = nearest_products(product=wish.product, products=products, limit=2 * wish.limit)
    evidence += [Evidence(found.product.pk, "content", key, found.score) for found in near]

    def reason(best: Evidence, title: str) -> str:
        # A link may rest on content alone: then nobody chose the one after the other.
        return reasons.because(best.kind if best.candidate in chosen else "content", title)

    return _finish(wish, evidence, SIMILAR, reason)


def bought_together(wish: Wish) -> list[Recommendation]:
    """What was in the same orders more often than chance would have it."""
    if wish.product is None:
        return []
    key = wish.product.pk
    links = _links(Neighbour.Kind.TOGETHER, [key], wish.sellable(also_without=[key]))
    evidence = [Evidence(candidate, "together", key, score) for _, candidate, score, _ in links]
    return _finish(wish, evidence, TOGETHER, lambda best, title: reasons.because("together", title))


def for_you(wish: Wish) -> list[Recommendation]:
    """From the last events, so that a click changes the next page; else the stored taste; else what is popular."""
    deeds = wish.past.deeds[:WINDOW]
    if not deeds:
        return by_taste(wish) or popular(wish)
    kinds = {deed.product: deed.kind for deed in deeds}
    weights = {deed.product: DECAY**age for age, deed in enumerate(deeds)}
    products = wish.sellable(also_without=kinds)
    evidence = [
        Evidence(candidate, "next", source, score * weights[source])
        for source, candidate, score, _ in _links(Neighbour.Kind.NEXT, list(kinds), products)
    ]
    evidence += _content(weights, products, 2 * wish.limit)

    def reason(best: Evidence, title: str) -> str:
        return reasons.because("content" if best.kind == "content" else "deed", title, kinds[best.cause])

    return _finish(wish, evidence, FOR_YOU, reason) or popular(wish)


def by_taste(wish: Wish) -> list[Recommendation]:
    """Products near a customer's stored taste vector."""
    space = active_space() if wish.customer is not None else None
    taste = CustomerTaste.objects.filter(customer=wish.customer, embedder=space.identity).first() if space else None
    if taste is None:
        return []
    near = nearest_products(vector=taste.vector, products=wish.sellable(), limit=wish.limit)
    return [Recommendation(found.product, found.score, reasons.taste()) for found in near if found.score > 0]


def popular(wish: Wish) -> list[Recommendation]:
    """What most people wanted lately."""
    products = wish.sellable()
    wanted = Popularity.objects.filter(product__in=products.order_by().values("pk"))
    rows = list(wanted.order_by("-week", "-month", "-overall")[: wish.limit])
    found = {product.pk: product for product in products.filter(pk__in=[row.product_id for row in rows])}
    return [
        Recommendation(found[row.product_id], row.week or row.month or row.overall, reasons.popular_since(row), True)
        for row in rows
        if row.product_id in found
    ]


def recently_viewed(wish: Wish) -> list[Recommendation]:
    """What this person looked at last, without the product they are looking at now."""
    wanted = [deed.product for deed in wish.past.deeds if wish.product is None or deed.product != wish.product.pk]
    products = get_store().visible().filter(pk__in=wanted[: 3 * wish.limit])
    found = {product.pk: product for product in products}
    shown = [found[key] for key in wanted if key in found][: wish.limit]
    return [Recommendation(product, 1 / (place + 1), reasons.viewed()) for place, product in enumerate(shown)]


SLATES: dict[str, Callable[[Wish], list[Recommendation]]] = {
    "similar": similar,
    "for_you": for_you,
    "bought_together": bought_together,
    "recently_viewed": recently_viewed,
    "popular": popular,
}


def _links(kind: str, sources: list[Any], products: QuerySet[Any]) -> list[tuple[Any, Any, float, int]]:
    """(source, neighbour, score, support) of the serving release, to products of the queryset only."""
    serving = Release.objects.filter(state=Release.State.SERVING).values("pk")
    rows = Neighbour.objects.filter(
        release__in=serving, kind=kind, product__in=sources, neighbour__in=products.order_by().values("pk")
    )
    return list(rows.values_list("product_id", "neighbour_id", "score", "support"))


def _content(weights: dict[Any, float], products: QuerySet[Any], limit: int) -> list[Evidence]:
    """Products near the taste of the moment, each with what every product of the history gave to its nearness."""
    space = active_space()
    if space is None:
        return []
    causes = _vectors(space, list(weights)[:TASTE_OF])
    if not causes:
        return []
    taste = mean_vector([(vector, weights[key]) for key, vector in causes.items()])
    near = [found.product.pk for found in nearest_products(vector=taste, products=products, limit=limit, space=space)]
    return [
        Evidence(key, "content", cause, weights[cause] * float(vector @ causes[cause]))
        for key, vector in _vectors(space, near).items()
        for cause in causes
    ]


def _vectors(space: Any, keys: list[Any]) -> dict[Any, Any]:
    rows = ProductVector.objects.filter(space=space, product__in=keys).values_list("product_id", "embedding")
    found = {key: np.asarray(vector, dtype=np.float32) for key, vector in rows}
    return {key: found[key] for key in keys if key in found}


def _title(product: Any) -> str:
    return get_store().facts(product).title


def _finish(
    wish: Wish, evidence: list[Evidence], weights: dict[str, float], reason: Callable[[Evidence, str], str]
) -> list[Recommendation]:
    """The best of the candidates, which the evidence was already limited to by the shop's own rows."""
    ranked = fuse(evidence, weights)[: wish.limit]
    wanted = {key for best in ranked for key in (best.candidate, best.strongest.cause)}
    found = {product.pk: product for product in get_store().products().filter(pk__in=wanted)} if wanted else {}
    return [
        Recommendation(found[best.candidate], best.score, reason(best.strongest, _title(found[best.strongest.cause])))
        for best in ranked
        if best.candidate in found and best.strongest.cause in found
    ]
