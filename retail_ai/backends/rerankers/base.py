"""What every reranker is: a shortlist in, one score a candidate out. Some are trained, kept and restored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from retail_ai.backends.base import Backend

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A query and its candidates: their texts, and (n, features) with the features' names."""

    query: str
    texts: Sequence[str]
    matrix: Numbers
    names: tuple[str, ...]

    def columns(self, names: Sequence[str]) -> Numbers:
        """(n, names): the features of these names in this order, 0 for one that the search has not."""
        at = {name: i for i, name in enumerate(self.names)}
        empty = np.zeros(len(self.matrix))
        return np.column_stack([self.matrix[:, at[name]] if name in at else empty for name in names])


class Reranker(Backend):
    """Scores a shortlist."""

    kind = "reranker"

    def score(self, shortlist: Shortlist) -> Numbers:
        """(n,) higher is better, comparable within one shortlist only."""
        raise NotImplementedError


class TrainedReranker(Reranker):
    """A reranker that learns from (shortlist, grades) and whose ``state`` is plain JSON."""

    name: ClassVar[str]
    names: tuple[str, ...]

    @classmethod
    def fit(cls, shortlists: Sequence[Shortlist], grades: Sequence[Numbers], **options: Any) -> Self:
        """One grade (0 to 3, or more) a candidate. All shortlists have the same features."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """All that is needed to make it again."""
        raise NotImplementedError

    @classmethod
    def restore(cls, state: dict[str, Any]) -> Self:
        """The reranker that ``state`` was taken from."""
        raise NotImplementedError

    @property
    def identity(self) -> str:
        return self.name
