"""A weighted sum of features, learned listwise and held near the weights that every shop starts with."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

import numpy as np

from retail_ai.backends.rerankers.base import Numbers, Shortlist, TrainedReranker
from retail_ai.engine.relevance import Linear, cold_start, fit_linear


class LinearReranker(TrainedReranker):
    """Few weights, so that some dozens of queries are enough to learn from."""

    name: ClassVar[str] = "linear"

    def __init__(self, linear: Linear) -> None:
        super().__init__()
        self.linear, self.names = linear, tuple(linear.weights)

    @classmethod
    def cold_start(cls, names: Sequence[str], **weights: float) -> Self:
        """The order that every shop starts with; ``weights``: other weights for some features."""
        return cls(Linear({**cold_start(names).weights, **weights}))

    @classmethod
    def fit(cls, shortlists: Sequence[Shortlist], grades: Sequence[Numbers], **options: Any) -> Self:
        names = shortlists[0].names
        gains = [2 ** np.asarray(grade, float) - 1 for grade in grades]
        return cls(fit_linear([one.matrix for one in shortlists], gains, names, **options))

    def score(self, shortlist: Shortlist) -> Numbers:
        return self.linear.score(shortlist.matrix, shortlist.names)

    def state(self) -> dict[str, Any]:
        return {"weights": dict(self.linear.weights)}

    @classmethod
    def restore(cls, state: dict[str, Any]) -> Self:
        return cls(Linear({str(name): float(weight) for name, weight in state["weights"].items()}))
