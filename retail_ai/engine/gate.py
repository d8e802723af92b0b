"""The gate's judgement: is a new model better than its rivals on the same people, and is serving it safe?

Against each rival three things are asked, after Schultzberg, Ankargren and Frånberg (2024, "Risk-aware product
decisions in A/B tests with multiple metrics"), who tell metrics that must win from those that must not be lost on:

1. NDCG@10, which counts how high a choice stood, is higher on these people;
2. with 95 % certainty it is not lower by more than a tenth of the rival's (a test of non-inferiority);
3. it is not 95 % certain that fewer people found anything at all in the first ten (a test of deterioration).

The second adapts to a shop's size. With few people it asks for a clear gain, for a great loss cannot be told from
chance there; with many it lets a small gain pass, since a model that is chosen over its equal costs nothing. To ask
everyone for 95 % certainty of a gain instead would keep most small shops' better models back for want of people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.examination import Marks

FEWEST_PEOPLE = 20
# The certainty that is asked for, and the share of the rival's NDCG@10 that may be lost at most.
CERTAIN, MARGIN = 0.95, 0.1


@dataclass(frozen=True, slots=True)
class Verdict:
    """Against one rival. ``difference``: mean, in NDCG@10, with its 95 % ``interval``; ``sure``: how likely it is > 0.

    ``safe``: it is certain that no more than the margin is lost. ``hits``: mean difference in HR@10, and ``fewer`` how
    likely that is below 0. ``ties_pass``: an equal of this rival may serve.
    """

    rival: str
    difference: float
    interval: tuple[float, float]
    sure: float
    safe: bool
    hits: float
    fewer: float
    ties_pass: bool

    @property
    def better(self) -> bool:
        return self.difference > 0 or (self.ties_pass and self.difference == 0)

    @property
    def keeps_hits(self) -> bool:
        return self.fewer < CERTAIN

    @property
    def passed(self) -> bool:
        return self.better and self.safe and self.keeps_hits


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
    """All examined on the very same people. ``others``: by name, such as the release in service.

    A tie with another passes, for the new model knows newer days; a tie with popularity does not.
    """
    verdicts = [_against("popularity", ours, popularity, ties_pass=False)]
    verdicts += [_against(name, ours, marks, ties_pass=True) for name, marks in others.items()]
    return Judgement(len(ours.lists), tuple(verdicts))


def _against(name: str, ours: Marks, theirs: Marks, *, ties_pass: bool) -> Verdict:
    apart = ours.values["ndcg10"] - theirs.values["ndcg10"]
    hits = ours.values["hr10"] - theirs.values["hr10"]
    drawn, mean, margin = bootstrap(apart), _mean(apart), MARGIN * _mean(theirs.values["ndcg10"])
    low, high = (float(edge) for edge in np.quantile(drawn, [0.025, 0.975]))
    safe = bool(np.quantile(drawn, 1 - CERTAIN) >= -margin)
    fewer = float((bootstrap(hits) < 0).mean())
    return Verdict(name, mean, (low, high), float((drawn > 0).mean()), safe, _mean(hits), fewer, ties_pass)


def bootstrap(values: NDArray[np.float64], *, repeats: int = 1_000, seed: int = 0) -> NDArray[np.float64]:
    """Means of ``repeats`` samples of the values drawn with replacement; zeros for no values."""
    if not len(values):
        return np.zeros(repeats)
    rng = np.random.default_rng(seed)
    return np.array([values[rng.integers(0, len(values), len(values))].mean() for _ in range(repeats)])


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else 0.0
