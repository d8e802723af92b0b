"""Compiled queries of shops whose adapter leaves products(), visible() and sellable() as they are.

Such a shop asks the same statement each time, and Django takes longer to write it than PostgreSQL to answer it, so it
is written once a process. A shop that overrides one of them may ask something else at every moment: for it nothing is
kept. The statement is run at every request either way: what can be bought now is never remembered.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Manager
from django.db.models.query import QuerySet, get_related_populators

from retail_ai.recommendations.sql import allowed_products, fetch
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


def which_of(allowed: Allowed, keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
    """Those of the keys that are among the allowed products, with brand and shelf."""
    sql, params = allowed
    rows = fetch(f"SELECT pk, brand, shelf FROM {sql} AS a WHERE pk = ANY(%s)", [*params, list(keys)])  # noqa: S608
    return {pk: (brand or "", shelf or "") for pk, brand, shelf in rows}


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


@lru_cache(maxsize=16)
def _compiled(_adapter: Any, model: Any) -> tuple[str, Any]:
    """SQL of ``products()`` with the keys as its one parameter, and the compiler that reads its rows."""
    queryset: QuerySet[Any] = get_store().products().order_by()
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    assert not params, "a plain queryset has no parameters"
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    return f"{sql} WHERE {quote(model._meta.db_table)}.{quote(model._meta.pk.column)} = ANY(%s)", compiler


def _read(compiled: tuple[str, Any], keys: list[Any]) -> Iterable[Any]:
    """Rows as instances with what is selected beside them, as Django's own ModelIterable makes them."""
    sql, compiler = compiled
    info = compiler.klass_info
    model, first, last = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
    names = [field[0].target.attname for field in compiler.select[first:last]]
    populators = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
    for row in compiler.results_iter(results=[fetch(sql, [keys])]):
        instance = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for populator in populators:
            populator.populate(row, instance)
        yield instance
