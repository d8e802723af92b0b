"""Gradient-boosted trees by LightGBM for the forecast that all products share. Imported on first use."""

from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.global_model import Learner
from retail_ai.engine.horizon_loss import HorizonLoss
from retail_ai.engine.ridge import threads as all_threads
from retail_ai.exceptions import MissingPackage

Floats = NDArray[np.float64]
Rows = NDArray[np.float32]
SEED = 7
# With fewer, threads wait for each other longer than they save.
FEW_ROWS = 20_000


def require() -> None:
    """Raise MissingPackage where the package is not installed; loads nothing."""
    if find_spec("lightgbm") is None:
        raise MissingPackage("lightgbm", "forecast")


class BoostedTrees:
    """A fitted booster."""

    def __init__(self, booster: Any, threads: int = 1) -> None:
        self.booster, self.threads = booster, threads

    def predict(self, rows: Rows) -> Floats:
        """(rows, features) → (rows,) scores."""
        return np.asarray(self.booster.predict(rows, num_threads=self.threads), dtype=float)


def tree_learner(threads: int | None = None) -> Learner:
    """A learner on so many CPU threads; on all that this process may run on where None is given.
    Raises MissingPackage."""
    require()

    def learn(rows: Rows, loss: HorizonLoss) -> BoostedTrees:
        import lightgbm

        settings = _settings(len(rows)) | {"num_threads": 1 if len(rows) < FEW_ROWS else threads or all_threads()}
        data = lightgbm.Dataset(rows, loss.mean, params=settings, free_raw_data=True)
        booster = lightgbm.train({**settings, "objective": loss}, data, num_boost_round=_rounds(len(rows)))
        return BoostedTrees(booster, settings["num_threads"])

    return learn


def _rounds(rows: int) -> int:
    return 75 if rows >= 4_000 else 40


def _settings(rows: int) -> dict[str, Any]:
    return {
        "learning_rate": 0.12 if rows >= 4_000 else 0.1,
        "num_leaves": 31 if rows >= 100_000 else 15 if rows >= 4_000 else 7,
        "min_data_in_leaf": int(min(200, max(20, rows // 100))),
        "feature_fraction": 0.4,
        "bagging_fraction": 0.7,
        "bagging_freq": 1,
        "lambda_l2": 10.0,
        "max_bin": 63,
        "seed": SEED,
        "deterministic": True,
        "force_col_wise": True,
        "verbose": -1,
    }
