"""Reads a shop's sale lines through its adapter into arrays, and counts what cannot be used. It corrects nothing."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from retail_ai.engine.demand import Lines
from retail_ai.engine.facts import ProductKey, SaleLine
from retail_ai.stores import get_store


@dataclass(frozen=True, slots=True)
class Sales:
    """Lines from ``start`` up to and without ``until``; products by number, their keys as text; problems by kind."""

    start: date
    until: date
    keys: tuple[str, ...]
    lines: Lines
    problems: Counter[str]

    @property
    def last_day(self) -> int:
        """Days from the start to the last sale; -1 without one."""
        return int(self.lines.day.max(initial=-1))


def read_sales(since: date, until: date) -> Sales:
    """Sales from ``since`` up to and without ``until``; kits and variants counted as what they take from stock."""
    reader = _Reader(since, until, get_store().sold_as())
    moment = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    for line in get_store().sale_lines(moment):
        reader.add(line)
    return reader.sales()


class _Reader:
    """Takes lines one by one. A line that cannot be used is counted and passed over."""

    def __init__(self, since: date, until: date, parts: Mapping[ProductKey, Sequence[tuple[ProductKey, float]]]):
        self.since, self.until, self.parts = since, until, parts
        self.numbers: dict[str, int] = {}
        self.rows: list[tuple[int, int, float, float]] = []
        self.problems: Counter[str] = Counter()
        self.last: tuple[Any, ...] | None = None

    def add(self, line: SaleLine) -> None:
        problem = self._problem(line)
        if problem:
            self.problems[problem] += 1
            return
        day = (timezone.localdate(line.occurred_at) - self.since).days
        if not 0 <= day < (self.until - self.since).days:
            return
        units, price = float(line.quantity), max(0.0, float(line.unit_price or 0))
        self._note_repeat(line)
        for key, count in self._leaves(line.product):
            number = self.numbers.setdefault(str(key), len(self.numbers))
            whole = key == line.product
            self.rows.append((number, day, units * count * (-1 if line.is_return else 1), price if whole else 0.0))

    def _problem(self, line: SaleLine) -> str:
        if line.product is None:
            return "sale of no product"
        if not math.isfinite(line.quantity) or line.quantity <= 0:
            return "quantity not above 0"
        late = timezone.localdate(line.occurred_at) > self.until + timedelta(days=6)
        return "sale in the future" if late else ""

    def _note_repeat(self, line: SaleLine) -> None:
        """The same line twice in a row may be a double import; it is counted as sold all the same, and said."""
        now = (line.order, line.product, line.quantity, line.occurred_at, line.is_return)
        self.problems["line repeated"] += now == self.last
        self.last = now

    def _leaves(self, key: ProductKey, kits: tuple[ProductKey, ...] = ()) -> list[tuple[ProductKey, float]]:
        """What one of a product takes from stock. A kit that is found within itself is taken as no kit there."""
        looped = key in kits
        self.problems["kit that contains itself"] += looped
        parts = () if looped else self.parts.get(key, ())
        found = [(leaf, count * times) for part, times in parts for leaf, count in self._leaves(part, (*kits, key))]
        return found or [(key, 1.0)]

    def sales(self) -> Sales:
        rows = np.array(self.rows, dtype=float).reshape(-1, 4)
        lines = Lines(rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64), rows[:, 2], rows[:, 3])
        return Sales(self.since, self.until, tuple(self.numbers), lines, +self.problems)
