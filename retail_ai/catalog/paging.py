"""Keeps what a search found while somebody pages through it, so that pages neither shift nor repeat.

A cursor names the search and a place in it. What was found is kept in Django's default cache for a quarter of an
hour; where that has forgotten it, the search is made anew and goes on at the same place.
"""

import logging
import re
from uuid import uuid4

from django.core.cache import cache

from retail_ai.catalog.finding import Found
from retail_ai.exceptions import InvalidInput

logger = logging.getLogger(__name__)
KEPT_SECONDS = 900
_CURSOR = re.compile(r"([0-9a-f]{32})\.(\d{1,5})")


def keep(found: Found) -> str:
    """Keep what was found; its id."""
    search = uuid4().hex
    try:
        cache.set(_key(search), found, KEPT_SECONDS)
    except Exception:
        logger.warning("A search could not be kept for its further pages", exc_info=True)
    return search


def cursor_of(search: str, offset: int) -> str:
    """The cursor of a place in a search."""
    return f"{search}.{offset}"


def read_cursor(cursor: str) -> tuple[str, int]:
    """(search, offset) of a cursor. Raises InvalidInput for anything that is none."""
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise InvalidInput("This is no cursor. Take “next” of the page before, or leave it out for the first page.")
    return match[1], int(match[2])


def kept(search: str) -> Found | None:
    """What a search found, if it is still known."""
    try:
        found = cache.get(_key(search))
    except Exception:
        logger.warning("The cache could not be asked for a search", exc_info=True)
        return None
    return found if isinstance(found, Found) else None


def _key(search: str) -> str:
    return f"retail_ai_search_{search}"
