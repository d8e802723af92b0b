"""Popularity, co-occurrence, EASE and content vectors as recommenders: baselines, and for a very young shop."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from retail_ai.backends.base import Items, Recommender, RecommenderModel, Scores, Times, Vectors
from retail_ai.engine import baselines
from retail_ai.engine.item_content import content_from_arrays, from_vectors
from retail_ai.engine.linear_matrix import matrix_arrays, matrix_from_arrays
from retail_ai.engine.linear_settings import WINDOW
from retail_ai.engine.moments import counts_of

DAY = 86_400.0


class _Scores(Protocol):
    def score(self, histories: Sequence[Items]) -> Scores: ...


class PlainModel(RecommenderModel):
    """An engine model behind the common interface, with the arrays it can be made from again."""

    def __init__(
        self, inner: _Scores, n_items: int, arrays: dict[str, NDArray[Any]], kernel: tuple[float, ...] | None = None
    ) -> None:
        self.inner, self.n_items, self._arrays = inner, n_items, arrays
        # A set of items has no order: all weigh the same.
        self.kernel = kernel or (1.0,) * WINDOW

    def score(self, histories: Sequence[Items]) -> Scores:
        return np.array(self.inner.score(histories), dtype=np.float32)

    def similar(self, items: Items) -> Scores:
        found = np.array(self.inner.score([np.array([item]) for item in items]), dtype=np.float32)
        found[np.arange(len(items)), np.asarray(items)] = 0
        return found

    def linked(self, items: Items) -> Any:
        weights: Any = getattr(self.inner, "weights", None)
        return weights[np.asarray(items)] if sparse.issparse(weights) else self.similar(items)

    def arrays(self) -> dict[str, NDArray[Any]]:
        return self._arrays


class Plain(Recommender):
    """What those below share: numbers are checked, and a model is made from the plain arrays that were learned."""

    def fit(
        self,
        sequences: Sequence[Items],
        *,
        n_items: int,
        vectors: Vectors | None = None,
        times: Sequence[Times] | None = None,
    ) -> RecommenderModel:
        counts_of(sequences, n_items)
        return self.restore(self.learned(sequences, n_items, vectors, times))

    def learned(
        self, sequences: Sequence[Items], n_items: int, vectors: Vectors | None, times: Sequence[Times] | None
    ) -> dict[str, NDArray[Any]]:
        """The arrays that ``restore`` makes the model from."""
        raise NotImplementedError


class Popularity(Plain):
    """What most people had, the latest counting most: ``half_life_days``. The baseline of every gate."""

    def __init__(self, *, half_life_days: float = 30.0) -> None:
        super().__init__(half_life_days=half_life_days)
        self.half_life = half_life_days * DAY

    @property
    def identity(self) -> str:
        return "popularity/1"

    def learned(
        self, sequences: Sequence[Items], n_items: int, vectors: Vectors | None, times: Sequence[Times] | None
    ) -> dict[str, NDArray[Any]]:
        return {"counts": baselines.fit_popularity(sequences, n_items, times, self.half_life).counts}

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> RecommenderModel:
        counts = arrays["counts"]
        return PlainModel(baselines.PopularityModel(counts), len(counts), dict(arrays))


class CoOccurrence(Plain):
    """Who had this had that: cosines between the sets of people who had each item."""

    @property
    def identity(self) -> str:
        return "co-occurrence/1"

    def learned(
        self, sequences: Sequence[Items], n_items: int, vectors: Vectors | None, times: Sequence[Times] | None
    ) -> dict[str, NDArray[Any]]:
        return matrix_arrays(self._weights(sequences, n_items))

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> RecommenderModel:
        weights: Any = matrix_from_arrays(arrays)
        return PlainModel(baselines.ItemItemModel(weights), weights.shape[0], dict(arrays))

    def _weights(self, sequences: Sequence[Items], n_items: int) -> Any:
        return baselines.fit_neighbours(sequences, n_items).weights


class Ease(CoOccurrence):
    """EASE (Steck 2019): a closed-form item-item model of the set of what someone had. ``ridge``: its only setting."""

    def __init__(self, *, ridge: float = 100.0) -> None:
        super().__init__(ridge=ridge)
        self.ridge = ridge

    @property
    def identity(self) -> str:
        return "ease/1"

    def _weights(self, sequences: Sequence[Items], n_items: int) -> Any:
        return baselines.fit_ease(sequences, n_items, self.ridge).weights


class ContentVectors(Plain):
    """What reads or looks like what someone had; learns nothing from behaviour, so a product may be new.

    Without vectors it says nothing: every score is 0. ``decay``: weight of an item per step of age. ``centred``:
    whether what all products have in common is taken away first; the database, which serves, does not.
    """

    def __init__(self, *, decay: float = 0.8, window: int = 30, centred: bool = True) -> None:
        super().__init__(decay=decay, window=window, centred=centred)
        self.centred = centred
        self.kernel = tuple(decay**age for age in range(window))

    @property
    def identity(self) -> str:
        return "content-vectors/1"

    def learned(
        self, sequences: Sequence[Items], n_items: int, vectors: Vectors | None, times: Sequence[Times] | None
    ) -> dict[str, NDArray[Any]]:
        known = np.zeros((n_items, 1), np.float32) if vectors is None else vectors
        return from_vectors(known, centred=self.centred).arrays()

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> RecommenderModel:
        content = content_from_arrays(arrays)
        if content is None:
            raise ValueError("no content among the arrays")
        n_items = content.vectors.shape[0]
        return PlainModel(baselines.ContentModel(content, self.kernel), n_items, dict(arrays), self.kernel)
