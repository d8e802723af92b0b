"""The statsforecast package's one-series methods, by name. Imported on first use: a web process never loads it.

It does not choose among them; ``retail_ai.engine.forecasting`` does, by back-test.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.backtest import moments, moments_for
from retail_ai.engine.forecasting import classes
from retail_ai.engine.methods import FAILURES, last_turn, last_turn_at_level
from retail_ai.engine.panel import WEEK, Grain, Panel
from retail_ai.exceptions import MissingPackage

Floats = NDArray[np.float64]
Method = Callable[[Floats, int], Floats]
# What the slower methods may take together: about what AutoETS takes on 1,700 weekly series of two years, and so many
# times what it takes once for the series at hand. All of a forecast then takes about as long as AutoETS does.
SECONDS, TIMES = 6.0, 4.0
FEW = 20
# Up to so many series what each method said is kept: weights, intervals and errors all ask for it.
REMEMBERED = 2000
# So many turns of a cycle tell its shape; more only take time.
TURNS = 26


def require() -> None:
    """Raise MissingPackage where the package is not installed; loads nothing."""
    if find_spec("statsforecast") is None:
        raise MissingPackage("statsforecast", "forecast")


def classical_methods(grain: Grain = WEEK) -> dict[str, Method]:
    """Methods that take well under a millisecond a series, for steady and for intermittent demand; where the grain has
    a cycle, also methods with a season."""
    require()
    methods = {name: _method(model) for name, model in quick_models().items()}
    turn = grain.cycle if grain.cycle > 1 else grain.year
    methods |= {"seasonal naive": last_turn(turn), "last season at today's level": last_turn_at_level(turn)}
    if grain.cycle > 1:
        methods |= {name: _method(m, 2 * grain.cycle + 1) for name, m in seasonal_models(grain.cycle).items()}
    return methods


def methods_for(panel: Panel, horizon: int) -> dict[str, Method]:
    """``classical_methods``, and of the slower ones what ``SECONDS`` and ``TIMES`` allow for so many series: some
    for a few hundred steady ones, none for thousands or where most series sell in few periods."""
    methods = classical_methods(panel.grain)
    if len(panel) <= REMEMBERED:
        methods = {name: _remembered(method) for name, method in methods.items()}
    few = len(panel) <= FEW
    if not len(panel) or not (few or classes(panel).mean() < 0.5):
        return methods
    runs = len(panel) * (len(moments(panel.periods, horizon, moments_for(len(panel)))) + 1)
    cycle = panel.grain.cycle
    longest = TURNS * cycle if cycle > 1 else panel.periods
    length = float(np.mean(np.minimum(panel.periods - panel.starts, longest)))
    thorough = thorough_models(cycle)
    left = min(SECONDS, TIMES * len(panel) * thorough["AutoETS"][1] * length)
    for name, (model, seconds) in thorough.items():
        cost = runs * seconds * length
        if cost <= left:
            left -= cost
            methods[name] = _remembered(_method(model, max(8, 2 * cycle + 1 if cycle > 1 else 0), longest))
    return methods


def quick_models() -> dict[str, Any]:
    """statsforecast models for intermittent and level demand."""
    m = _models()
    return {
        "IMAPA": m.IMAPA(),
        "ADIDA": m.ADIDA(),
        "Croston-SBA": m.CrostonSBA(),
        "Croston optimized": m.CrostonOptimized(),
        "TSB": m.TSB(alpha_d=0.2, alpha_p=0.2),
        "SES": m.SimpleExponentialSmoothingOptimized(),
    }


def seasonal_models(cycle: int) -> dict[str, Any]:
    """statsforecast models with a season that take a millisecond or so a series."""
    m = _models()
    return {
        "seasonal ES": m.SeasonalExponentialSmoothingOptimized(season_length=cycle),
        "seasonal mean": m.SeasonalWindowAverage(season_length=cycle, window_size=2),
    }


def thorough_models(cycle: int) -> dict[str, tuple[Any, float]]:
    """statsforecast models that search for their form, and the seconds that one takes for each period of a series;
    those that helped most come first."""
    m = _models()
    if cycle > 1:
        return {
            "Theta": (m.DynamicOptimizedTheta(season_length=cycle), 0.00003),
            "ETS(M,A,M)": (m.AutoETS(season_length=cycle, model="MAM", damped=False), 0.00007),
            "ETS(A,N,A)": (m.AutoETS(season_length=cycle, model="ANA", damped=False), 0.00006),
            "AutoETS": (m.AutoETS(season_length=cycle, damped=False), 0.0004),
            "MSTL": (m.MSTL(season_length=[cycle]), 0.0001),
            "CES": (m.AutoCES(season_length=cycle), 0.00012),
        }
    return {
        "Theta": (m.DynamicOptimizedTheta(season_length=1), 0.00004),
        "AutoETS": (m.AutoETS(season_length=1), 0.00007),
        "CES": (m.AutoCES(season_length=1), 0.00006),
    }


def _models() -> Any:
    from statsforecast import models

    return models


def _method(model: Any, shortest: int = 4, longest: int | None = None) -> Method:
    def run(series: Floats, horizon: int) -> Floats:
        if len(series) < shortest:
            raise ValueError(f"needs {shortest} periods")
        series = series if longest is None else series[-longest:]
        if longest is not None and np.ptp(series) == 0:
            raise ValueError("nothing to search a form for: it never changes")
        with np.errstate(all="ignore"):
            return np.asarray(model.forecast(y=np.ascontiguousarray(series, dtype=float), h=horizon)["mean"])

    return run


def _remembered(method: Method) -> Method:
    """A method that is asked once about the same past."""
    known: dict[tuple[bytes, int], Floats | Exception] = {}

    def run(series: Floats, horizon: int) -> Floats:
        key = (series.tobytes(), horizon)
        if key not in known:
            known[key] = _tried(method, series, horizon)
        found = known[key]
        if isinstance(found, Exception):
            raise found
        return found

    return run


def _tried(method: Method, series: Floats, horizon: int) -> Floats | Exception:
    try:
        return method(series, horizon)
    except FAILURES as error:
        return error
