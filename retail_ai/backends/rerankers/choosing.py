"""Learns a reranker from judged shortlists, and keeps of several kinds the one that cross-validation prefers.

The order that every shop starts with is among them: what does not beat it is not taken.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from retail_ai.backends.packages import missing
from retail_ai.backends.rerankers.base import Numbers, Shortlist, TrainedReranker
from retail_ai.backends.rerankers.lambdamart import LambdaMART
from retail_ai.backends.rerankers.linear import LinearReranker
from retail_ai.engine.relevance import ndcg_at

FOLDS = 4
# Queries below which trees are not tried, and weights are not learned at all.
ENOUGH_FOR_TREES, ENOUGH = 60, 12
Fit = Callable[[Sequence["Judged"]], TrainedReranker]


@dataclass(frozen=True, slots=True)
class Judged:
    """A query's shortlist, the grade of each candidate (0 where nobody judged it), and all positive grades that the
    query has, also of products that were not found."""

    shortlist: Shortlist
    grades: Numbers
    ideal: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The reranker that was taken, its kind, and the NDCG@10 of each kind on queries that it had not seen."""

    reranker: TrainedReranker
    kind: str
    ndcg: dict[str, float]


def choose(judged: Sequence[Judged], *, seed: int = 0) -> Choice:
    """The kind with the best cross-validated NDCG@10, fitted on all queries. Needs at least one query."""
    kinds = _kinds(judged)
    scores = {name: cross_validate(judged, fit, seed=seed) for name, fit in kinds.items()}
    best = max(scores, key=lambda name: scores[name])
    return Choice(kinds[best](judged), best, {name: round(score, 4) for name, score in scores.items()})


def cross_validate(judged: Sequence[Judged], fit: Fit, *, seed: int = 0) -> float:
    """Mean NDCG@10, each query ranked by a reranker that has not seen it."""
    order = np.random.default_rng(seed).permutation(len(judged))
    folds = min(FOLDS, max(2, len(judged)))
    scores: list[float] = []
    for fold in range(folds):
        held = {int(i) for i in order[fold::folds]}
        reranker = fit([one for i, one in enumerate(judged) if i not in held] or judged)
        scores += [ndcg_of(judged[i], reranker) for i in sorted(held)]
    return float(np.mean(scores)) if scores else 0.0


def ndcg_of(one: Judged, reranker: TrainedReranker, k: int = 10) -> float:
    """NDCG of one query's shortlist as the reranker orders it."""
    order = np.argsort(-reranker.score(one.shortlist), kind="stable")
    unseen = {f"unseen {i}": grade for i, grade in enumerate(_unseen(one))}
    return ndcg_at([int(i) for i in order], {**dict(enumerate(one.grades.tolist())), **unseen}, k)


def _unseen(one: Judged) -> list[float]:
    """Positive grades of the query that no candidate has."""
    left = sorted(one.ideal, reverse=True)
    for grade in one.grades[one.grades > 0].tolist():
        if grade in left:
            left.remove(grade)
    return left


def _kinds(judged: Sequence[Judged]) -> dict[str, Fit]:
    names = judged[0].shortlist.names
    kinds: dict[str, Fit] = {"cold start": lambda _: LinearReranker.cold_start(names)}
    if len(judged) < ENOUGH:
        return kinds
    for strength in (0.3, 0.03):
        kinds[f"linear {strength}"] = _fitter(LinearReranker, strength=strength)
    if len(judged) >= ENOUGH_FOR_TREES and not missing("lightgbm", extra="ranking"):
        kinds["lambdamart"] = _fitter(LambdaMART)
    return kinds


def _fitter(cls: type[TrainedReranker], **options: Any) -> Fit:
    def fit(judged: Sequence[Judged]) -> TrainedReranker:
        return cls.fit([one.shortlist for one in judged], [one.grades for one in judged], **options)

    return fit
