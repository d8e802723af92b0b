"""The sequential-linear recommender of the engine as a backend: tunes itself to the shop unless OPTIONS say otherwise.

The mathematics is the engine's; nothing is read from the shop here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.backends.base import Items, Recommender, RecommenderModel, Scores, Times, Vectors
from retail_ai.engine import sequential_linear, tuning
from retail_ai.engine.item_content import ItemContent, from_vectors
from retail_ai.engine.linear_settings import Settings

# What may be given and still leave the other settings to be tuned.
LIMITS = {"window", "max_items", "head"}


class SequentialLinear(Recommender):
    """OPTIONS are the fields of ``engine.linear_settings.Settings`` (decay, ridge, content…).

    With none but ``window``, ``max_items`` and ``head`` given, all others are chosen on everyone's last item.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.settings = Settings(**options)

    @property
    def identity(self) -> str:
        return "sequential-linear/3"

    def fit(
        self,
        sequences: Sequence[Items],
        *,
        n_items: int,
        vectors: Vectors | None = None,
        times: Sequence[Times] | None = None,
    ) -> RecommenderModel:
        content = from_vectors(vectors) if vectors is not None else None
        return LinearModel(
            sequential_linear.fit(sequences, n_items, self.chosen(sequences, n_items, content, times), content, times)
        )

    def settled(self, model: RecommenderModel) -> dict[str, Any]:
        return asdict(model.engine_model.settings) if isinstance(model, LinearModel) else self.options

    def chosen(
        self,
        sequences: Sequence[Items],
        n_items: int,
        content: ItemContent | None,
        times: Sequence[Times] | None = None,
    ) -> Settings:
        """The settings to fit with: those given, or those tuned on these sequences."""
        if set(self.options) - LIMITS:
            return self.settings
        limits = {name: getattr(self.settings, name) for name in LIMITS}
        return tuning.tune(sequences, n_items, content, times, **limits).settings

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> RecommenderModel:
        return LinearModel(sequential_linear.from_arrays(arrays))


class LinearModel(RecommenderModel):
    """A trained engine model behind the common interface. ``engine_model`` is for what only this kind can do."""

    def __init__(self, engine_model: sequential_linear.Model) -> None:
        self.engine_model = engine_model
        self.n_items, self.kernel = engine_model.n_items, engine_model.settings.kernel

    def score(self, histories: Sequence[Items]) -> Scores:
        return self.engine_model.score(histories)

    def similar(self, items: Items) -> Scores:
        return self.engine_model.similar(np.asarray(items, dtype=np.int64))

    def linked(self, items: Items) -> Any:
        return self.engine_model.linked(np.asarray(items, dtype=np.int64))

    def arrays(self) -> dict[str, NDArray[Any]]:
        return self.engine_model.arrays()
