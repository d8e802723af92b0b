"""The error that RMSSE averages, as a loss to learn from: the root mean square over a series' whole horizon.

For one level f ahead of demand with mean m and spread v within the horizon it is sqrt((f - m)² + v²): a square near
the mean and straight far from it, so that one bulk order does not outvote a thousand quiet weeks. It fits nothing.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SMALL = 1e-2
WIDEST = 3.0


class HorizonLoss:
    """Gradients for boosting f = base · exp(score). All arrays are (rows,), in units of each row's own level."""

    def __init__(self, base: Floats, mean: Floats, spread: Floats, weight: Floats) -> None:
        self.base, self.mean, self.spread, self.weight = base, mean, spread, weight

    def level(self, score: Floats) -> Floats:
        """What a score stands for."""
        level: Floats = self.base * np.exp(np.clip(score, -WIDEST, WIDEST))
        return level

    def __call__(self, score: Floats, _data: object = None) -> tuple[Floats, Floats]:
        """First and (bounded below by zero) second derivative of the loss by the score."""
        level = self.level(score)
        off = level - self.mean
        root = np.sqrt(off**2 + self.spread**2 + SMALL**2)
        return self.weight * off / root * level, self.weight * level**2 / root + 1e-3
