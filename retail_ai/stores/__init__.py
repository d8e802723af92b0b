"""The door to the host shop: ``get_store()`` hands out the configured adapter, one instance a process."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.core.signals import setting_changed
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from retail_ai.conf import conf
from retail_ai.exceptions import ConfigurationError
from retail_ai.stores.base import StoreAdapter

__all__ = ["StoreAdapter", "get_store", "keys_of"]


@cache
def get_store() -> StoreAdapter:
    """The shop's adapter named by ``RETAIL_AI["STORE"]``. Raises ConfigurationError when it cannot be had."""
    path = conf.STORE
    if not path:
        raise ConfigurationError(
            'RETAIL_AI["STORE"] is not set. Name your adapter: RETAIL_AI = {"STORE": "myshop.adapter.MyStore"}'
        )
    try:
        adapter = import_string(path)
    except ImportError as error:
        raise ConfigurationError(f'RETAIL_AI["STORE"] = {path!r} cannot be imported: {error}') from error
    store = adapter()
    if not isinstance(store, StoreAdapter):
        raise ConfigurationError(f'RETAIL_AI["STORE"] = {path!r} is no subclass of retail_ai.stores.StoreAdapter')
    return store


def keys_of(products: QuerySet[Any]) -> Iterator[Any]:
    """The products' keys in order, never all in memory; an adapter's prefetch, which no key can carry, is left out."""
    return iter(products.prefetch_related(None).order_by("pk").values_list("pk", flat=True).iterator())


def _forget(*, setting: str, **_: object) -> None:
    if setting.startswith("RETAIL_AI"):
        get_store.cache_clear()


setting_changed.connect(_forget, dispatch_uid="retail_ai.stores")
