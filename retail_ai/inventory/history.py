"""Reads a shop's sales through its adapter into weekly demand, once a job and process. It stores nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

import numpy as np
from django.utils import timezone

from retail_ai.engine.demand import DAYS, Floats, before_launch, monday, out_days, repair, weekly_demand
from retail_ai.inventory.models import StockSnapshot
from retail_ai.stores import get_store

MAX_WEEKS = 156
# A whole shop that sold nothing for this long is taken to have stopped (an import of old data), not to be quiet.
STALE_WEEKS = 4


@dataclass(frozen=True, slots=True)
class History:
    """Weekly units by product key (as text) from the Monday ``start`` up to ``origin``, which is the first week to
    forecast; ``out`` holds days out of stock by week."""

    start: date
    origin: date
    sold: dict[str, Floats] = field(default_factory=dict)
    out: dict[str, Floats] = field(default_factory=dict)

    @property
    def weeks(self) -> int:
        return (self.origin - self.start).days // DAYS

    def of(self, key: str) -> tuple[Floats, list[int]]:
        """A product's demand with NaN before its first sale, and the positions of weeks that are estimates."""
        if key not in self.sold:
            return np.full(self.weeks, np.nan), []
        series = before_launch(self.sold[key])
        return repair(series, self.out[key]) if key in self.out else (series, [])


@lru_cache(maxsize=1)
def history_of_job(job_id: int) -> History:
    """The history a job works on: the same for all of its chunks in this process, and read only once."""
    return read_history()


def read_history(today: date | None = None) -> History:
    """All sales up to the last whole week, at most three years back. With no sale at all, an empty history."""
    this_week = monday(today or timezone.localdate())
    lines = _lines()
    head = next(lines, None)
    if head is None or monday(head[1]) >= this_week:
        return History(this_week, this_week)
    first = monday(head[1])
    sold = weekly_demand(chain([head], lines), start=first, weeks=(this_week - first).days // DAYS)
    weeks = _whole_weeks(sold, (this_week - first).days // DAYS)
    skip = max(0, weeks - MAX_WEEKS)
    start = first + timedelta(weeks=skip)
    out = out_days(_spans(start), start=start, weeks=weeks - skip)
    return History(start, first + timedelta(weeks=weeks), {k: s[skip:weeks] for k, s in sold.items()}, out)


def _lines() -> Iterator[tuple[str, date, float]]:
    for line in get_store().sale_lines():
        if line.quantity > 0:
            day = timezone.localdate(line.occurred_at)
            yield str(line.product), day, -line.quantity if line.is_return else line.quantity


def _spans(since: date) -> Iterator[tuple[str, date, date]]:
    for product, first, last in get_store().stock_outs(since):
        yield str(product), first, last
    empty = StockSnapshot.objects.filter(day__gte=since, quantity__lte=0).values_list("product_id", "day")
    for product, day in empty.iterator():
        yield str(product), day, day


def _whole_weeks(sold: dict[str, Floats], weeks: int) -> int:
    """Up to this week; in a shop that stopped, up to the week of its last sale, which may be a part only."""
    last = max((int(series.nonzero()[0][-1]) for series in sold.values() if series.any()), default=0)
    return weeks if weeks - 1 - last < STALE_WEEKS else max(1, last)
