"""Plain one-series methods, and how any such method is asked for a forecast that can be used."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from retail_ai.engine.panel import Floats, Panel

# (periods of one series, periods ahead) → expected value of each. Raises or gives NaN where it cannot.
Method = Callable[[Floats, int], Floats]
NAIVE = "naive"
MEAN8 = "mean of 8"
# So many periods a cycle apart tell how the level moved.
LEAST_PAIRS = 3
# Packages of models raise all sorts, bare Exception among them ("no model able to be fitted"): one series that a
# method cannot do must not end a run over thousands.
FAILURES: tuple[type[Exception], ...] = (Exception,)


def naive(series: Floats, horizon: int) -> Floats:
    """As in the last period."""
    return np.full(horizon, series[-1] if len(series) else 0.0)


def mean8(series: Floats, horizon: int) -> Floats:
    """The mean of the last eight periods."""
    return np.full(horizon, series[-8:].mean() if len(series) else 0.0)


def mean_of_all(series: Floats, horizon: int) -> Floats:
    """The mean of the whole past."""
    return np.full(horizon, series.mean() if len(series) else 0.0)


def last_turn(turn: int) -> Method:
    """As in the same periods of the last cycle of ``turn`` periods; the mean of the last eight where that is unknown.
    Raises ValueError where none is."""

    def method(series: Floats, horizon: int) -> Floats:
        at = len(series) - turn + np.arange(horizon) % turn
        if at[-1] < 0:
            raise ValueError(f"needs {turn} periods")
        return np.where(at >= 0, series[np.maximum(at, 0)], mean8(series, horizon))

    return method


def last_turn_at_level(turn: int) -> Method:
    """The same, times what the newest periods are beside those a cycle before them. Raises ValueError likewise."""
    same = last_turn(turn)

    def method(series: Floats, horizon: int) -> Floats:
        count = min(turn, len(series) - turn)
        if count < LEAST_PAIRS:
            raise ValueError(f"needs {turn + LEAST_PAIRS} periods")
        newest, before = series[-count:].sum(), series[-count - turn : -turn].sum()
        return same(series, horizon) * (newest / before if before > 0 else 1.0)

    return method


BASIC: dict[str, Method] = {NAIVE: naive, MEAN8: mean8, "mean of all": mean_of_all}


def apply(method: Method, series: Floats, horizon: int) -> Floats:
    """A method's answer, never negative; the eight-period mean where it fails or is not finite."""
    try:
        mean = np.asarray(method(series, horizon), dtype=float)
    except FAILURES:
        return mean8(series, horizon)
    if mean.shape != (horizon,) or not np.isfinite(mean).all():
        return mean8(series, horizon)
    positive: Floats = np.maximum(mean, 0.0)
    return positive


def apply_all(methods: Mapping[str, Method], panel: Panel, at: Sequence[int], horizon: int) -> dict[str, Floats]:
    """Each method from each moment: (moments, n, horizon) by name."""
    out = {name: np.zeros((len(at), len(panel), horizon)) for name in methods}
    for number in range(len(panel)):
        start, row = panel.starts_at(number), panel.row(number)
        for place, moment in enumerate(at):
            past = row[: max(0, moment - start)]
            for name, method in methods.items():
                out[name][place, number] = apply(method, past, horizon)
    return out
