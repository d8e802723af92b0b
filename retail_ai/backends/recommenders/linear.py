"""The sequential-linear recommender of the engine as a backend. Adds nothing to it but OPTIONS and a name."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.backends.base import Items, Recommender, RecommenderModel, Scores
from retail_ai.engine import sequential_linear


class SequentialLinear(Recommender):
    """OPTIONS are the fields of ``engine.sequential_linear.Settings`` (decay, ridge, window…)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.settings = sequential_linear.Settings(**options)

    @property
    def identity(self) -> str:
        return "sequential-linear/1"

    def fit(self, sequences: Sequence[Items], *, n_items: int) -> RecommenderModel:
        return LinearModel(sequential_linear.fit(sequences, n_items, self.settings))

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> RecommenderModel:
        return LinearModel(sequential_linear.from_arrays(arrays))


class LinearModel(RecommenderModel):
    """A trained engine model behind the common interface. ``engine_model`` is for what only this kind can do."""

    def __init__(self, engine_model: sequential_linear.Model) -> None:
        self.engine_model = engine_model
        self.n_items = engine_model.n_items

    def score(self, histories: Sequence[Items]) -> Scores:
        return self.engine_model.score(histories)

    def similar(self, items: Items) -> Scores:
        return self.engine_model.similar(np.asarray(items, dtype=np.int64))

    def arrays(self) -> dict[str, NDArray[Any]]:
        return self.engine_model.arrays()
