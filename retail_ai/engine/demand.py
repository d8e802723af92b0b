"""Turns sale lines into weekly demand: weeks start on Mondays, returns are netted. It forecasts nothing and reads no
shop."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.panel import Floats as Floats
from retail_ai.engine.panel import Ints

Key = TypeVar("Key", bound=Hashable)
DAYS = 7
# A week counts as unusual when it sold so many usual deviations more than the median week, most of it in one order.
FAR, ONE_ORDER = 6.0, 0.5


@dataclass(frozen=True, slots=True)
class Lines:
    """Sale lines as equally long arrays: number of the product, day since the start, units (negative: returned),
    price of one (0: unknown)."""

    product: Ints
    day: Ints
    units: Floats
    price: Floats


def monday(day: date) -> date:
    """The first day of the week a day is in."""
    return day - timedelta(days=day.weekday())


def sums(lines: Lines, products: int, periods: int, length: int = DAYS) -> Floats:
    """(products, periods) units sold in each period of ``length`` days, with returns taken off."""
    period = lines.day // length
    inside = (period >= 0) & (period < periods)
    sold = inside & (lines.units > 0)
    total = np.zeros((products, periods))
    np.add.at(total, (lines.product[sold], period[sold]), lines.units[sold])
    back = np.flatnonzero(inside & (lines.units < 0))
    for line in back[np.argsort(lines.day[back], kind="stable")]:
        take_back(total[lines.product[line]], int(period[line]), -float(lines.units[line]))
    return total


def take_back(series: Floats, period: int, units: float) -> None:
    """A return lowers the newest earlier sales, so that no period falls below 0; what is left over is dropped."""
    for earlier in range(period, -1, -1):
        taken = min(series[earlier], units)
        series[earlier] -= taken
        units -= taken
        if units <= 0:
            return


def channels(lines: Lines, products: int, weeks: int) -> dict[str, Floats]:
    """What the lines tell beside their sum, by week: how many there were, the largest, the mean price of a unit."""
    week = lines.day // DAYS
    sold = (week >= 0) & (week < weeks) & (lines.units > 0)
    at = lines.product[sold], week[sold]
    shape = (products, weeks)
    orders, largest, units, paid = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape)
    np.add.at(orders, at, 1.0)
    np.maximum.at(largest, at, lines.units[sold])
    priced = np.where(lines.price[sold] > 0, lines.units[sold], 0.0)
    np.add.at(units, at, priced)
    np.add.at(paid, at, priced * lines.price[sold])
    price = np.divide(paid, units, out=np.full(shape, np.nan), where=units > 0)
    return {"orders": orders, "largest": np.where(orders > 0, largest, np.nan), "price": price}


def before_launch(series: Floats) -> Floats:
    """A series, or (n, periods) of them, with NaN for the periods before the first sale."""
    seen = np.maximum.accumulate(series > 0, axis=-1)
    return np.where(seen, series, np.nan)


def out_days(spans: Iterable[tuple[Key, date, date]], *, start: date, weeks: int) -> dict[Key, Floats]:
    """(product, first day, last day) of stock-outs → days out of stock by week, (weeks,), at most 7 each."""
    end = start + timedelta(days=weeks * DAYS - 1)
    days: dict[Key, set[int]] = defaultdict(set)
    for product, first, last in spans:
        days[product].update(range((max(first, start) - start).days, (min(last, end) - start).days + 1))
    return {
        product: np.bincount([d // DAYS for d in offsets], minlength=weeks).astype(float)
        for product, offsets in days.items()
        if offsets
    }


def unusual(demand: Floats, largest: Floats) -> NDArray[np.bool_]:
    """(n, periods) periods whose sale is far from the others and came mostly from one order."""
    middle = np.nanmedian(demand, axis=1, keepdims=True) if demand.size else np.zeros((len(demand), 1))
    off = np.abs(demand - middle)
    usual = np.nanmedian(off, axis=1, keepdims=True) if demand.size else middle
    width = np.maximum(1.4826 * usual, np.sqrt(np.maximum(middle, 1.0)))
    return (demand > middle + FAR * width) & (np.nan_to_num(largest) >= ONE_ORDER * demand)


def price_breaks(price: Floats, *, least: int = 5) -> list[tuple[int, float]]:
    """Periods at which nearly all products' prices jump by one factor: a change of currency, not of prices.

    ``price`` is (n, periods) with NaN where nothing sold. Returns (period, factor new / old).
    """
    found = []
    last = np.full(len(price), np.nan)
    for period in range(price.shape[1]):
        now = price[:, period]
        ratio = now / last
        known = ratio[np.isfinite(ratio)]
        if len(known) >= least:
            middle = float(np.median(known))
            same = np.mean(np.abs(known / middle - 1) < 0.15)
            if same > 0.8 and not 0.6 < middle < 1.7:
                found.append((period, middle))
        last = np.where(np.isfinite(now), now, last)
    return found
