"""What would have sold on days without stock: sales are not demand when the shelf is empty.

On a day that began without stock nothing is known but the usual rate; on the day on which the last unit went, demand
was at least what sold, and its expectation given that is what counts (an EM step for censored counts, after Dempster,
Laird and Rubin 1977). It reads no shop and forecasts nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from retail_ai.engine.panel import Floats

Mask = NDArray[np.bool_]
# Days to each side from which a day's usual rate is taken, and how many days' worth the product's overall rate counts.
REACH = 28
PRIOR_DAYS = 7.0
ROUNDS = 4
# Above it a Poisson count is as good, and more stable.
MOST_EVENNESS = 1e4


@dataclass(frozen=True, slots=True)
class Corrected:
    """``demand`` (n, days) with estimates where ``estimated`` (n, days); elsewhere what was sold."""

    demand: Floats
    estimated: Mask


def correct(sold: Floats, out: Mask, *, began: Mask | None = None, shape: Floats | None = None) -> Corrected:
    """Estimate demand on days without stock.

    ``sold`` (n, days), NaN before a product was offered; ``out`` (n, days): no stock at the end of the day; ``began``
    (n, days): none at its beginning either (default: where the day before ended without). ``shape`` (days,) is how
    busy a day is in the whole shop, 1 on average, 0 when closed: a closed day is no lost sale.
    """
    began = _began(out) if began is None else began & out
    shape = np.ones(sold.shape[1]) if shape is None else shape
    known = ~np.isnan(sold)
    empty, last = began & known, out & ~began & known
    demand = np.where(known, sold, 0.0)
    for _ in range(ROUNDS):
        rate = _rates(demand, known & ~empty, shape)
        demand = np.where(empty, np.maximum(rate, np.nan_to_num(sold)), demand)
        demand = _at_least(demand, sold, last, rate, _evenness(demand, rate, known & ~out))
    return Corrected(np.where(known, demand, np.nan), empty | last)


def expected_given(least: Floats, rate: Floats, evenness: Floats) -> Floats:
    """E[D | D ≥ least] of a negative binomial count with this mean and size parameter; of a Poisson count where the
    size is large."""
    rate = np.maximum(rate, 1e-9)
    even = evenness >= MOST_EVENNESS
    r = np.minimum(evenness, MOST_EVENNESS)
    p = r / (r + rate)
    tail = np.where(even, stats.poisson.sf(least - 1, rate), stats.nbinom.sf(least - 1, r, p))
    above = np.where(even, stats.poisson.sf(least - 2, rate), stats.nbinom.sf(least - 2, r + 1, p))
    given = np.divide(rate * above, tail, out=np.array(least, dtype=float) + 1.0, where=tail > 1e-9)
    return np.asarray(np.maximum(given, least))


def _began(out: Mask) -> Mask:
    began = np.zeros_like(out)
    began[:, 1:] = out[:, :-1]
    return began & out


def _rates(demand: Floats, open_: Mask, shape: Floats) -> Floats:
    """(n, days) usual demand of each day: what sold nearby on days with stock, by how busy those days are."""
    exposure = np.where(open_, shape, 0.0)
    sold = np.where(open_, demand, 0.0)
    whole = sold.sum(axis=1, keepdims=True) / np.maximum(exposure.sum(axis=1, keepdims=True), 1e-9)
    near = _around(sold) + PRIOR_DAYS * whole
    rate: Floats = near / (_around(exposure) + PRIOR_DAYS) * shape
    return rate


def _around(values: Floats) -> Floats:
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    days = np.arange(values.shape[1])
    around: Floats = sums[:, np.minimum(days + REACH + 1, len(days))] - sums[:, np.maximum(days - REACH, 0)]
    return around


def _evenness(demand: Floats, rate: Floats, clear: Mask) -> Floats:
    """(n,) size parameter of the count by its moments: large where demand is as even as a Poisson count."""
    mean = np.where(clear, rate, 0.0).sum(axis=1)
    excess = np.where(clear, (demand - rate) ** 2 - rate, 0.0).sum(axis=1)
    square = np.where(clear, rate**2, 0.0).sum(axis=1)
    found = np.divide(square, excess, out=np.full(len(mean), MOST_EVENNESS), where=excess > 0)
    return np.asarray(np.clip(found, 0.05, MOST_EVENNESS))


def _at_least(demand: Floats, sold: Floats, last: Mask, rate: Floats, evenness: Floats) -> Floats:
    row, day = np.nonzero(last)
    if not len(row):
        return demand
    made = demand.copy()
    made[row, day] = expected_given(sold[row, day], rate[row, day], evenness[row])
    return made
