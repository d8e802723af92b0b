"""What can be told of each series at a moment, from nothing later: levels, trends, gaps, order counts, season, group.

Figures are relative to the series' own level, so that one model learns from all. It fits nothing.
"""

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.panel import Floats, Panel
from retail_ai.engine.smoothing import best_exponential, exponential, running_sums

ALPHAS = (0.03, 0.07, 0.15, 0.3, 0.5)
ORDER_ALPHAS = (0.07, 0.15, 0.3, 0.5)
BASE_ALPHA = 0.15
LEAST = 0.02


class Features:
    """Running sums and averages of a panel, made once; ``at`` reads them at any moment."""

    def __init__(self, panel: Panel, horizon: int) -> None:
        self.panel, self.horizon, self.grain = panel, horizon, panel.grain
        values = panel.values
        known = ~np.isnan(values)
        self.counts, self.sums = running_sums(known.astype(float)), running_sums(values)
        self.squares, self.sold = running_sums(values**2), running_sums((np.nan_to_num(values) > 0).astype(float))
        self.averages = {alpha: exponential(values, alpha) for alpha in ALPHAS}
        self.best = best_exponential(values, list(self.averages.values()))
        self.filled = np.nan_to_num(values)
        self.last_sale = np.maximum.accumulate(
            np.where(self.filled > 0, np.arange(panel.periods)[None, :], -1), axis=1
        )
        self.totals = running_sums(self.filled.sum(axis=0, keepdims=True))[0]
        self.starts = panel.starts
        self._orders()
        self._groups()

    def mean(self, at: int, window: int, sums: Floats | None = None) -> Floats:
        """(n,) mean over the ``window`` periods before ``at`` that are known."""
        since = max(0, at - window)
        sums = self.sums if sums is None else sums
        counts = self.counts[:, at] - self.counts[:, since]
        return (sums[:, at] - sums[:, since]) / np.maximum(counts, 1.0)

    def level(self, at: int) -> Floats:
        """(n,) what the figures are relative to: the long mean."""
        return np.maximum(self.mean(at, self.grain.long), 1e-9)

    def base(self, at: int) -> Floats:
        """(n,) where learning starts from, relative to ``level``."""
        return np.clip(self.averages[BASE_ALPHA][:, at] / self.level(at), LEAST, 50.0)

    def at(self, at: int) -> NDArray[np.float32]:
        """(n, features) at the moment before period ``at``."""
        parts = [*self._levels(at), *self._rhythm(at), *self._of_orders(at), *self._of_channels(at)]
        parts += [*self._of_year(at), *self._of_groups(at)]
        return np.asarray(parts, dtype=np.float32).T

    def _levels(self, at: int) -> list[Floats]:
        level = self.level(at)
        parts = [self.mean(at, window) / level for window in self.grain.windows]
        parts += [average[:, at] / level for average in self.averages.values()]
        parts.append(self.best[:, at] / level)
        for lag in range(1, self.grain.lags + 1):
            parts.append(self.filled[:, at - lag] / level if lag <= at else np.full(len(level), np.nan))
        window = self.filled[:, max(0, at - self.grain.long // 2) : at]
        return [*parts, np.median(window, axis=1) / level, window.max(axis=1) / level]

    def _rhythm(self, at: int) -> list[Floats]:
        level, long = self.level(at), self.grain.long
        since = max(0, at - long)
        known = np.maximum(self.counts[:, at] - self.counts[:, since], 1.0)
        variance = (self.squares[:, at] - self.squares[:, since]) / known - self.mean(at, long) ** 2
        share = (self.sold[:, at] - self.sold[:, since]) / known
        short = max(0, at - long // 4)
        recent = (self.sold[:, at] - self.sold[:, short]) / max(at - short, 1)
        idle = at - 1.0 - self.last_sale[:, at - 1]
        age = np.minimum(at - self.starts, 2 * self.grain.year).astype(float)
        return [np.log(level), np.sqrt(np.maximum(variance, 0.0)) / level, share, recent, idle, age]

    def _orders(self) -> None:
        """Sums of order counts and of the logarithm of units an order."""
        orders = self.panel.channels.get("orders")
        self.has_orders = orders is not None
        if orders is None:
            return
        self.order_sums = running_sums(orders)
        self.order_averages = [
            exponential(np.where(np.isnan(self.panel.values), np.nan, orders), a) for a in ORDER_ALPHAS
        ]
        size = np.log(np.maximum(self.filled, 1e-9) / np.maximum(orders, 1.0))
        self.sizes = running_sums(np.where((orders > 0) & (self.filled > 0), size * orders, 0.0))
        largest = self.panel.channels.get("largest")
        self.usual_orders = None
        if largest is not None:
            rest = np.maximum(self.panel.values - np.nan_to_num(largest), 0.0)
            self.usual_orders = exponential(rest, BASE_ALPHA)

    def _of_orders(self, at: int) -> list[Floats]:
        if not self.has_orders:
            return []
        long, windows = self.grain.long, self.grain.windows
        usual = np.maximum(self.mean(at, long, self.order_sums), LEAST)
        parts = [self.mean(at, window, self.order_sums) / usual for window in windows[:-1]]
        parts += [average[:, at] / usual for average in self.order_averages]
        size, recent = self._size(at, long), self._size(at, windows[3])
        units = np.exp(size)
        short = [units * self.mean(at, window, self.order_sums) / self.level(at) for window in windows[2:4]]
        if self.usual_orders is not None:
            parts.append(self.usual_orders[:, at] / self.level(at))
        return [*parts, np.log(usual), units * usual / self.level(at), recent - size, *short]

    def _size(self, at: int, window: int) -> Floats:
        since = max(0, at - window)
        orders = self.order_sums[:, at] - self.order_sums[:, since]
        return (self.sizes[:, at] - self.sizes[:, since]) / np.maximum(orders, 1.0)

    def _of_channels(self, at: int) -> list[Floats]:
        """Each other channel's newest value beside its usual one; each plan's coming mean beside its past one."""
        parts = []
        for name, channel in self.panel.channels.items():
            if name != "orders":
                usual = _mean(channel[:, max(0, at - self.grain.long) : at])
                parts.append(_ratio(_mean(channel[:, max(0, at - 2) : at]), usual))
        for plan in self.panel.planned.values():
            coming = _mean(plan[:, at : at + self.horizon])
            parts += [coming, coming - _mean(plan[:, max(0, at - self.grain.windows[2]) : at])]
        return parts

    def _of_year(self, at: int) -> list[Floats]:
        """What the same weeks of last year were beside those before them: own, and of all series together."""
        year, horizon, before = self.grain.year, self.horizon, self.grain.windows[-2]
        start = at - year
        # As many columns however short the past: what was learned on a part of it is asked about the whole.
        if start - before < 0:
            return [np.full(len(self.panel), np.nan)] * 2
        ahead = (self.sums[:, start + horizon] - self.sums[:, start]) / horizon
        past = (self.sums[:, start] - self.sums[:, start - before]) / before
        own = _ratio(ahead, past)
        whole = (self.totals[start + horizon] - self.totals[start]) / horizon
        whole /= max((self.totals[start] - self.totals[start - before]) / before, 1e-9)
        return [own, np.full(len(own), whole)]

    def _groups(self) -> None:
        groups = self.panel.groups
        self.group_sums = None
        if groups is None or groups.max(initial=0) == 0:
            return
        sums = np.zeros((int(groups.max()) + 1, self.panel.periods + 1))
        np.add.at(sums, groups, self.order_sums if self.has_orders else self.sums)
        self.group_sums = sums

    def _of_groups(self, at: int) -> list[Floats]:
        """Trend of all series together, and of the category beside it."""
        short, middle, long = (self.grain.windows[i] for i in (1, 2, -2))
        pairs = ((short, self.grain.windows[3]), (middle, long))
        trends = [_trend(self.totals[None, :], at, a, b) for a, b in pairs]
        parts = [np.full(len(self.panel), trend[0]) for trend in trends]
        if self.group_sums is not None and self.panel.groups is not None:
            parts += [_trend(self.group_sums, at, a, b)[self.panel.groups] for a, b in pairs]
        return parts


def _trend(sums: Floats, at: int, short: int, long: int) -> Floats:
    def mean(window: int) -> Floats:
        since = max(0, at - window)
        return (sums[:, at] - sums[:, since] + 1.0) / max(at - since, 1)

    trend: Floats = np.log(mean(short) / mean(long))
    return trend


def _mean(values: Floats) -> Floats:
    known = ~np.isnan(values)
    return np.asarray(np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1))


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0))
