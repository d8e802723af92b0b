"""Lifts found products gently by what the shop would rather sell: popular, profitable, well stocked, new ones.

A boost says how far, as a share of the distance between the best and the middle hit, the product that is best by that
measure may rise over one that is worst. A product of which the measure is not known stays where it is, and so does
every product where all are alike: a shop without the data has the order of relevance alone.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.catalog.evidence import Evidence
from retail_ai.conf import conf
from retail_ai.stores import get_store

Numbers = NDArray[np.float64]
BOOSTS = ("popularity", "margin", "stock", "newness")
# Days after which half of a product's newness is gone.
NEW_FOR = 30.0
# Stock is asked of the shop for so many of the first hits: those behind them are not looked at.
STOCK_OF = 60


def boosted(scores: Numbers, kept: list[int], evidence: Evidence) -> Numbers:
    """The scores with boosts; ``kept``: places of the candidates that fit, best first."""
    boosts = {name: float(weight) for name, weight in conf.SEARCH["BOOSTS"].items() if weight and name in BOOSTS}
    if not boosts or len(kept) < 2:
        return scores
    signals = _signals(boosts, kept, evidence)
    distance = float(scores[kept].max() - np.median(scores[kept]))
    lifted = scores.copy()
    for name, weight in boosts.items():
        lifted[kept] += weight * distance * _around_the_middle(signals[name])
    return lifted


def _signals(boosts: Mapping[str, float], kept: list[int], evidence: Evidence) -> dict[str, Numbers]:
    popularity, margin, age = evidence.standing[kept].T
    newness: Numbers = 0.5 ** (np.maximum(age, 0) / NEW_FOR)
    signals = {"popularity": popularity, "margin": margin, "newness": newness}
    if "stock" in boosts:
        signals["stock"] = _stocks([evidence.keys[i] for i in kept])
    return signals


def _stocks(keys: list[Any]) -> Numbers:
    """The logarithm of what there is of each product now."""
    offers = get_store().offers(keys[:STOCK_OF])
    stocks = [offers[key].stock if key in offers else None for key in keys]
    return np.array([np.nan if stock is None else np.log1p(max(0, stock)) for stock in stocks], float)


def _around_the_middle(signal: Numbers) -> Numbers:
    """-½ to ½ by the measure, 0 for those of which it is not known, and for all where they are alike."""
    known = signal[np.isfinite(signal)]
    if len(known) < 2 or known.max() - known.min() < 1e-9:
        return np.zeros(len(signal))
    scaled = (signal - known.min()) / (known.max() - known.min()) - 0.5
    return np.where(np.isfinite(scaled), scaled, 0.0)
