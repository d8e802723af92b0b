"""The statsforecast package's one-series methods, by name. Imported on first use: a web process never loads it.

It does not choose among them; ``retail_ai.engine.forecasting`` does, by back-test.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.panel import WEEK, Grain
from retail_ai.exceptions import MissingPackage

Floats = NDArray[np.float64]
Method = Callable[[Floats, int], Floats]


def require() -> None:
    """Raise MissingPackage where the package is not installed; loads nothing."""
    if find_spec("statsforecast") is None:
        raise MissingPackage("statsforecast", "forecast")


def classical_methods(grain: Grain = WEEK, *, thorough: bool = False) -> dict[str, Method]:
    """Methods that take well under a millisecond a series, for steady and for intermittent demand; where the grain has
    a cycle, also methods with a season. ``thorough``: those too that take some milliseconds."""
    require()
    methods = {name: _method(model) for name, model in quick_models().items()}
    if grain.cycle > 1:
        methods |= {name: _method(m, 2 * grain.cycle + 1) for name, m in seasonal_models(grain.cycle).items()}
    if thorough:
        methods |= {name: _method(m) for name, m in thorough_models(grain.cycle).items()}
    if grain.cycle == 1:
        methods["seasonal naive"] = _method(_models().SeasonalNaive(season_length=grain.year), grain.year + 1)
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
        "seasonal naive": m.SeasonalNaive(season_length=cycle),
        "seasonal ES": m.SeasonalExponentialSmoothingOptimized(season_length=cycle),
        "seasonal mean": m.SeasonalWindowAverage(season_length=cycle, window_size=2),
        "Theta": m.DynamicOptimizedTheta(season_length=cycle),
    }


def thorough_models(cycle: int) -> dict[str, Any]:
    """statsforecast models that search for their form: some milliseconds a series."""
    m = _models()
    return {
        "AutoETS": m.AutoETS(season_length=cycle),
        "CES": m.AutoCES(season_length=cycle),
        "Theta": m.DynamicOptimizedTheta(season_length=cycle),
        **({"MSTL": m.MSTL(season_length=[cycle])} if cycle > 1 else {}),
    }


def _models() -> Any:
    from statsforecast import models

    return models


def _method(model: Any, shortest: int = 4) -> Method:
    def run(series: Floats, horizon: int) -> Floats:
        if len(series) < shortest:
            raise ValueError(f"needs {shortest} periods")
        return np.asarray(model.forecast(y=np.ascontiguousarray(series, dtype=float), h=horizon)["mean"])

    return run
