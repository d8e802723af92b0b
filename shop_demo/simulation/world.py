"""The fixed facts of the simulated world: what is bought when, with what, and again. It draws nothing at random.

The figures are invented, not measured; they stand in data/kinds.txt and data/groups.txt to be read and changed.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"
WEEKDAYS = np.array([1.0, 0.95, 0.95, 1.0, 1.05, 1.1, 1.25])
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Kind:
    """How one department sells. ``repeat`` is the mean number of days until it is bought again; 0 for never."""

    slug: str
    share: float
    peak_months: tuple[int, ...]
    peak: float
    repeat: int
    companions: dict[str, float]
    noun: str
    queries: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Good:
    """A product as the simulation sees it."""

    pk: int
    sku: str
    title: str
    brand: str
    kind: str
    top: str
    price: float
    attributes: dict[str, str] = field(default_factory=dict)


def read_kinds() -> list[Kind]:
    """One Kind a department that sells something, in the file's order."""
    return [_kind(*cells) for cells in _table("kinds.txt")]


def read_groups() -> list[tuple[str, float, tuple[str, ...]]]:
    """(name, share of customers, departments) of each kind of person."""
    return [(name, float(share), tuple(kinds.split())) for name, share, kinds in _table("groups.txt")]


def day_weights(first: date, days: int) -> Floats:
    """Relative number of orders on each day: growth over the years, weekday, and the weeks before Christmas."""
    growth = np.linspace(0.95, 1.05, days)
    dates = [first + timedelta(n) for n in range(days)]
    weekday = WEEKDAYS[[d.weekday() for d in dates]]
    season = np.array([1.45 if (d.month, d.day) >= (11, 20) and (d.month, d.day) <= (12, 19) else 1.0 for d in dates])
    return np.asarray(growth * weekday * season)


def kind_seasons(kinds: list[Kind], first: date, days: int) -> Floats:
    """(days, kinds) demand of each kind relative to its ordinary level, smoothed over three weeks."""
    months = np.array([(first + timedelta(n)).month for n in range(-10, days + 10)])
    columns = []
    for kind in kinds:
        raw = np.where(np.isin(months, kind.peak_months), kind.peak, 1.0)
        columns.append(np.convolve(raw, np.ones(21) / 21, mode="valid"))
    return np.stack(columns, axis=1)


def _kind(slug: str, share: str, peak: str, repeat: str, companions: str, noun: str, en: str, zh: str) -> Kind:
    months, _, strength = peak.partition(" x ")
    return Kind(
        slug=slug,
        share=float(share),
        peak_months=tuple(int(m) for m in months.split(",")),
        peak=float(strength),
        repeat=int(repeat or 0),
        companions={name: float(chance) for name, chance in re.findall(r"([\w-]+):([\d.]+)", companions)},
        noun=noun,
        queries={"en": tuple(en.split("; ")), "zh-hans": tuple(zh.split("; "))},
    )


def _table(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line.strip() and not line.startswith("#")]
