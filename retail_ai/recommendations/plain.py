"""Compiled queries of shops whose adapter leaves products(), visible() and sellable() as they are.

Such a shop asks the same statement each time, and Django takes longer to write it than PostgreSQL to answer it, so it
is written once a process. A shop that overrides one of them may ask something else at every moment: for it nothing is
kept. The statement is run at every request either way: what can be bought now is never remembered.
"""

import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Manager
from django.db.models.query import QuerySet, get_related_populators

from retail_ai.recommendations.sql import allowed_products, fetch, key_type
from retail_ai.stores import StoreAdapter, get_store

Allowed = tuple[str, tuple[Any, ...]]


def is_plain(store: StoreAdapter) -> bool:
    """Whether the adapter and the product's manager give the same querysets always."""
    return _is_plain(_class_of(store), store.product_model)


def sellable_products() -> Allowed:
    """``allowed_products`` of all that can be bought now."""
    return _allowed("sellable")


def visible_products() -> Allowed:
    """``allowed_products`` of all that shoppers may see now."""
    return _allowed("visible")


def all_products() -> Allowed:
    """``allowed_products`` of the whole catalogue."""
    return _allowed("products")


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


def _allowed(name: str) -> Allowed:
    store = get_store()
    return _kept(_class_of(store), name) if is_plain(store) else allowed_products(getattr(store, name)())


def _class_of(store: StoreAdapter) -> Any:
    return type(store)


@lru_cache(maxsize=16)
def _kept(_adapter: Any, name: str) -> Allowed:
    return allowed_products(getattr(get_store(), name)())


@lru_cache(maxsize=16)
def _is_plain(adapter: Any, model: Any) -> bool:
    same = all(getattr(adapter, name) is getattr(StoreAdapter, name) for name in ("products", "visible", "sellable"))
    return same and type(model._default_manager).get_queryset is Manager.get_queryset


def rows_by_key(keys: Iterable[Any]) -> dict[Any, Any]:
    """The shop's products of these keys, by key, as its ``products()`` gives them."""
    store, keys = get_store(), list(keys)
    if not keys:
        return {}
    if not is_plain(store):
        return {row.pk: row for row in store.products().filter(pk__in=keys)}
    return {row.pk: row for row in _read(_compiled(_class_of(store), store.product_model), keys)}


@dataclass(frozen=True, slots=True)
class _Reader:
    """``products()`` of keys as SQL with one parameter, and how Django makes instances of its rows. ``related``: what
    is selected beside a product, as (foreign key or None, populator)."""

    sql: str
    compiler: Any
    converters: Any
    model: Any
    columns: slice
    names: list[str]
    related: list[tuple[Any, Any]]


@lru_cache(maxsize=16)
def _compiled(_adapter: Any, model: Any) -> _Reader:
    queryset: QuerySet[Any] = get_store().products().order_by()
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    assert not params, "a plain queryset has no parameters"
    quote, info = connections[DEFAULT_DB_ALIAS].ops.quote_name, compiler.klass_info
    columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
    made = info.get("related_klass_infos", [])
    populators = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
    return _Reader(
        f"{sql} WHERE {quote(model._meta.db_table)}.{quote(model._meta.pk.column)} = ANY(%s)",
        compiler,
        compiler.get_converters([column[0] for column in compiler.select]),
        info["model"],
        columns,
        [column[0].target.attname for column in compiler.select[columns]],
        [
            (None if one["reverse"] else one["field"], populator)
            for one, populator in zip(made, populators, strict=True)
        ],
    )


def _read(reader: _Reader, keys: list[Any]) -> Iterable[Any]:
    """Rows as instances, as Django's own ModelIterable makes them; but products of one brand share its instance."""
    rows: Any = fetch(reader.sql, [keys])
    if reader.converters:
        rows = reader.compiler.apply_converters(rows, reader.converters)
    kept: dict[Any, Any] = {}
    for row in rows:
        instance = reader.model.from_db(DEFAULT_DB_ALIAS, reader.names, row[reader.columns])
        for field, populator in reader.related:
            _relate(instance, row, field, populator, kept)
        yield instance


def _relate(instance: Any, row: Any, field: Any, populator: Any, kept: dict[Any, Any]) -> None:
    key = None if field is None else (field, getattr(instance, field.attname))
    if key in kept:
        field.set_cached_value(instance, kept[key])
        return
    populator.populate(row, instance)
    if key is not None:
        kept[key] = field.get_cached_value(instance)
