"""The statsforecast package's one-product methods, by name. Imported on first use: a web process never loads it.

It does not choose among them; ``retail_ai.engine.forecasting`` does, by back-test.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.exceptions import MissingPackage

Floats = NDArray[np.float64]
YEAR = 52


def require() -> None:
    """Raise MissingPackage where the package is not installed; loads nothing."""
    if find_spec("statsforecast") is None:
        raise MissingPackage("statsforecast", "forecast")


def classical_methods() -> dict[str, Callable[[Floats, int], Floats]]:
    """Methods for weekly series: for steady, trending, seasonal and intermittent demand."""
    require()
    from statsforecast import models

    made: dict[str, Any] = {
        "IMAPA": models.IMAPA(),
        "ADIDA": models.ADIDA(),
        "Croston-SBA": models.CrostonSBA(),
        "TSB": models.TSB(alpha_d=0.2, alpha_p=0.2),
        "SES": models.SimpleExponentialSmoothingOptimized(),
        "Theta": models.DynamicOptimizedTheta(season_length=1),
    }
    methods = {name: _method(model) for name, model in made.items()}
    methods["seasonal naive"] = _method(models.SeasonalNaive(season_length=YEAR), shortest=YEAR + 1)
    return methods


def _method(model: Any, shortest: int = 4) -> Callable[[Floats, int], Floats]:
    def run(series: Floats, horizon: int) -> Floats:
        if len(series) < shortest:
            raise ValueError(f"needs {shortest} weeks")
        return np.asarray(model.forecast(y=np.ascontiguousarray(series, dtype=float), h=horizon)["mean"])

    return run
