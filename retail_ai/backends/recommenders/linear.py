"""The sequential-linear recommender of the engine as a backend: tunes itself to the shop unless OPTIONS say otherwise.

The mathematics is the engine's; nothing is read from the shop here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.backends.base import Items, Recommender, RecommenderModel, Scores, Vectors
from retail_ai.engine import sequential_linear, tuning
from retail_ai.engine.item_content import from_vectors


class SequentialLinear(Recommender):
    """OPTIONS are the fields of ``engine.sequential_linear.Settings`` (decay, ridge, content…).

    With none but ``window`` and ``max_items`` given, all others are chosen on everyone's last item before each fit.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.settings = sequential_linear.Settings(**options)

    @property
    def identity(self) -> str:
        return "sequential-linear/2"

    def fit(self, sequences: Sequence[Items], *, n_items: int, vectors: Vectors | None = None) -> RecommenderModel:
        content = from_vectors(vectors) if vectors is not None else None
        settings = self.settings
        if not set(self.options) - {"window", "max_items"}:
            limits = {"window": settings.window, "max_items": settings.max_items}
            settings = tuning.tune(sequences, n_items, content, **limits).settings
        return LinearModel(sequential_linear.fit(sequences, n_items, settings, content))

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
