"""Stores that a list was seen where no script could say so. With scripts, the browser posts to the events' API."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from retail_ai.events.bots import is_bot
from retail_ai.events.services import Recorded, record_events
from retail_ai.events.tracking import visitor_key
from retail_ai.privacy.selectors import may_track
from retail_ai.recommendations.asking import person_of

MOST = 50
_LIST = re.compile(r"[0-9a-f]{8,32}")


def record_seen(request: HttpRequest, given: Mapping[str, Any]) -> Recorded:
    """``list``: the list's id; ``slate``; ``products``: keys with commas, in their order. A list is stored once,
    with the references that the script would have used. Nothing is stored of someone who declined, or of nonsense."""
    name, person = str(given.get("list", "")), person_of(request)
    if not _LIST.fullmatch(name) or not may_track(request) or is_bot(request):
        return Recorded()
    visitor = person["visitor"] or visitor_key(request)
    return record_events(
        {
            "kind": "impression",
            "customer": person["customer"],
            "visitor": visitor,
            "product": key,
            "slate": str(given.get("slate", ""))[:40],
            "position": place,
            "source": "page",
            "reference": f"page:{visitor[:32]}:{name}:{place}:i",
        }
        for place, key in enumerate(str(given.get("products", "")).split(",")[:MOST])
        if key
    )
