"""What a shop's views call: note that the person behind a request did something. Never raises into the shop."""

import logging
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpRequest

from retail_ai.events.bots import is_bot
from retail_ai.events.models import Event
from retail_ai.events.services import record_event
from retail_ai.privacy.selectors import may_track

logger = logging.getLogger(__name__)
SESSION_KEY = "retail_ai_visitor"


def visitor_key(request: HttpRequest, *, create: bool = True) -> str:
    """A random key for this browser, kept in its session; "" when there is none and none is to be made."""
    session = getattr(request, "session", None)
    if session is None:
        return ""
    key: str = session.get(SESSION_KEY, "")
    if not key and create:
        key = session[SESSION_KEY] = uuid4().hex
    return key


def track(
    request: HttpRequest,
    kind: str,
    *,
    product: Any = None,
    query: str = "",
    quantity: int = 1,
    unit_price: Decimal | None = None,
    reference: str = "",
) -> Event | None:
    """Record a ``view``, ``search``, ``cart`` or ``purchase``; None when the person declined or it failed (logged).

    For a purchase give the order's number as ``reference``: a later back-fill then knows the line; and what one piece
    cost, for reports. Known bots are not recorded.
    """
    try:
        if not may_track(request) or is_bot(request):
            return None
        user = getattr(request, "user", None)
        customer = user if user is not None and user.is_authenticated else None
        with transaction.atomic():
            return record_event(
                kind=kind,
                customer=customer,
                visitor=visitor_key(request),
                product=product,
                query=query,
                quantity=quantity,
                unit_price=unit_price,
                reference=reference,
            )
    except Exception:
        logger.exception("An event of kind %r was not recorded", kind)
        return None
