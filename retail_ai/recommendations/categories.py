"""Names of the categories that products are in, kept for a minute. Rules and settings ask for them."""

import time
from collections.abc import Iterable
from typing import Any

from retail_ai.stores import get_store

SECONDS = 60
MOST = 50_000
_kept: dict[Any, tuple[float, frozenset[str]]] = {}


def category_names(keys: Iterable[Any]) -> dict[Any, frozenset[str]]:
    """Names of the categories that each product is in, at any depth, casefolded."""
    now, keys = time.monotonic(), list(keys)
    if len(_kept) > MOST:
        _kept.clear()
    missing = [key for key in keys if key not in _kept or _kept[key][0] < now]
    if missing:
        store = get_store()
        for row in store.products().filter(pk__in=missing):
            _kept[row.pk] = now + SECONDS, frozenset(name.casefold() for name in store.category_path(row))
    return {key: _kept[key][1] for key in keys if key in _kept}


def in_categories(keys: Iterable[Any], configured: Iterable[str]) -> set[Any]:
    """Those of the products that are in one of the categories that a setting names, at any depth."""
    names = frozenset(str(name).casefold() for name in configured)
    return {key for key, path in category_names(keys).items() if names & path} if names else set()
