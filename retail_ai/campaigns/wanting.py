"""Who would want certain products: customers who bought what leads to them or is like them, and not yet the products
themselves. Reads only; what somebody hid, will not have used, or the shop named sensitive, counts for nothing, and so
does all that those did who declined."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from retail_ai.catalog.selectors import nearest_products
from retail_ai.events.models import Event
from retail_ai.privacy.selectors import who_declined_tracking
from retail_ai.recommendations.models import HiddenProduct, Neighbour, UnusedProduct
from retail_ai.recommendations.selectors import serving_release
from retail_ai.recommendations.sensitive import without_sensitive_keys
from retail_ai.stores import get_store

DAYS = 730
# Of each kind of neighbour so many are looked at.
NEAR = 30
# A likeness in words counts half of what people did; below the least it is none.
LIKENESS, LEAST_LIKE = 0.5, 0.35
Pair = tuple[Any, Any]


def would_want(products: Iterable[Any], *, days: int = DAYS) -> list[tuple[Any, float]]:
    """(customer, score) by keys, likeliest first: how strongly what they bought within ``days`` points to the one of
    ``products`` (keys) that they want most."""
    wanted = without_sensitive_keys(products)
    links = _links(wanted)
    bought = Event.objects.filter(
        kind=Event.Kind.PURCHASE, customer__isnull=False, occurred_at__gte=timezone.now() - timedelta(days=days),
        product__in=without_sensitive_keys(links),
    ).exclude(customer__in=who_declined_tracking().customers).order_by()  # fmt: skip
    unused = set(UnusedProduct.objects.filter(customer__isnull=False).values_list("customer", "product"))
    done = _have_or_hide(wanted)
    scores: dict[Pair, float] = defaultdict(float)
    for customer, product in bought.values_list("customer", "product").distinct():
        if (customer, product) in unused:
            continue
        for target, score in links[product].items():
            if (customer, target) not in done:
                scores[customer, target] += score
    best: dict[Any, float] = defaultdict(float)
    for (customer, _), score in scores.items():
        best[customer] = max(best[customer], score)
    return sorted(best.items(), key=lambda pair: (-pair[1], str(pair[0])))


def _links(wanted: list[Any]) -> dict[Any, dict[Any, float]]:
    """What leads to each wanted product: {product bought: {wanted product: score up to 1}}."""
    found: dict[Any, dict[Any, float]] = defaultdict(lambda: defaultdict(float))
    for product, target, score in [*_chosen_next(wanted), *_alike(wanted)]:
        if product != target:
            found[product][target] = max(found[product][target], score)
    return found


def _chosen_next(wanted: list[Any]) -> list[tuple[Any, Any, float]]:
    """By the release in service, the strongest first; a kind's scores are told beside its strongest."""
    release = serving_release()
    if release is None:
        return []
    rows: dict[tuple[Any, str], list[tuple[Any, float]]] = defaultdict(list)
    found = Neighbour.objects.filter(release=release, neighbour__in=wanted, score__gt=0).order_by("-score")
    for product, target, kind, score in found.values_list("product", "neighbour", "kind", "score"):
        rows[target, kind].append((product, score))
    return [
        (product, target, score / near[0][1]) for (target, _), near in rows.items() for product, score in near[:NEAR]
    ]


def _alike(wanted: list[Any]) -> list[tuple[Any, Any, float]]:
    """By the catalogue's vectors; nothing without an index."""
    store = get_store()
    found = []
    for target in store.products().filter(pk__in=wanted):
        for near in nearest_products(product=target, products=store.products(), limit=NEAR):
            if near.score >= LEAST_LIKE:
                found.append((near.product.pk, target.pk, LIKENESS * near.score))
    return found


def _have_or_hide(wanted: list[Any]) -> set[Pair]:
    """(customer, product) that bought it, or said they are not interested."""
    bought = Event.objects.filter(kind=Event.Kind.PURCHASE, customer__isnull=False, product__in=wanted).order_by()
    hidden = HiddenProduct.objects.filter(customer__isnull=False, product__in=wanted).order_by()
    return {*bought.values_list("customer", "product"), *hidden.values_list("customer", "product")}
