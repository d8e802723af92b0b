"""Records searches and clicks on what they found, of people who agree to it. Never raises into the shop.

A search is one event; a log beside it says what it found and showed. A click on a product of a search counts once.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from retail_ai.catalog.search import Hit, SearchResult
from retail_ai.catalog.search_models import SearchLog
from retail_ai.engine.text import fold
from retail_ai.events.services import new_event, record_event, store_events
from retail_ai.events.tracking import visitor_key
from retail_ai.privacy.selectors import may_track

logger = logging.getLogger(__name__)
MOST_SHOWN = 400


def record_search(request: HttpRequest, query: str, result: SearchResult, *, start_session: bool = True) -> bool:
    """Note a search and what its page showed; a further page of the same search adds to what was shown.

    False when the person declined, is nobody (``start_session`` makes no visitor of a client without a session), or
    it failed, which is logged.
    """
    if not result.id:
        return False
    try:
        with transaction.atomic():
            return (result.is_further and _add_shown(result)) or _record(request, query, result, start_session)
    except IntegrityError:
        # Two further pages of a search whose first was not recorded, at once.
        return False
    except Exception:
        logger.exception("A search was not recorded")
        return False


def _add_shown(result: SearchResult) -> bool:
    log = SearchLog.objects.select_for_update().filter(search=result.id).first()
    if log is None:
        return False
    log.shown = list(dict.fromkeys([*log.shown, *_keys(result.hits)]))[:MOST_SHOWN]
    log.save(update_fields=["shown"])
    return True


def _record(request: HttpRequest, query: str, result: SearchResult, start_session: bool) -> bool:
    person = _person(request, start_session)
    if person is None:
        return False
    event = new_event(kind="search", query=query, slate=result.id, reference=f"search:{result.id}", **person)
    SearchLog.objects.create(
        event=store_events([event])[0],
        search=result.id,
        folded=fold(query)[:200],
        words=fold(result.words)[:200],
        language=result.language[:10],
        total=result.total,
        is_poor=result.is_poor,
        shown=_keys(result.hits),
    )
    return True


def _keys(hits: Iterable[Hit]) -> list[str]:
    return [str(hit.product.pk) for hit in hits]


def _person(request: HttpRequest, start_session: bool) -> dict[str, Any] | None:
    if not may_track(request):
        return None
    user = getattr(request, "user", None)
    customer = user if user is not None and user.is_authenticated else None
    visitor = visitor_key(request, create=start_session)
    return {"customer": customer, "visitor": visitor} if customer or visitor else None


def record_click(request: HttpRequest, search: str, product: Any) -> bool:
    """Note that a product of a recorded search was clicked; how often it is clicked makes no difference.

    ``product`` is a primary key. False for a search that is not known, a product that it did not show, or a person
    who declined.
    """
    try:
        with transaction.atomic():
            log = SearchLog.objects.filter(search=search).first()
            person = _person(request, start_session=False)
            if log is None or person is None or str(product) not in log.shown:
                return False
            event = record_event(
                kind="click", product=product, query=log.folded, slate=search, position=log.shown.index(str(product)),
                reference=f"click:{search}:{product}", **person,
            )  # fmt: skip
            return event is not None
    except Exception:
        logger.exception("A click was not recorded")
        return False
