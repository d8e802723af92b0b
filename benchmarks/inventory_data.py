"""Reads the demand of many series from a file of transactions or of dated quantities. It leaves out what cannot be
used and counts it."""

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._periods import by_day, is_whole, period
from retail_ai.engine.demand import before_launch
from retail_ai.engine.panel import GRAINS, Floats, Panel

PRODUCT = re.compile(r"^\d{5}[A-Za-z]{0,2}$")
SELLING_WEEKS = 26
FARTHEST = {"D": 3650, "W": 1040, "M": 600}
MOST = 1e12


@dataclass
class Loaded:
    """A panel, the series' names, and what was left out, counted by reason."""

    panel: Panel
    names: list[str]
    left_out: Counter[str]
    noted: Counter[str] = field(default_factory=Counter)


class Unusable(Exception):
    """A file or a set from which nothing can be judged, and what was left out of it."""

    def __init__(self, problem: str, left_out: Counter[str] | None = None) -> None:
        super().__init__(problem)
        self.left_out = left_out or Counter()


def load(*, transactions: Path | None, demand: Path | None, freq: str) -> Loaded:
    """The file's whole periods. Raises Unusable that says what is wrong with a file without a usable line."""
    left_out: Counter[str] = Counter()
    path = transactions or demand
    assert path is not None
    lines = list(_sales(path, left_out) if transactions else _quantities(path, left_out))
    lines = _near(lines, freq, left_out)
    if not lines:
        raise Unusable(f"{path}: no usable line ({dict(left_out)})", left_out)
    numbers = [period(day, freq) for _, day, _, _ in lines]
    last_day = max(day for _, day, _, _ in lines)
    whole = is_whole(last_day, freq) or (demand is not None and not by_day(lines, freq))
    first, end = min(numbers), period(last_day, freq) + (1 if whole else 0)
    names = sorted({name for name, *_ in lines})
    row = {name: number for number, name in enumerate(names)}
    sold, back, orders, largest, paid = (np.zeros((len(names), max(end - first, 0))) for _ in range(5))
    for (name, _, quantity, price), number in zip(lines, numbers, strict=True):
        cell = row[name], number - first
        if number >= end:
            left_out["in an unfinished period"] += 1
        elif quantity < 0:
            back[cell] -= quantity
        else:
            sold[cell] += quantity
            orders[cell] += 1
            largest[cell] = max(largest[cell], quantity)
            paid[cell] += quantity * price
    values = np.array([before_launch(net(*pair)) for pair in zip(sold, back, strict=True)])
    keep = _enough(values, freq, strict=transactions is not None)
    left_out["series with too few periods"] += int((~keep).sum())
    channels = _channels(sold, orders, largest, paid, keep) if transactions else {}
    panel = Panel(values[keep], GRAINS[freq], channels)
    noted = Counter[str]()
    if demand:
        noted["lines added to another of the same series and day"] = len(lines) - len({line[:2] for line in lines})
        known = ~np.isnan(values)
        noted["lines below 0, taken off earlier ones"] = sum(line[2] < 0 for line in lines)
        noted["periods without a line, taken as 0"] = int((known & (orders == 0) & (back == 0)).sum())
    return Loaded(panel, [name for name, good in zip(names, keep, strict=True) if good], left_out, noted)


def _near(lines: list[Any], freq: str, left_out: Counter[str]) -> list[Any]:
    """Without dates so far from the others that they are slips: one of the year 9999 would make ages of zeros."""
    if not lines:
        return lines
    middle = float(np.median([period(day, freq) for _, day, _, _ in lines]))
    near = [line for line in lines if abs(period(line[1], freq) - middle) <= FARTHEST[freq]]
    left_out["date far from all others"] += len(lines) - len(near)
    return near


def _channels(sold: Floats, orders: Floats, largest: Floats, paid: Floats, keep: np.ndarray) -> dict[str, Floats]:
    """What the order lines tell beside their sum: how many, the largest, the mean price."""
    price = np.divide(paid, sold, out=np.full(sold.shape, np.nan), where=(sold > 0) & (paid > 0))
    none = np.where(orders > 0, largest, np.nan)
    return {"orders": orders[keep], "largest": none[keep], "price": price[keep]}


def net(sold: Floats, returned: Floats) -> Floats:
    """Each return taken off the newest earlier sales that are left."""
    sold = sold.copy()
    for when in np.flatnonzero(returned):
        owed = returned[when]
        for at in range(when, -1, -1):
            taken = min(sold[at], owed)
            sold[at] -= taken
            owed -= taken
            if owed <= 0:
                break
    return sold


def _enough(values: Floats, freq: str, *, strict: bool) -> np.ndarray:
    """Of shops: at least 26 selling weeks (or the like). Of other sets: two sales and a dozen known periods."""
    selling = (np.nan_to_num(values) > 0).sum(axis=1)
    if strict:
        return np.asarray(selling >= {"D": SELLING_WEEKS * 2, "W": SELLING_WEEKS, "M": 6}[freq])
    return np.asarray((selling >= 2) & ((~np.isnan(values)).sum(axis=1) >= min(12, values.shape[1] // 2)))


def _sales(path: Path, left_out: Counter[str]) -> Iterator[tuple[str, date, float, float]]:
    for row in _rows(path, "product_id"):
        made = _read(row, "product_id", left_out)
        if made and PRODUCT.match(made[0]):
            yield made[0].upper(), made[1], made[2], _price(row)
        elif made:
            left_out["code of no product"] += 1


def _quantities(path: Path, left_out: Counter[str]) -> Iterator[tuple[str, date, float, float]]:
    for row in _rows(path, "series_id"):
        if made := _read(row, "series_id", left_out):
            yield (*made, 0.0)


def _rows(path: Path, key: str) -> Iterator[dict[str, Any]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as file:
        head = file.readline()
        file.seek(0)
        reader = csv.DictReader(file, delimiter=max(",;\t", key=head.count))
        missing = [name for name in (key, "date", "quantity") if name not in (reader.fieldnames or [])]
        if missing:
            raise Unusable(f"{path}: no column {', '.join(missing)}; its columns are {reader.fieldnames or 'none'}")
        yield from reader


def _price(row: dict[str, Any]) -> float:
    try:
        return float(row["price"])
    except (KeyError, TypeError, ValueError):
        return 0.0


def _read(row: dict[str, Any], key: str, left_out: Counter[str]) -> tuple[str, date, float] | None:
    try:
        name, day, quantity = row[key], date.fromisoformat(row["date"][:10]), float(row["quantity"])
    except (KeyError, TypeError, ValueError):
        left_out["unreadable"] += 1
        return None
    if not name or not abs(quantity) <= MOST:
        left_out["without name or quantity"] += 1
        return None
    return name, day, quantity


def titles(path: Path) -> tuple[list[str], Floats, Floats]:
    """Of products with at least 4 selling weeks: title, mean price, units a week from the first sale on."""
    names: dict[str, str] = {}
    units, paid, weeks = Counter[str](), Counter[str](), dict[str, set[int]]()
    first: dict[str, int] = {}
    last = 0
    for row in _rows(path, "product_id"):
        made = _read(row, "product_id", Counter())
        price = _price(row)
        if made is None or made[2] <= 0 or price <= 0 or not PRODUCT.match(made[0]):
            continue
        key, week = made[0].upper(), period(made[1], "W")
        names.setdefault(key, row.get("title") or key)
        units[key] += made[2]
        paid[key] += made[2] * price
        weeks.setdefault(key, set()).add(week)
        first[key], last = min(first.get(key, week), week), max(last, week)
    keys = [key for key in names if len(weeks[key]) >= 4]
    rates = np.array([units[key] / (last - first[key] + 1) for key in keys])
    return [names[key] for key in keys], np.array([paid[key] / units[key] for key in keys]), rates
