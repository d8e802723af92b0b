"""Stock day by day: what is expected, how far it may be off, and how likely it is to have run out. Draws nothing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retail_ai.engine.newsvendor import NORMAL, stockout_probability
from retail_ai.engine.replenishment import DAYS, demand_in

Z80 = NORMAL.inv_cdf(0.9)


@dataclass(frozen=True, slots=True)
class StockDay:
    """Stock at the end of a day: ``expected`` units, their 80 % bounds, and the chance of having run out by then."""

    day: int
    expected: float
    low: float
    high: float
    out: float


def project(
    *,
    weekly: Sequence[float],
    weekly_sd: float,
    stock: float,
    arrivals: Mapping[int, float] | None = None,
    days: int | None = None,
) -> list[StockDay]:
    """Stock from today (day 0) on, one entry a day; ``arrivals`` are units by day from now.

    Demand of different weeks is independent and normal. What cannot be sold for want of stock is lost, so the
    expected stock starts anew from nothing when a delivery arrives.
    """
    days = len(weekly) * DAYS if days is None else days
    came = dict(arrivals or {})
    start, since, sold, found = max(0.0, stock) + came.pop(0, 0.0), 0, 0.0, []
    supplied = start
    for day in range(days + 1):
        if day in came:
            left = max(0.0, start - (demand_in(day, weekly) - sold))
            start, since, sold = left + came[day], day, demand_in(day, weekly)
            supplied += came[day]
        mean = demand_in(day, weekly) - sold
        # Uncertainty is of all days since today: yesterday's surprise is still in the stock.
        spread = weekly_sd * math.sqrt(day / DAYS)
        out = stockout_probability(start, mean, weekly_sd * math.sqrt((day - since) / DAYS))
        low, high = (min(supplied, max(0.0, start - mean + sign * Z80 * spread)) for sign in (-1, 1))
        found.append(StockDay(day, max(0.0, start - mean), low, high, out))
    return found
