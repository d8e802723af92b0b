"""Which variant of an experiment someone gets, by hashing who they are: always the same, with no table read."""

from collections.abc import Mapping
from hashlib import blake2b


def assign(experiment: str, unit: str, variants: Mapping[str, float]) -> str:
    """A variant by weight. Independent between experiments. Raises ValueError when no weight is above 0."""
    chosen = sorted((name, weight) for name, weight in variants.items() if weight > 0)
    if not chosen:
        raise ValueError(f"experiment {experiment!r} has no variant with a weight above 0")
    digest = blake2b(f"{experiment}\x1f{unit}".encode(), digest_size=8).digest()
    point = int.from_bytes(digest) / 2**64 * sum(weight for _, weight in chosen)
    for name, weight in chosen:
        point -= weight
        if point < 0:
            return name
    return chosen[-1][0]
