"""Adds up what speaks for each candidate, remembers which cause spoke loudest, and so can say a true reason."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a candidate: how (``kind``), because of what (``cause``), and how much (> 0)."""

    candidate: Hashable
    kind: str
    cause: Hashable
    amount: float


@dataclass(frozen=True, slots=True)
class Fused:
    """A candidate's score and the evidence that gave most of it."""

    candidate: Hashable
    score: float
    strongest: Evidence


def fuse(evidence: Iterable[Evidence], weights: dict[str, float]) -> list[Fused]:
    """Best first. Each kind is scaled so that its best candidate gets the kind's weight; then kinds are added.

    The strongest evidence is the single largest part of the sum: without it the score would be lower by that part.
    """
    given = [piece for piece in evidence if piece.amount > 0 and weights.get(piece.kind, 0) > 0]
    totals: dict[tuple[str, Hashable], float] = defaultdict(float)
    for piece in given:
        totals[piece.kind, piece.candidate] += piece.amount
    largest: dict[str, float] = defaultdict(float)
    for (kind, _), total in totals.items():
        largest[kind] = max(largest[kind], total)
    scores: dict[Hashable, float] = defaultdict(float)
    parts: dict[Hashable, tuple[float, Evidence]] = {}
    for piece in given:
        part = weights[piece.kind] * piece.amount / largest[piece.kind]
        scores[piece.candidate] += part
        if piece.candidate not in parts or part > parts[piece.candidate][0]:
            parts[piece.candidate] = (part, piece)
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return [Fused(candidate, score, parts[candidate][1]) for candidate, score in ranked]
