"""What all chunks of a forecast job share: the history, the model over all products, and totals that agree with them.

It keeps nothing: see prepared.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from retail_ai.backends.forecasters.classical import methods_for
from retail_ai.backends.forecasters.trees import tree_learner
from retail_ai.conf import conf
from retail_ai.engine.forecast_values import SeriesForecast
from retail_ai.engine.forecasting import fit
from retail_ai.engine.hierarchy import Agreed, agree
from retail_ai.engine.panel import Floats
from retail_ai.inventory.history import History
from retail_ai.inventory.opening import as_if_open, in_open_days, sums_in_open_days
from retail_ai.stores import get_store

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Prepared:
    """Forecasts by product's number in ``history``; ``categories`` names each of ``agreed.groups`` but the last."""

    history: History
    made: list[SeriesForecast]
    categories: tuple[str, ...]
    members: Floats
    agreed: Agreed | None

    def of(self, key: str) -> SeriesForecast | None:
        """A product's forecast; None for one that never sold."""
        row = self.history.numbers.get(key)
        return None if row is None or not self.made else self.made[row]


def prepare(history: History, weeks: int) -> Prepared:
    """Fit the model over all products and forecast them, categories and the shop."""
    if not history.numbers:
        return Prepared(history, [], (), np.zeros(0), None)
    names, members = _categories(history.numbers)
    panel = as_if_open(replace(history.panel, groups=members))
    methods = methods_for(panel, weeks)
    forecaster = fit(panel, horizon=weeks, methods=methods, learner=tree_learner(conf.THREADS))
    full = forecaster.forecast(panel)
    agreed = sums_in_open_days(agree(panel, forecaster, full, methods), history.panel)
    made = in_open_days(full, history.panel)
    return Prepared(history, [_moved(*pair) for pair in zip(made, agreed.mean, strict=True)], names, members, agreed)


def _categories(numbers: dict[str, int]) -> tuple[tuple[str, ...], Any]:
    """Names of the categories, and the number of each product's own; products the shop no longer has share one."""
    paths = category_names(list(numbers))
    names = sorted({paths.get(key, "") for key in numbers})
    place = {name: number for number, name in enumerate(names)}
    members = np.array([place[paths.get(key, "")] for key in numbers], dtype=np.int64)
    return tuple(names), members


def category_names(keys: list[str]) -> dict[str, str]:
    """Each product's category, with those above it; of products that the shop has."""
    store = get_store()
    return {str(product.pk): " › ".join(store.category_path(product))[:200] for product in _products(keys)}


def _products(keys: list[str]) -> Iterable[Any]:
    products = get_store().products()
    for first in range(0, len(keys), BATCH):
        yield from products.filter(pk__in=keys[first : first + BATCH])


def _moved(one: SeriesForecast, mean: Floats) -> SeriesForecast:
    """The forecast around the mean that agrees with the totals."""
    return replace(one, mean=mean, bands=np.maximum(one.bands + (mean - one.mean)[None, :], 0.0))
