"""Which order search results are put into: the newest trained ranker that serves, else the one every shop starts with.

A process looks for a new one now and then, not at each search."""

import logging
import time
from collections.abc import Sequence
from typing import Any

from retail_ai.backends.rerankers import LinearReranker, TrainedReranker, restore_reranker
from retail_ai.catalog.models import SearchRanker
from retail_ai.exceptions import RetailAIError

logger = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 30.0
_known: tuple[float, TrainedReranker | None] = (0.0, None)


def current_ranker(names: Sequence[str]) -> TrainedReranker:
    """The ranker that serves searches with features of these names."""
    global _known
    if time.monotonic() - _known[0] > LOOK_EVERY_SECONDS or _known[0] == 0.0:
        _known = (time.monotonic(), _load())
    ranker = _known[1]
    return ranker if ranker is not None and set(ranker.names) <= set(names) else LinearReranker.cold_start(names)


def forget_ranker() -> None:
    """Look again at the next search."""
    global _known
    _known = (0.0, None)


def _load() -> TrainedReranker | None:
    row = SearchRanker.objects.filter(active=True).first()
    if row is None:
        return None
    try:
        return restore_reranker(row.kind, row.state)
    except (RetailAIError, KeyError, ValueError) as error:
        logger.warning("The search ranker %s cannot be used: %s", row, error)
        return None


def save_ranker(ranker: TrainedReranker, *, source: str, report: dict[str, Any], active: bool) -> SearchRanker:
    """Keep a trained ranker; an active one serves from now on, in place of those before."""
    if active:
        SearchRanker.objects.filter(active=True).update(active=False)
    row = SearchRanker.objects.create(
        kind=ranker.name, source=source, state=ranker.state(), report=report, active=active
    )
    forget_ranker()
    return row
