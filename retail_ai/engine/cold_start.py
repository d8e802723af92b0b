"""A product without sales of its own starts from those most like it. It looks up no product."""

import numpy as np

from retail_ai.engine.panel import Floats

SHARPNESS = 12.0
# Weeks of a product's own sales after which they count as much as its look-alikes'.
OWN_WEEKS = 4.0
PRICE_REACH = 0.7


def weights_of(similarity: Floats, price_gap: Floats | None = None) -> Floats:
    """(k,) cosines with the look-alikes, (k,) |log price ratio| → (k,) weights with sum 1, for the nearest most."""
    if not len(similarity):
        return np.zeros(0)
    score = SHARPNESS * (similarity - similarity.max())
    if price_gap is not None:
        score = score - np.nan_to_num(price_gap) / PRICE_REACH
    weights = np.exp(score - score.max())
    even: Floats = weights / weights.sum()
    return even


def start_level(weights: Floats, levels: Floats, category: float | None = None, trust: float = 0.7) -> float:
    """Expected demand a period: the look-alikes' ``levels`` by weight, drawn towards the category's mean as far as
    they are not to be trusted."""
    own = float(weights @ levels) if len(levels) else None
    if own is None:
        return max(0.0, category or 0.0)
    return own if category is None else trust * own + (1 - trust) * category


def with_own(start: float, own: Floats) -> float:
    """The start and the mean of the product's few periods so far."""
    seen = len(own)
    return (OWN_WEEKS * start + float(own.sum())) / (OWN_WEEKS + seen)
