"""New products: a forecast from those most like them in the catalogue's vectors. A product that was offered for long
and never sold is not new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Min

from retail_ai.catalog.models import ProductVector
from retail_ai.catalog.spaces import active_space
from retail_ai.engine.cold_start import start_level, weights_of, with_own
from retail_ai.engine.demand import DAYS
from retail_ai.engine.panel import Floats
from retail_ai.inventory.models import StockSnapshot
from retail_ai.inventory.training import Prepared
from retail_ai.stores import get_store

NEW_WEEKS = 8
# Weeks of own sales from which a product stands on its own feet, and that a look-alike must have.
GROWN, LOOK_ALIKE_WEEKS = 6, 12
NEIGHBOURS = 8
KEPT = 5


@dataclass(frozen=True, slots=True)
class Start:
    """Expected units a week, and whom that was learned from: (key, weight), nearest first."""

    level: float
    look_alikes: list[tuple[str, float]]


def starts(keys: Iterable[Any], prepared: Prepared) -> dict[str, Start]:
    """Of these products the new ones, by key as text. Empty without an index of the catalogue."""
    fresh = _new(list(keys), prepared)
    space = active_space() if fresh else None
    if not fresh or space is None or not prepared.made:
        return {}
    teachers = _teachers(prepared)
    known, vectors = _vectors(space.pk, list(teachers))
    wanted, own = _vectors(space.pk, list(fresh))
    if not len(known) or not len(wanted):
        return {}
    prices = _prices([*known, *wanted])
    levels = np.array([teachers[key] for key in known])
    similarity = own @ vectors.T
    return {key: _start(similarity[n], known, levels, prices, key, prepared) for n, key in enumerate(wanted)}


def _start(
    similarity: Floats, known: list[str], levels: Floats, prices: dict[str, float], key: str, prepared: Prepared
) -> Start:
    near = np.argsort(-similarity)[:NEIGHBOURS]
    gaps = np.array([abs(np.log(prices.get(known[n], np.nan) / prices.get(key, np.nan))) for n in near])
    weights = weights_of(similarity[near], gaps)
    level = start_level(weights, levels[near])
    row = prepared.history.numbers.get(key)
    if row is not None:
        values = prepared.history.panel.values[row]
        level = with_own(level, values[~np.isnan(values)])
    pairs = sorted(zip(weights, near, strict=True), reverse=True)[:KEPT]
    return Start(level, [(known[n], round(float(weight), 3)) for weight, n in pairs])


def _new(keys: list[Any], prepared: Prepared) -> set[str]:
    """Those first offered or first sold a few weeks ago at most."""
    history = prepared.history
    since = {str(key): day for key, day in get_store().offered_since(keys).items()}
    since = {**_first_seen(keys), **since}
    recent = history.origin - timedelta(weeks=NEW_WEEKS)
    found = set()
    for key in map(str, keys):
        row = history.numbers.get(key)
        if row is not None:
            weeks = int((~np.isnan(history.panel.values[row])).sum())
            if weeks < GROWN and history.weeks > NEW_WEEKS + weeks:
                found.add(key)
        elif key in since and since[key] >= recent:
            found.add(key)
    return found


def _first_seen(keys: list[Any]) -> dict[str, date]:
    """First snapshot of each product, of those that were not there when the first of all was taken."""
    begun = StockSnapshot.objects.aggregate(day=Min("day"))["day"]
    if begun is None:
        return {}
    rows = StockSnapshot.objects.filter(product_id__in=keys).values_list("product_id").annotate(day=Min("day"))
    return {str(key): day for key, day in rows if day > begun + timedelta(days=DAYS)}


def _teachers(prepared: Prepared) -> dict[str, float]:
    """Expected units a week of products with a past long enough to learn from."""
    known = (~np.isnan(prepared.history.panel.values)).sum(axis=1)
    return {
        key: float(prepared.made[row].mean.mean())
        for key, row in prepared.history.numbers.items()
        if known[row] >= LOOK_ALIKE_WEEKS
    }


def _vectors(space: int, keys: list[str]) -> tuple[list[str], Floats]:
    rows = list(
        ProductVector.objects.filter(space_id=space, product_id__in=keys).values_list("product_id", "embedding")
    )
    return [str(key) for key, _ in rows], np.array([vector for _, vector in rows], dtype=float)


def _prices(keys: list[str]) -> dict[str, float]:
    offers = get_store().offers(keys)
    return {
        str(key): float(offer.price.amount) for key, offer in offers.items() if offer.price and offer.price.amount > 0
    }
