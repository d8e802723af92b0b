"""The gate's judgement: is a new model better than its rivals on the same people, and how sure is that?

NDCG@10 decides, as it counts where in the list a choice stands; hits are shown beside it and have no veto.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.examination import Marks

FEWEST_PEOPLE = 20
# How sure it must be that popularity is beaten; the release in service need only not be better. A small shop has some
# hundreds of people to ask: asking for more would keep a model back that is most likely the better one.
SURE = 0.8


@dataclass(frozen=True, slots=True)
class Verdict:
    """Against one rival: the mean difference in NDCG@10, its 95 % interval, and how likely it is above 0."""

    rival: str
    difference: float
    interval: tuple[float, float]
    sure: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """``passed`` only with enough people and every verdict passed."""

    people: int
    verdicts: tuple[Verdict, ...]

    @property
    def enough(self) -> bool:
        return self.people >= FEWEST_PEOPLE

    @property
    def passed(self) -> bool:
        return self.enough and all(verdict.passed for verdict in self.verdicts)


def judge(ours: Marks, popularity: Marks, others: Mapping[str, Marks]) -> Judgement:
    """All examined on the very same people. ``others``: by name, such as the release in service."""
    verdicts = [_against("popularity", ours, popularity, SURE)]
    verdicts += [_against(name, ours, marks, 0.0) for name, marks in others.items()]
    return Judgement(len(ours.lists), tuple(verdicts))


def _against(name: str, ours: Marks, theirs: Marks, sure: float) -> Verdict:
    apart = ours.values["ndcg10"] - theirs.values["ndcg10"]
    drawn = bootstrap(apart)
    mean = float(apart.mean()) if len(apart) else 0.0
    likely = float((drawn > 0).mean())
    low, high = (float(edge) for edge in np.quantile(drawn, [0.025, 0.975]))
    passed = mean >= 0 if not sure else mean > 0 and likely >= sure
    return Verdict(name, mean, (low, high), likely, passed)


def bootstrap(values: NDArray[np.float64], *, repeats: int = 500, seed: int = 0) -> NDArray[np.float64]:
    """Means of ``repeats`` samples of the values drawn with replacement; zeros for no values."""
    if not len(values):
        return np.zeros(repeats)
    rng = np.random.default_rng(seed)
    return np.array([values[rng.integers(0, len(values), len(values))].mean() for _ in range(repeats)])
