"""How the transformer recommender is trained: numbers alone."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. ``negatives``: so many random items stand for all others (0: all of them, full cross-entropy)."""

    epochs: int
    patience: int
    batch: int
    rate: float
    weight_decay: float
    negatives: int
    longest: int
    people: int
    seed: int
    checkpoint: Path | None
    seconds: float | None = None
