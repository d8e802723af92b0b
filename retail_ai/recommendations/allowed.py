"""SQL of the shop's products that a slate may choose from: all, visible, sellable, in a category. It runs nothing.

A shop whose adapter leaves products(), visible() and sellable() as they are asks the same each time, and Django takes
longer to write it than PostgreSQL to answer it, so it is written once a process. A shop that overrides one of them may
ask something else at every moment: for it nothing is kept. What can be bought now is never remembered.
"""

import time
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, Manager, QuerySet, Value

from retail_ai.recommendations.sql import key_type
from retail_ai.stores import StoreAdapter, get_store

Allowed = tuple[str, tuple[Any, ...]]


def is_plain(store: StoreAdapter) -> bool:
    """Whether the adapter and the product's manager give the same querysets always."""
    return _is_plain(_class_of(store), store.product_model)


def allowed_products(products: QuerySet[Any], *, with_shelf: bool = False) -> Allowed:
    """SQL of the products that a filter of the shop lets through, as (pk, brand) or (pk, brand, shelf), with its
    parameters. An order matters only to a slice."""
    store = get_store()
    nothing = Value("", output_field=CharField())
    names = {"pk": "pk", "brand": store.brand_field or nothing}
    if with_shelf:
        names["shelf"] = store.category_field or nothing
    try:
        products = products if products.query.is_sliced else products.order_by()
        sql, params = products.values_list(*names.values()).query.sql_with_params()
    except EmptyResultSet:
        sql, params = f"SELECT NULL::{key_type()}{', NULL' * (len(names) - 1)} WHERE false", ()
    return f"(SELECT * FROM ({sql}) AS shop ({', '.join(names)}))", tuple(params)  # noqa: S608


def sellable_products(*, with_shelf: bool = False) -> Allowed:
    """``allowed_products`` of all that can be bought now."""
    return _allowed("sellable", with_shelf)


def visible_products() -> Allowed:
    """``allowed_products`` of all that shoppers may see now."""
    return _allowed("visible", False)


def all_products(*, with_shelf: bool = False) -> Allowed:
    """``allowed_products`` of the whole catalogue."""
    return _allowed("products", with_shelf)


def allowed_for_a_minute(name: Hashable, products: Callable[[], QuerySet[Any]]) -> Allowed:
    """``allowed_products`` of a queryset that a plain shop writes once a minute: for those that depend on the day or
    on the shop's categories."""
    store, minute = get_store(), int(time.time() // 60)
    if not is_plain(store):
        return allowed_products(products())
    key = (_class_of(store), store.product_model, name)
    if _of_minute.get(key, (0, None))[0] != minute:
        if len(_of_minute) >= MOST_KEPT:
            _of_minute.clear()
        _of_minute[key] = minute, allowed_products(products())
    return _of_minute[key][1]


MOST_KEPT = 1_000
_of_minute: dict[Hashable, tuple[int, Allowed]] = {}


def only(allowed: Allowed, keys: Iterable[Any]) -> Allowed:
    """Those of the allowed products that are among the keys."""
    sql, params = allowed
    return f"(SELECT * FROM {sql} AS whole WHERE pk = ANY(%s::{key_type()}[]))", (*params, list(keys))  # noqa: S608


def _allowed(name: str, with_shelf: bool) -> Allowed:
    store = get_store()
    if is_plain(store):
        return _kept(_class_of(store), name, with_shelf)
    return allowed_products(getattr(store, name)(), with_shelf=with_shelf)


def _class_of(store: StoreAdapter) -> Any:
    return type(store)


@lru_cache(maxsize=16)
def _kept(_adapter: Any, name: str, with_shelf: bool) -> Allowed:
    return allowed_products(getattr(get_store(), name)(), with_shelf=with_shelf)


@lru_cache(maxsize=16)
def _is_plain(adapter: Any, model: Any) -> bool:
    same = all(getattr(adapter, name) is getattr(StoreAdapter, name) for name in ("products", "visible", "sellable"))
    return same and type(model._default_manager).get_queryset is Manager.get_queryset
