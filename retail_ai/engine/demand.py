"""Turns sale lines into weekly demand: weeks start on Mondays, returns are netted, stock-out weeks are estimated.

It forecasts nothing and reads no shop.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)
DAYS = 7
# A week out of stock for longer than this share says nothing of its own about what would have sold.
TOO_LONG = 0.5
NEIGHBOURS = 4


def monday(day: date) -> date:
    """The first day of the week a day is in."""
    return day - timedelta(days=day.weekday())


def weekly_demand(lines: Iterable[tuple[Key, date, float]], *, start: date, weeks: int) -> dict[Key, Floats]:
    """(product, day, quantity; negative for a return) → units by week, (weeks,) from the Monday ``start``.

    A return lowers the latest earlier sales of the product, so that no week falls below 0; a return of what was
    sold before ``start`` is dropped.
    """
    sold: dict[Key, Floats] = {}
    returned: dict[Key, list[tuple[int, float]]] = defaultdict(list)
    for product, day, quantity in lines:
        week = (day - start).days // DAYS
        if not 0 <= week < weeks:
            continue
        if quantity < 0:
            returned[product].append((week, -quantity))
        else:
            sold.setdefault(product, np.zeros(weeks))[week] += quantity
    for product, returns in returned.items():
        if product in sold:
            _net(sold[product], returns)
    return sold


def before_launch(series: Floats) -> Floats:
    """The series with NaN for the weeks before its first sale."""
    first = int(np.argmax(series > 0)) if (series > 0).any() else len(series)
    return np.where(np.arange(len(series)) < first, np.nan, series)


def out_days(spans: Iterable[tuple[Key, date, date]], *, start: date, weeks: int) -> dict[Key, Floats]:
    """(product, first day, last day) of stock-outs → days out of stock by week, (weeks,), at most 7 each."""
    end = start + timedelta(days=weeks * DAYS - 1)
    days: dict[Key, set[int]] = defaultdict(set)
    for product, first, last in spans:
        days[product].update(range((max(first, start) - start).days, (min(last, end) - start).days + 1))
    found = {}
    for product, offsets in days.items():
        if offsets:
            found[product] = np.bincount([d // DAYS for d in offsets], minlength=weeks).astype(float)
    return found


def repair(series: Floats, out: Floats) -> tuple[Floats, list[int]]:
    """Estimate what would have sold in weeks with stock-outs; (series, positions of the estimated weeks).

    Out for up to half a week: what sold, scaled to seven days. For longer: the mean of the nearest whole weeks
    before and after, and never less than what sold.
    """
    fixed = series.copy()
    marked = [int(i) for i in np.flatnonzero(out > 0) if not np.isnan(series[i])]
    clean = (out == 0) & ~np.isnan(series)
    for week in marked:
        share = out[week] / DAYS
        if share <= TOO_LONG:
            fixed[week] = series[week] / (1 - share)
        else:
            fixed[week] = max(series[week], _near(series, clean, week))
    return fixed, marked


def _near(series: Floats, clean: NDArray[np.bool_], week: int) -> float:
    before = np.flatnonzero(clean[:week])[-NEIGHBOURS:]
    after = week + 1 + np.flatnonzero(clean[week + 1 :])[:NEIGHBOURS]
    near = np.concatenate([before, after])
    return float(series[near].mean()) if len(near) else 0.0


def _net(series: Floats, returns: Iterable[tuple[int, float]]) -> None:
    for week, quantity in sorted(returns):
        for earlier in range(week, -1, -1):
            taken = min(series[earlier], quantity)
            series[earlier] -= taken
            quantity -= taken
            if quantity <= 0:
                break
