"""Adds up two ways to score as serving does, and finds how much the second should weigh by cross-validation."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.examination import Shop, examine

Items = NDArray[np.int64]
Floats = NDArray[np.float32]
Score = Callable[[list[Items]], Floats]
# With the last of these the second says nearly all: where little is known of behaviour it may.
STEPS = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)
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

    The weight is the mean of the folds' choices; where that does worse on all of them together than either score alone
    (weight 0, or the last step), it is the best step. Too few people to part give 0.
    """

    def height(weight: float) -> Floats:
        return np.asarray(examine(blended(first, second, weight), pasts, wanted, shop).values["ndcg10"])

    marks = [height(step) for step in STEPS]
    people = len(marks[0])
    if people < 2 * FOLDS:
        return 0.0, float(marks[0].mean()) if people else 0.0
    fold = np.random.default_rng(seed).permutation(people) % FOLDS
    chosen = [int(np.argmax([values[fold != part].mean() for values in marks])) for part in range(FOLDS)]
    reached = [marks[best][fold == part].mean() for part, best in enumerate(chosen)]
    mean, means = round(float(np.mean([STEPS[step] for step in chosen])), 3), [float(own.mean()) for own in marks]
    fused = height(mean).mean() >= max(means[0], means[-1])
    return mean if fused else STEPS[int(np.argmax(means))], float(np.mean(reached))


def _scaled(scores: Floats, pasts: Sequence[Items]) -> Floats:
    positive = np.maximum(scores, 0)
    for row, past in enumerate(pasts):
        positive[row, past] = 0
    return np.asarray(positive / np.maximum(positive.max(axis=1, keepdims=True, initial=0), 1e-9))
