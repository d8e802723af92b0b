"""Which order search results are put into: the newest trained ranker that serves, else the one every shop starts with.

A process looks for a new one now and then, not at each search."""

import logging
import time
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.backends.rerankers import LinearReranker, TrainedReranker, restore_reranker
from retail_ai.catalog.models import SearchRanker
from retail_ai.exceptions import InvalidInput, RetailAIError

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
    row = SearchRanker.objects.create(kind=ranker.name, source=source, state=ranker.state(), report=report)
    if active:
        promote(row)
    return row


@transaction.atomic
def promote(row: SearchRanker) -> None:
    """Let this ranker serve, in place of the one before; other processes follow within half a minute. Raises
    InvalidInput for one that cannot be restored."""
    try:
        restore_reranker(row.kind, row.state)
    except (RetailAIError, KeyError, ValueError) as error:
        raise InvalidInput(_("This order cannot serve here: %(reason)s") % {"reason": error}) from error
    SearchRanker.objects.filter(active=True).update(active=False)
    row.active, row.promoted_at = True, timezone.now()
    row.save(update_fields=["active", "promoted_at"])
    transaction.on_commit(forget_ranker)
    forget_ranker()


@transaction.atomic
def roll_back() -> SearchRanker | None:
    """Go back to the order that served before; None: the one that every shop starts with. Raises InvalidInput where
    that serves already."""
    now = SearchRanker.objects.filter(active=True).order_by("-promoted_at").first()
    if now is None:
        raise InvalidInput(_("The order that every shop starts with serves: there is none before it."))
    SearchRanker.objects.filter(active=True).update(active=False)
    served = SearchRanker.objects.filter(promoted_at__lt=now.promoted_at) if now.promoted_at else None
    before = served.order_by("-promoted_at").first() if served is not None else None
    if before is not None:
        # Its time of service stays what it was, so that going back twice goes back two steps.
        SearchRanker.objects.filter(pk=before.pk).update(active=True)
    transaction.on_commit(forget_ranker)
    forget_ranker()
    return before
