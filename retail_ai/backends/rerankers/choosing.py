"""Learns a reranker from judged shortlists, and keeps of several kinds the one that cross-validation prefers.

The order that every shop starts with and plain BM25 are among them: what does not clearly beat the first is not taken.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from retail_ai.backends.packages import missing
from retail_ai.backends.rerankers.base import Numbers, Shortlist, TrainedReranker
from retail_ai.backends.rerankers.lambdamart import LambdaMART
from retail_ai.backends.rerankers.linear import LinearReranker
from retail_ai.engine.relevance import Linear, ndcg_at

FOLDS = 4
# Queries below which trees are not tried, and nothing is: the standard error of a gain could not be told.
ENOUGH_FOR_TREES, ENOUGH = 60, 30
# How much better than the order every shop starts with another must be on queries it has not seen.
LEAST_GAIN = 0.005
# And by how many standard errors. Several kinds are tried: with one, chance alone was let through now and then.
SURE = 2.0
FUSED, BM25, CHOSEN = "as fused", "bm25", "as fused, chosen first"
# How much of the fused score it is worth, at most, that shoppers chose a product after the same words.
CHOSEN_WEIGHT = 6.0
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
    """The reranker that was taken, its kind, the mean NDCG@10 of each kind on queries that it had not seen, and how
    much better than the first kind each was, with the standard error of that."""

    reranker: TrainedReranker
    kind: str
    ndcg: dict[str, float]
    gains: dict[str, tuple[float, float]]

    @property
    def passed(self) -> bool:
        """Whether something better than the order every shop starts with was found."""
        return self.kind != FUSED


def choose(judged: Sequence[Judged], *, seed: int = 0) -> Choice:
    """The simplest kind that passes the gate and is as good as the best, fitted on all queries. Needs one query."""
    kinds = _kinds(judged)
    scores = {name: cross_validate(judged, fit, seed=seed) for name, fit in kinds.items()}
    kind = simplest(scores)
    ndcg = {name: round(float(row.mean()), 4) for name, row in scores.items()}
    return Choice(kinds[kind](judged), kind, ndcg, {name: _gain(scores[FUSED], row) for name, row in scores.items()})


def _gain(start: Numbers, scores: Numbers) -> tuple[float, float]:
    error = _standard_error(scores - start)
    return round(float((scores - start).mean()), 4), round(error if np.isfinite(error) else 1.0, 4)


def simplest(scores: Mapping[str, Numbers]) -> str:
    """Of kinds with their score on each query, simplest first: the first that is within one standard error of the best
    (Breiman et al., 1984), of those better than the first kind by ``LEAST_GAIN`` and by ``SURE`` standard errors.
    """
    start = next(iter(scores))
    passing = [name for name in scores if _passes(scores[name] - scores[start])]
    if not passing:
        return start
    best = max(passing, key=lambda name: float(scores[name].mean()))
    behind = {name: scores[best] - scores[name] for name in passing}
    return next(name for name in passing if behind[name].mean() <= _standard_error(behind[name]))


def _passes(gains: Numbers) -> bool:
    """The gate."""
    return bool(gains.mean() >= LEAST_GAIN and gains.mean() > SURE * _standard_error(gains))


def _standard_error(differences: Numbers) -> float:
    return float(differences.std(ddof=1) / np.sqrt(len(differences))) if len(differences) > 1 else np.inf


def cross_validate(judged: Sequence[Judged], fit: Fit, *, seed: int = 0) -> Numbers:
    """(queries,) NDCG@10, each query ranked by a reranker that has not seen it."""
    order = np.random.default_rng(seed).permutation(len(judged))
    folds = min(FOLDS, max(2, len(judged)))
    scores = np.zeros(len(judged))
    for fold in range(folds):
        held = {int(i) for i in order[fold::folds]}
        reranker = fit([one for i, one in enumerate(judged) if i not in held] or judged)
        for i in held:
            scores[i] = ndcg_of(judged[i], reranker)
    return scores


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
    """Simplest first."""
    names = judged[0].shortlist.names
    kinds: dict[str, Fit] = {FUSED: lambda _: LinearReranker.cold_start(names)}
    if len(judged) < ENOUGH:
        return kinds
    kinds[BM25] = lambda _: LinearReranker(Linear({name: float(name == "plain") for name in names}))
    if any(one.shortlist.columns(("chosen",)).any() for one in judged):
        kinds[CHOSEN] = lambda _: LinearReranker.cold_start(names, chosen=CHOSEN_WEIGHT)
    for strength in (0.3, 0.03):
        kinds[f"linear {strength}"] = _fitter(LinearReranker, strength=strength)
    if len(judged) >= ENOUGH_FOR_TREES and not missing("lightgbm", extra="ranking"):
        kinds["lambdamart"] = _fitter(LambdaMART)
    return kinds


def _fitter(cls: type[TrainedReranker], **options: Any) -> Fit:
    def fit(judged: Sequence[Judged]) -> TrainedReranker:
        return cls.fit([one.shortlist for one in judged], [one.grades for one in judged], **options)

    return fit
