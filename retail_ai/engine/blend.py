"""Adds up two ways to score as serving does, and finds how much the second should weigh by cross-validation."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.examination import Shop, examine

Items = NDArray[np.int64]
Floats = NDArray[np.float32]
Score = Callable[[list[Items]], Floats]
STEPS = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6)
FOLDS = 5


def blended(first: Score, second: Score, weight: float) -> Score:
    """Each scaled so that a person's best candidate gets 1 (below 0 counts nothing), then first + weight × second."""

    def score(pasts: list[Items]) -> Floats:
        found = _scaled(first(pasts), pasts)
        return found + np.float32(weight) * _scaled(second(pasts), pasts) if weight else found

    return score


def choose_weight(
    first: Score, second: Score, pasts: Sequence[Items], wanted: Sequence[Items], shop: Shop, *, seed: int = 0
) -> tuple[float, float]:
    """(weight, NDCG@10 by cross-validation): each fold is scored by the weight that is best for the other folds.

    The weight is the mean of the folds' choices. Too few people to part give 0.
    """
    marks = [examine(blended(first, second, step), pasts, wanted, shop).values["ndcg10"] for step in STEPS]
    people = len(marks[0])
    if people < 2 * FOLDS:
        return 0.0, float(marks[0].mean()) if people else 0.0
    fold = np.random.default_rng(seed).permutation(people) % FOLDS
    chosen = [int(np.argmax([values[fold != part].mean() for values in marks])) for part in range(FOLDS)]
    reached = [marks[best][fold == part].mean() for part, best in enumerate(chosen)]
    return round(float(np.mean([STEPS[best] for best in chosen])), 3), float(np.mean(reached))


def _scaled(scores: Floats, pasts: Sequence[Items]) -> Floats:
    positive = np.maximum(scores, 0)
    for row, past in enumerate(pasts):
        positive[row, past] = 0
    return np.asarray(positive / np.maximum(positive.max(axis=1, keepdims=True, initial=0), 1e-9))
