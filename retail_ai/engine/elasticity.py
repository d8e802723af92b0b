"""How much more sells at a lower price, estimated from a shop's own price changes and shrunk towards the shop's mean.

Each product's weekly units are a Poisson regression on the logarithm of its price. The exposure is what the products
at their usual prices sold in the week, beside what they usually sell: a season is not taken for a price, and what a
promotion of many products adds is not taken for a season. A product whose price is known in few weeks, because it
sold in few, is left out: a lower price that nobody paid would not be seen. One product's few price changes say
little, so its estimate is drawn to the mean of all in proportion to how uncertain it is (empirical Bayes; the variance
between products after DerSimonian and Laird 1986). Without any price change a stated default holds.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)
# Mean of 367 published estimates: Tellis, "The Price Elasticity of Selective Demand", J. Marketing Research 25 (1988).
DEFAULT = -1.76
# How far the published estimates lie apart; taken between products where the shop's own cannot tell.
DEFAULT_SPREAD = 1.0
LEAST_CHANGE = 0.02
LEAST_UNITS = 10
# Share of a product's weeks in which its price must be known.
LEAST_SEEN = 0.8
# So many products at their usual price tell how the week went.
LEAST_PLAIN = 10
WILDEST = 8.0


@dataclass(frozen=True, slots=True)
class Elasticity:
    """``value`` is d ln(units) / d ln(price), at most 0; ``products`` is how many products' price changes the
    shop's mean rests on, ``own`` whether this product's own are among them."""

    value: float = DEFAULT
    own: bool = False
    products: int = 0

    @property
    def is_default(self) -> bool:
        """Whether it is the published mean, for want of price changes in this shop."""
        return self.products == 0

    def factor(self, discount: float) -> float:
        """By how much demand grows at a price lowered by the share ``discount``."""
        return float((1 - discount) ** self.value)


def estimate(units: Mapping[Key, Floats], prices: Mapping[Key, Floats]) -> dict[Key, Elasticity]:
    """Elasticity of each product of ``units`` from its weekly units and prices, both (weeks,), NaN where unknown."""
    if not units:
        return {}
    asked = {key: price_path(prices[key]) for key in units if key in prices and _is_seen(units[key], prices[key])}
    exposure = _exposure(units, asked)
    found = {key: fit for key in asked if (fit := _fit(units[key], asked[key], exposure))}
    if not found:
        return dict.fromkeys(units, Elasticity())
    mean, between = _pool(np.array(list(found.values())))
    return {key: Elasticity(_shrunk(found.get(key), mean, between), key in found, len(found)) for key in units}


def _is_seen(units: Floats, prices: Floats) -> bool:
    offered = ~np.isnan(units)
    return bool(offered.any() and np.mean(~np.isnan(prices[offered])) >= LEAST_SEEN)


def price_path(paid: Floats) -> Floats:
    """(weeks,) mean price paid, NaN in weeks without a sale → the price that was asked in each week.

    In a gap that is the price before it or after it, whichever is nearer to the usual one: a product that sold at a
    lower price and then not at all was most likely back at its own.
    """
    known = np.flatnonzero(~np.isnan(paid))
    if not len(known):
        return paid
    weeks = np.arange(len(paid))
    before = paid[known[np.maximum(np.searchsorted(known, weeks, side="right") - 1, 0)]]
    after = paid[known[np.minimum(np.searchsorted(known, weeks), len(known) - 1)]]
    usual = float(np.median(paid[known]))
    asked: Floats = np.where(np.abs(before - usual) <= np.abs(after - usual), before, after)
    return asked


def _exposure(units: Mapping[Key, Floats], prices: Mapping[Key, Floats]) -> Floats:
    """(weeks,) how much the shop sold in each week beside its usual, 1 on average, by products at their usual price;
    where hardly any are, by all."""
    sold = np.stack([np.asarray(series, dtype=float) for series in units.values()])
    asked = np.stack([prices.get(key, np.full(sold.shape[1], np.nan)) for key in units])
    total = _relative(np.where(np.isnan(sold), 0.0, sold).sum(axis=0))
    plain = ~np.isnan(sold) & _at_usual(asked)
    counts = plain.sum(axis=1, keepdims=True)
    mean = np.where(plain, sold, 0.0).sum(axis=1, keepdims=True) / np.maximum(counts, 1)
    expected = np.where(plain, mean, 0.0).sum(axis=0)
    enough = (plain.sum(axis=0) >= LEAST_PLAIN) & (expected > 0)
    found = np.divide(np.where(plain, sold, 0.0).sum(axis=0), expected, out=total.copy(), where=enough)
    return np.where(found > 0, found, 1.0)


def _at_usual(asked: Floats) -> NDArray[np.bool_]:
    """(products, weeks) whether a price is the product's median one, or hardly off it."""
    known = (asked > 0).any(axis=1)
    plain = np.zeros(asked.shape, dtype=bool)
    usual = np.nanmedian(np.where(asked[known] > 0, asked[known], np.nan), axis=1, keepdims=True)
    plain[known] = np.abs(asked[known] / usual - 1) < LEAST_CHANGE
    return plain


def _relative(total: Floats) -> Floats:
    level = total[total > 0].mean() if (total > 0).any() else 1.0
    return np.where(total > 0, total, level) / level


def _fit(units: Floats, prices: Floats, exposure: Floats) -> tuple[float, float] | None:
    """(slope, its variance) by Newton's method; None where the price hardly changed or little was sold."""
    known = ~np.isnan(units) & ~np.isnan(prices) & (np.nan_to_num(prices) > 0)
    if known.sum() < 8 or np.nansum(units[known]) < LEAST_UNITS:
        return None
    x, y, w = np.log(prices[known]), np.maximum(units[known], 0.0), exposure[known]
    x = x - x.mean()
    if x.std() < LEAST_CHANGE:
        return None
    a, b = float(np.log(max(y.sum() / w.sum(), 1e-6))), 0.0
    for _ in range(25):
        mu = w * np.exp(np.clip(a + b * x, -30, 30))
        gradient = np.array([(y - mu).sum(), ((y - mu) * x).sum()])
        hessian = np.array([[mu.sum(), (mu * x).sum()], [(mu * x).sum(), (mu * x * x).sum()]])
        if np.linalg.det(hessian) < 1e-12:
            return None
        step = np.clip(np.linalg.solve(hessian, gradient), -1, 1)
        a, b = a + float(step[0]), b + float(step[1])
        if abs(step).max() < 1e-6:
            break
    # Sales scatter more than a Poisson count: Pearson's dispersion widens the variance.
    dispersion = max(1.0, float(((y - mu) ** 2 / np.maximum(mu, 1e-9)).sum() / max(1, len(y) - 2)))
    variance = float(np.linalg.inv(hessian)[1, 1]) * dispersion
    return (b, variance) if abs(b) < WILDEST and np.isfinite(variance) and variance > 0 else None


def _pool(fits: Floats) -> tuple[float, float]:
    """(mean, variance between products) of estimates (n, 2) of slope and variance. The published mean stands in as
    one estimate more, so that a shop with two price changes does not rest on them alone."""
    slopes = np.append(fits[:, 0], DEFAULT)
    weights = 1 / np.append(fits[:, 1], DEFAULT_SPREAD**2)
    fixed = (weights * slopes).sum() / weights.sum()
    q = (weights * (slopes - fixed) ** 2).sum()
    freedom = weights.sum() - (weights**2).sum() / weights.sum()
    between = max(0.0, (q - (len(slopes) - 1)) / freedom) if freedom > 0 else DEFAULT_SPREAD**2
    weights = 1 / (1 / weights + between)
    return float((weights * slopes).sum() / weights.sum()), float(between)


def _shrunk(fit: tuple[float, float] | None, mean: float, between: float) -> float:
    value = mean
    if fit is not None and between > 0:
        own = between / (between + fit[1])
        value = own * fit[0] + (1 - own) * mean
    return min(0.0, value)
