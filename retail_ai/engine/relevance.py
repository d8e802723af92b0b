"""Ranks a search's candidates by a weighted sum of what speaks for them, learns the weights from judged queries, and
says when that is too little to show a product at all. Finds no products.

The weights are learned listwise (softmax over a query's candidates; Cao et al., ListNet, 2007) and held near the
cold-start ones, so that few queries do no harm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Numbers = NDArray[np.float64]
# What a shop starts with, by feature; those of meaning are shared out among the vector spaces. How words stand to
# meaning was chosen on the Icecat judgements, where the same search for weights, cross-validated, reaches as much
# (docs/benchmarks.md); the shelf's part on the demo's queries.
COLD: dict[str, float] = {
    "said": 3.5, "words_best": 3.5, "cosine_best": 7.0, "shelf": 2.0, "shelf_clear": 7.0, "aside": -2.5,
}  # fmt: skip
# A product fits a query that it says whole. Else its cosine and its shelf's together must speak for it: the less the
# more of the query it says, its words weighed by rarity. Set by eye on the queries in tests/catalog/queries.tsv.
SPEAKS_FOR, NEEDED, LESS_FOR_WORDS = 0.63, 1.4, 2.0
# This much of a cosine speaks for a product whatever its shelf; a product on no shelf has but its own cosine.
CLEARLY_LIKE, LIKE = 0.3, 0.2


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by feature name. A feature that a search has not counts nothing."""

    weights: Mapping[str, float]

    def score(self, matrix: Numbers, names: Sequence[str]) -> Numbers:
        """(n, features) → (n,), higher is better within one query."""
        scores: Numbers = matrix @ np.array([self.weights.get(name, 0.0) for name in names])
        return scores


def cold_start(names: Sequence[str], weights: Mapping[str, float] = COLD) -> Linear:
    """The order that a shop starts with, for features of these names; ``weights``: by kind of feature."""
    spaces = max(1, sum(name.startswith("cosine_best_") for name in names))
    return Linear(
        {name: weights.get(_kind(name), 0.0) / (spaces if name.startswith("cosine") else 1) for name in names}
    )


def _kind(name: str) -> str:
    return name.rsplit("_", 1)[0] if name.rsplit("_", 1)[-1].isdigit() else name


def fit_linear(
    matrices: Sequence[Numbers], gains: Sequence[Numbers], names: Sequence[str], *, strength: float = 0.03
) -> Linear:
    """Weights from (n, features) matrices and (n,) gains ≥ 0, one pair a query; queries without any gain are left out.

    ``strength`` holds the weights of standardised features near the cold-start ones.
    """
    spread = np.maximum(np.concatenate(list(matrices)).std(axis=0), 1e-6)
    lists = [(matrix, gain / gain.sum()) for matrix, gain in zip(matrices, gains, strict=True) if gain.sum()]
    start = np.array([cold_start(names).weights[name] for name in names]) * spread
    if not lists:
        return cold_start(names)
    # All lists end to end, each beginning at one of ``starts``.
    whole = np.concatenate([matrix for matrix, _target in lists]) / spread
    target = np.concatenate([target for _matrix, target in lists])
    sizes = [len(matrix) for matrix, _target in lists]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        scores = whole @ weights
        scores = scores - np.repeat(np.maximum.reduceat(scores, starts), sizes)
        chance = np.exp(scores)
        chance /= np.repeat(np.add.reduceat(chance, starts), sizes)
        total = -float(target @ np.log(chance + 1e-12)) / len(lists)
        away = weights - start
        gradient = whole.T @ (chance - target) / len(lists)
        return total + strength * float(away @ away), gradient + 2 * strength * away

    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return Linear(dict(zip(names, (fitted / spread).tolist(), strict=True)))


def ndcg_at(order: Sequence[Any], grades: Mapping[Any, float], k: int = 10) -> float:
    """NDCG with gains 2^grade - 1; what nobody judged has grade 0. 0 where nothing has a positive grade."""
    ideal = sorted(grades.values(), reverse=True)[:k]
    best = sum((2**grade - 1) / np.log2(place + 2) for place, grade in enumerate(ideal))
    found = sum((2 ** grades.get(key, 0) - 1) / np.log2(place + 2) for place, key in enumerate(order[:k]))
    return float(found / best) if best else 0.0


def fits(matrix: Numbers, names: Sequence[str], *, on_shelf: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n, features) → whether there is enough to show each product at all. ``on_shelf``: it stands on one."""
    column = {name: matrix[:, i] for i, name in enumerate(names)}
    said = column["said"]
    if "cosine_0" not in column:
        return said > 0
    cosine = column["cosine_0"]
    needed = np.minimum(SPEAKS_FOR, NEEDED - LESS_FOR_WORDS * said)
    shelved = cosine + column["shelf"] >= needed
    alone = (said > 0) | (cosine >= LIKE)
    enough: NDArray[np.bool_] = (said > 0.99) | (cosine >= CLEARLY_LIKE) | np.where(on_shelf, shelved, alone)
    return enough
