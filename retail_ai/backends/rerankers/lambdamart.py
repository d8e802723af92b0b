"""LambdaMART (Burges, 2010) by LightGBM: small trees on features, for shops with some hundred queries and more."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

import numpy as np

from retail_ai.backends.packages import require
from retail_ai.backends.rerankers.base import Numbers, Shortlist, TrainedReranker
from retail_ai.engine.relevance import Linear, cold_start

# Small and held back: a hundred queries are few.
SETTINGS: dict[str, Any] = {
    "objective": "lambdarank", "num_leaves": 7, "learning_rate": 0.05, "min_data_in_leaf": 30, "lambda_l2": 5.0,
    "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1, "lambdarank_truncation_level": 20,
    "verbose": -1, "deterministic": True, "force_row_wise": True, "seed": 0,
}  # fmt: skip
TREES = 120
MOST_GRADE = 30


class LambdaMART(TrainedReranker):
    """Trees over the features and the cold-start score."""

    name: ClassVar[str] = "lambdamart"

    def __init__(self, model: str, names: Sequence[str], start: Linear) -> None:
        super().__init__()
        self.model, self.names, self.start = model, tuple(names), start
        self._booster: Any = None

    @classmethod
    def fit(cls, shortlists: Sequence[Shortlist], grades: Sequence[Numbers], **options: Any) -> Self:
        lightgbm = require("lightgbm", extra="ranking")
        names = shortlists[0].names
        start = cold_start(names)
        data = lightgbm.Dataset(
            np.concatenate([_with_start(one, names, start) for one in shortlists]),
            np.rint(np.concatenate([np.minimum(grade, MOST_GRADE) for grade in grades])).astype(int),
            group=[len(grade) for grade in grades],
        )
        trees = int(options.pop("trees", TREES))
        booster = lightgbm.train({**SETTINGS, "num_threads": 1, **options}, data, trees)
        return cls(booster.model_to_string(), names, start)

    def score(self, shortlist: Shortlist) -> Numbers:
        scores: Numbers = self._load().predict(_with_start(shortlist, self.names, self.start), num_threads=1)
        return scores

    def _load(self) -> Any:
        with self._lock:
            if self._booster is None:
                self._booster = require("lightgbm", extra="ranking").Booster(model_str=self.model)
            return self._booster

    def state(self) -> dict[str, Any]:
        return {"model": self.model, "names": list(self.names), "start": dict(self.start.weights)}

    @classmethod
    def restore(cls, state: dict[str, Any]) -> Self:
        return cls(state["model"], state["names"], Linear(state["start"]))


def _with_start(shortlist: Shortlist, names: Sequence[str], start: Linear) -> Numbers:
    return np.column_stack([shortlist.columns(names), start.score(shortlist.matrix, shortlist.names)])
