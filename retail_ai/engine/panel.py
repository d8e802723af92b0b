"""Many demand series side by side, what else is known of each period, and how time is cut. It forecasts nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grain:
    """How long a period is and over how many periods the past is looked at. ``cycle`` is the season that can be
    learned from a few of its turns: the days of a week, the months of a year; 1 where there is none."""

    name: str
    horizon: int
    cycle: int
    year: int
    windows: tuple[int, ...]
    long: int
    span: int

    @property
    def lags(self) -> int:
        return max(6, min(self.cycle, 12))


DAY = Grain("day", horizon=28, cycle=7, year=365, windows=(1, 3, 7, 14, 28, 56), long=56, span=400)
WEEK = Grain("week", horizon=4, cycle=1, year=52, windows=(1, 2, 4, 8, 13, 26), long=26, span=130)
MONTH = Grain("month", horizon=4, cycle=12, year=12, windows=(1, 2, 3, 6, 12), long=12, span=72)
GRAINS = {"D": DAY, "W": WEEK, "M": MONTH}


@dataclass(frozen=True, slots=True)
class Panel:
    """``values`` is (n, periods), NaN before a series' start. ``channels`` hold what was seen beside the demand,
    each (n, periods): "orders" is how many order lines made up the demand, which tells one bulk buyer from many
    customers. ``planned`` holds what is known ahead, each (n, periods + horizon): promotions, days open.
    ``groups`` (n,) numbers the series' categories from 0."""

    values: Floats
    grain: Grain = WEEK
    channels: Mapping[str, Floats] = field(default_factory=dict)
    planned: Mapping[str, Floats] = field(default_factory=dict)
    groups: Ints | None = None

    def __post_init__(self) -> None:
        if self.values.ndim != 2:
            raise ValueError(f"values must be (n, periods), not {self.values.shape}")
        for name, channel in {**self.channels, **self.planned}.items():
            if channel.shape[0] != self.values.shape[0] or channel.shape[1] < self.values.shape[1]:
                raise ValueError(f"channel {name!r} has shape {channel.shape} beside values {self.values.shape}")

    def __len__(self) -> int:
        return len(self.values)

    @property
    def periods(self) -> int:
        return int(self.values.shape[1])

    @property
    def starts(self) -> Ints:
        """(n,) the first known period of each series; the number of periods where there is none."""
        known = ~np.isnan(self.values)
        return np.where(known.any(axis=1), known.argmax(axis=1), self.periods)

    def until(self, cut: int, horizon: int = 0) -> "Panel":
        """The panel as it was known before period ``cut``, with plans for ``horizon`` periods more."""
        return replace(
            self,
            values=self.values[:, :cut],
            channels={name: channel[:, :cut] for name, channel in self.channels.items()},
            planned={name: channel[:, : cut + horizon] for name, channel in self.planned.items()},
        )

    def rows(self, rows: Ints) -> "Panel":
        """Some of the series."""
        return replace(
            self,
            values=self.values[rows],
            channels={name: channel[rows] for name, channel in self.channels.items()},
            planned={name: channel[rows] for name, channel in self.planned.items()},
            groups=None if self.groups is None else self.groups[rows],
        )

    def row(self, number: int) -> Floats:
        """One series from its start on, gaps as zeros."""
        return np.nan_to_num(self.values[number, self.starts_at(number) :])

    def starts_at(self, number: int) -> int:
        known = ~np.isnan(self.values[number])
        return int(known.argmax()) if known.any() else self.periods


def squared_scales(values: Floats) -> Floats:
    """(n, periods) → (n,) mean squared step of each series: what RMSSE divides by (Makridakis et al. 2022, M5)."""
    steps = np.diff(values, axis=1)
    known = ~np.isnan(steps)
    counts = known.sum(axis=1)
    sums = (np.where(known, steps, 0.0) ** 2).sum(axis=1)
    return np.asarray(np.divide(sums, counts, out=np.zeros(len(values)), where=counts > 0))
