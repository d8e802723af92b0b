"""Past moments to forecast from, and what came after them. Nothing from after a moment is used for its forecast."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.panel import Floats, Panel, squared_scales

MOMENTS = 3
MOST_MOMENTS = 6
ENOUGH_ROWS = 100
LEAST_PAST = 8
LEAST_KNOWN = 4


@dataclass(frozen=True, slots=True)
class BackTest:
    """``at`` are the moments, oldest first; ``actual`` (moments, n, horizon), ``use`` (moments, n) where a series was
    old enough to judge by, ``scales`` (moments, n) roots of the mean squared step before each moment: what came after
    must not count, or a series' first bulk order would excuse having missed it."""

    at: tuple[int, ...]
    actual: Floats
    use: NDArray[np.bool_]
    scales: Floats

    def rows(self, rows: NDArray[np.int64]) -> "BackTest":
        """Some of the series."""
        return BackTest(self.at, self.actual[:, rows], self.use[:, rows], self.scales[:, rows])


def moments(periods: int, horizon: int, count: int = MOMENTS) -> tuple[int, ...]:
    """Up to ``count`` moments, oldest first, the last one ``horizon`` before the end: ``horizon`` apart, or nearer to
    each other where the past is too short for that."""
    last = periods - horizon
    least = LEAST_PAST if last >= LEAST_PAST + MOMENTS - 1 else LEAST_KNOWN
    step = int(np.clip((last - least) // (MOMENTS - 1), 1, horizon))
    # Moments beyond the usual ones are for few series, and are not taken from before the half of their past.
    low = [least if back < MOMENTS else max(least, periods // 2) for back in range(count)]
    return tuple(sorted(last - step * back for back in range(count) if last - step * back >= low[back]))


def moments_for(series: int) -> int:
    """More moments where there are few series to judge by."""
    return int(np.clip(-(-ENOUGH_ROWS // max(series, 1)), MOMENTS, MOST_MOMENTS))


def back_test(panel: Panel, at: tuple[int, ...], horizon: int) -> BackTest:
    """What came after each moment."""
    actual = np.array([np.nan_to_num(panel.values[:, moment : moment + horizon]) for moment in at])
    actual = actual.reshape(len(at), len(panel), horizon)
    old = np.array([moment - panel.starts >= LEAST_KNOWN for moment in at], dtype=bool)
    old = old.reshape(len(at), len(panel))
    scales = np.array([np.sqrt(squared_scales(panel.values[:, :moment])) for moment in at])
    scales = scales.reshape(len(at), len(panel))
    return BackTest(at, actual, old & (scales > 0), scales)


def errors_of(made: Floats, test: BackTest) -> Floats:
    """(moments, n, horizon) → (n,) RMSSE of each series over its moments; NaN where it has none."""
    roots = np.sqrt(np.mean((made - test.actual) ** 2, axis=2))
    counts = test.use.sum(axis=0)
    scaled = np.divide(roots, test.scales, out=np.zeros(roots.shape), where=test.use)
    none = np.full(len(counts), np.nan)
    return np.asarray(np.divide(scaled.sum(axis=0), counts, out=none, where=counts > 0))
