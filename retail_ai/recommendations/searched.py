"""What a search finds, kept for some minutes: a page must not wait for the same search again and again.

Only keys and reasons are kept. Whether a product can be bought and may be shown is asked at every request.
"""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from retail_ai.catalog.search import search_keys
from retail_ai.engine.facts import ProductFilter

SECONDS = 300
MOST = 48
# Words told of each product, the rarest first.
MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A product's key, how relevant it is beside the best one (0 to 1), why it was found, and what of the words and
    limits it fits: "light", "under €90"."""

    key: Any
    relevance: float
    reason: str = ""
    fits: tuple[str, ...] = ()


def found_for(text: str) -> list[Found]:
    """What the shop's search finds for a text among products that can be bought, best first."""
    words = " ".join(text.split())
    if not words:
        return []
    name = blake2b(f"{get_language()}\x1f{words}".encode(), digest_size=16).hexdigest()
    kept: list[tuple[Any, ...]] | None = cache.get(f"retail_ai_searched_{name}")
    if kept is None:
        kept = _search(words)
        if kept:
            cache.set(f"retail_ai_searched_{name}", kept, SECONDS)
    return [Found(*one) for one in kept]


def _search(words: str) -> list[tuple[Any, ...]]:
    found = search_keys(words, limits=ProductFilter(in_stock=True), limit=MOST)
    best = max((one.score for one in found), default=0.0)
    return [
        (
            one.key,
            max(one.score / best, 0.0) if best > 0 else 1 / (place + 1),
            one.reason,
            tuple(dict.fromkeys([*one.matched[:MOST_TOLD], *one.fits])),
        )
        for place, one in enumerate(found)
    ]
