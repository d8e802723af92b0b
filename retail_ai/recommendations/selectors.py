"""Reads of recommendations: slates of products, each with its reason."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A product to show, its score within its slate, and why it is shown, in the shopper's language."""

    product: Any
    score: float
    reason: str


def recommend(
    *,
    slate: str,
    customer: Any = None,
    visitor: str = "",
    product: Any = None,
    limit: int = 12,
    language: str | None = None,
) -> list[Recommendation]:
    """At most ``limit`` products for a slate."""
    return []
