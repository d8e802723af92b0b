"""Puts right what a shop's sales do not say of its demand: days without stock, weeks without any sale, prices in
another currency."""

from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.censoring import correct
from retail_ai.engine.demand import DAYS, price_breaks, sums
from retail_ai.engine.panel import Floats
from retail_ai.inventory.sales import Sales

Mask = NDArray[np.bool_]
BATCH = 300
# A shop that sells so many lines a week does not go a week without one: the record has a gap, or it was closed.
BUSY = 20.0
NEAR = 3


def without_stock_outs(sales: Sales, demand: Floats, out: dict[str, set[int]], opened: Floats) -> tuple[Floats, Mask]:
    """Weekly demand with estimates for days without stock, and which weeks hold such days."""
    demand, repaired = demand.copy(), np.zeros(demand.shape, dtype=bool)
    weeks = demand.shape[1]
    shape = _busy_days(sales, weeks * DAYS) * opened[: weeks * DAYS]
    rows = [(row, out[key]) for row, key in enumerate(sales.keys) if key in out]
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        numbers = np.array([row for row, _ in batch])
        days = _daily(sales, numbers, weeks * DAYS)
        without = np.zeros(days.shape, dtype=bool)
        for place, (_, offsets) in enumerate(batch):
            without[place, sorted(offsets)] = True
        launched = np.repeat(~np.isnan(demand[numbers]), DAYS, axis=1)
        made = correct(np.where(launched, days, np.nan), without, began=without & (days == 0), shape=shape)
        touched = made.estimated.reshape(len(batch), weeks, DAYS).any(axis=2)
        whole = np.nan_to_num(made.demand).reshape(len(batch), weeks, DAYS).sum(axis=2)
        demand[numbers] = np.where(touched, np.maximum(whole, demand[numbers]), demand[numbers])
        repaired[numbers] = touched
    return demand, repaired


def fill_gaps(demand: Floats, repaired: Mask) -> int:
    """Weeks in which the whole of a busy shop sold nothing are estimated from the weeks around, in place; how many."""
    totals = np.nansum(demand, axis=0)
    busy = (np.nan_to_num(demand) > 0).sum(axis=0).mean() >= BUSY if demand.size else False
    gaps = np.flatnonzero(totals == 0) if busy else np.zeros(0, dtype=np.int64)
    sold = np.flatnonzero(totals > 0)
    for week in gaps:
        near = np.concatenate([sold[sold < week][-NEAR:], sold[sold > week][:NEAR]])
        known = ~np.isnan(demand[:, week])
        demand[known, week] = np.nan_to_num(demand[np.ix_(known, near)]).mean(axis=1)
        repaired[known, week] = True
    return len(gaps)


def one_currency(price: Floats) -> Counter[str]:
    """Rescale, in place, the prices before a change of currency; how many changes there were."""
    breaks = price_breaks(price)
    for week, factor in breaks:
        price[:, :week] *= factor
    return Counter({"change of currency": len(breaks)} if breaks else {})


def _busy_days(sales: Sales, days: int) -> Floats:
    """(days,) how much of a week's sales fall on a day's weekday, 1 on average."""
    inside = (sales.lines.day >= 0) & (sales.lines.day < days) & (sales.lines.units > 0)
    counts = np.bincount(sales.lines.day[inside] % DAYS, minlength=DAYS) + 1.0
    return np.tile(counts / counts.mean(), days // DAYS)


def _daily(sales: Sales, numbers: NDArray[np.int64], days: int) -> Floats:
    place = np.full(len(sales.keys), -1)
    place[numbers] = np.arange(len(numbers))
    mine = place[sales.lines.product] >= 0
    lines = replace(
        sales.lines,
        product=place[sales.lines.product[mine]],
        day=sales.lines.day[mine],
        units=sales.lines.units[mine],
        price=sales.lines.price[mine],
    )
    return sums(lines, len(numbers), days, 1)
