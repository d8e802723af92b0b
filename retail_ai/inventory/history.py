"""A shop's demand by week as forecasts need it: what sold, corrected for days without stock, with marks and with what
else is known of each week. Read anew for each job; it stores nothing."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.utils import timezone
from numpy.typing import NDArray

from retail_ai.engine.demand import DAYS, before_launch, channels, monday, sums, unusual
from retail_ai.engine.panel import WEEK, Floats, Panel
from retail_ai.events.models import Event
from retail_ai.inventory.calendar import holiday_days, open_days, weekly
from retail_ai.inventory.corrections import fill_gaps, one_currency, without_stock_outs
from retail_ai.inventory.sales import Sales, read_sales
from retail_ai.inventory.stock_history import days_out
from retail_ai.stores import get_store

MAX_WEEKS = 156
# A whole shop that sold nothing for this long is taken to have stopped (an import of old data), not to be quiet.
STALE_WEEKS = 4
# Weeks of daily sales kept to learn the shape of the week from.
DAILY_WEEKS = 26
Mask = NDArray[np.bool_]


def _none() -> Floats:
    return np.zeros((0, 0))


@dataclass(frozen=True, slots=True)
class History:
    """Products by number (``numbers``: key as text → row) from the Monday ``start`` up to ``origin``, the first week
    to forecast. ``sold`` is as recorded, ``panel.values`` corrected, (n, weeks); ``repaired`` and ``outliers`` mark
    weeks. ``daily`` (n, days) are the last weeks by day."""

    start: date
    origin: date
    numbers: dict[str, int] = field(default_factory=dict)
    sold: Floats = field(default_factory=_none)
    panel: Panel = field(default_factory=lambda: Panel(_none()))
    repaired: Mask = field(default_factory=lambda: _none().astype(bool))
    outliers: Mask = field(default_factory=lambda: _none().astype(bool))
    daily: Floats = field(default_factory=_none)
    problems: Counter[str] = field(default_factory=Counter)

    @property
    def weeks(self) -> int:
        return (self.origin - self.start).days // DAYS

    def of(self, key: str) -> tuple[Floats, list[int]]:
        """A product's demand with NaN before its first sale, and the positions of weeks that are estimates."""
        row = self.numbers.get(key)
        if row is None:
            return np.full(self.weeks, np.nan), []
        return self.panel.values[row], [int(week) for week in np.flatnonzero(self.repaired[row])]


def read_history(today: date | None = None, horizon: int = 8) -> History:
    """All sales up to the last whole week, at most three years back; plans for ``horizon`` weeks more. With no sale at
    all, an empty history."""
    this_week = monday(today or timezone.localdate())
    sales = _recent_sales(this_week)
    if not len(sales.lines.day):
        return History(this_week, this_week, problems=sales.problems)
    skip = int(sales.lines.day.min()) // DAYS
    start, weeks = sales.start + timedelta(weeks=skip), (sales.until - sales.start).days // DAYS - skip
    sales.lines.day[:] -= skip * DAYS
    weeks = _whole_weeks(sales.last_day // DAYS, weeks)
    return _history(sales, start, weeks, horizon)


def _recent_sales(this_week: date) -> Sales:
    """Of the last three years; where they are empty, of the three years before the newest sale."""
    sales = read_sales(this_week - timedelta(weeks=MAX_WEEKS), this_week)
    last = None if len(sales.lines.day) else _last_sale()
    if last is None or last >= this_week:
        return sales
    end = monday(last) + timedelta(weeks=1)
    return read_sales(end - timedelta(weeks=MAX_WEEKS), end)


def _last_sale() -> date | None:
    last = None
    for line in get_store().sale_lines():
        last = line.occurred_at if last is None else max(last, line.occurred_at)
    return None if last is None else timezone.localdate(last)


def _history(sales: Sales, start: date, weeks: int, horizon: int) -> History:
    lines, count = sales.lines, len(sales.keys)
    sold, seen = sums(lines, count, weeks), channels(lines, count, weeks)
    problems = sales.problems + one_currency(seen["price"])
    problems["product sold once"] += int(((sold > 0).sum(axis=1) == 1).sum())
    out, stock_problems = days_out(start, weeks * DAYS)
    opened = open_days(start, (weeks + horizon) * DAYS)
    demand, repaired = without_stock_outs(sales, before_launch(sold), out, opened)
    gaps = fill_gaps(demand, repaired)
    problems += stock_problems + Counter({"week without a sale in the whole shop": gaps} if gaps else {})
    numbers = {key: row for row, key in enumerate(sales.keys)}
    panel = Panel(demand, WEEK, _seen(seen, numbers, start, weeks), _planned(numbers, start, weeks + horizon, opened))
    days = min(weeks, DAILY_WEEKS) * DAYS
    recent = replace(lines, day=lines.day - (weeks * DAYS - days))
    return History(
        start, start + timedelta(weeks=weeks), numbers, sold, panel, repaired,
        unusual(demand, seen["largest"]), sums(recent, count, days, 1), problems,
    )  # fmt: skip


def _whole_weeks(last_sold: int, weeks: int) -> int:
    """Up to this week; in a shop that stopped, up to the week of its last sale, which may be a part only."""
    return weeks if weeks - 1 - last_sold < STALE_WEEKS else max(1, last_sold)


def _seen(seen: dict[str, Floats], numbers: dict[str, int], start: date, weeks: int) -> dict[str, Floats]:
    """Channels of the order lines, and how often each product was looked at where that is tracked."""
    views = np.zeros((len(numbers), weeks))
    rows = (
        Event.objects.filter(kind=Event.Kind.VIEW, occurred_at__date__gte=start, product__isnull=False)
        .annotate(week=TruncWeek("occurred_at"))
        .values_list("product_id", "week")
        .annotate(count=Count("pk"))
        .order_by()
    )
    for product_id, week, count in rows.iterator():
        place = (timezone.localdate(week) - start).days // DAYS
        if str(product_id) in numbers and 0 <= place < weeks:
            views[numbers[str(product_id)], place] = count
    return {**seen, "views": views} if views.any() else seen


def _planned(numbers: dict[str, int], start: date, weeks: int, opened: Floats) -> dict[str, Floats]:
    """Share of each week on promotion by product; open days and public holidays of the shop, where there are any."""
    planned = {}
    promotions = list(get_store().promotions(start))
    promoted = np.zeros((len(numbers), weeks * DAYS if promotions else 0))
    for promotion in promotions:
        first, last = ((day - start).days for day in (promotion.first_day, promotion.last_day))
        rows = slice(None) if promotion.product is None else numbers.get(str(promotion.product))
        if rows is not None:
            promoted[rows, max(0, first) : max(0, last + 1)] = 1.0 + promotion.discount
    if promoted.any():
        planned["promotion"] = promoted.reshape(len(numbers), weeks, DAYS).mean(axis=2)
    for name, days in (("open", opened), ("holiday", holiday_days(start, weeks * DAYS))):
        if len(set(weekly(days))) > 1:
            planned[name] = np.tile(weekly(days), (len(numbers), 1))
    return planned
