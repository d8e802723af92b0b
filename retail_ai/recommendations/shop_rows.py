"""The shop's products as rows of a slate's own statement, and as instances of its model.

Where an adapter leaves ``products()`` as it is, what it selects is written once a process and can be joined to what a
slate finds: that saves a round trip. Any other adapter is asked for its products by key.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.signals import post_init, pre_init

from retail_ai.recommendations.allowed import is_plain
from retail_ai.recommendations.sql import Row, fetch
from retail_ai.stores import get_store

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Part:
    """The columns of one model: the product's own, or those of what a foreign key of ``parent`` points at."""

    model: type[Model]
    field: Any
    parent: int
    columns: slice
    names: list[str]
    converters: list[tuple[int, Convert]]
    key: int
    is_plain: bool

    def maker(self) -> Callable[[Row], Any]:
        """What makes instances out of rows at this moment."""
        is_heard = pre_init.has_listeners(self.model) or post_init.has_listeners(self.model)
        if is_heard or not self.is_plain:
            return lambda row: _from_db(self.model, self.names, self._values(row))
        if self.converters:
            return lambda row: _filled(self.model, self.names, self._values(row))
        model, names, columns = self.model, self.names, self.columns
        return lambda row: _filled(model, names, row[columns])

    def _values(self, row: Row) -> list[Any]:
        values = list(row[self.columns])
        for place, convert in self.converters:
            values[place] = convert(values[place])
        return values


def _from_db(model: Any, names: list[str], values: list[Any]) -> Any:
    """Django takes values in the model's own order, and its key need not come first there."""
    given = dict(zip(names, values, strict=True))
    ordered = [field.attname for field in model._meta.concrete_fields if field.attname in given]
    return model.from_db(DEFAULT_DB_ALIAS, ordered, [given[name] for name in ordered])


def _filled(model: Any, names: list[str], values: Sequence[Any]) -> Any:
    """The same for a plain model, in a third of the time: nothing has to happen when an attribute is set."""
    made = model.__new__(model)
    made._state = ModelState()
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    made.__dict__.update(zip(names, values, strict=True))
    return made


@dataclass(frozen=True, slots=True, eq=False)
class ShopRows:
    """``sql`` selects every product of the shop with what its cards need, or else all that belongs to it; its
    ``width`` columns are named c0, c1…, and c0 is the key."""

    sql: str
    params: tuple[Any, ...]
    parts: tuple[_Part, ...]
    width: int

    @property
    def columns(self) -> str:
        return ", ".join(f"c{place}" for place in range(self.width))

    def instances(self, rows: Iterable[Row]) -> dict[Any, Any]:
        """Products by key. Those of one brand, shelf and so on share its instance."""
        if len(self.parts) == 1:
            make = self.parts[0].maker()
            return {row[0]: make(row) for row in rows}
        makers, kept = [part.maker() for part in self.parts], list[dict[Any, Any]]({} for _ in self.parts)
        return {row[0]: self._instance(row, makers, kept) for row in rows}

    def _instance(self, row: Row, makers: list[Callable[[Row], Any]], kept: list[dict[Any, Any]]) -> Any:
        made = [makers[0](row)]
        for part, make, known in zip(self.parts[1:], makers[1:], kept[1:], strict=True):
            key = row[part.key]
            if key not in known:
                known[key] = make(row) if key is not None else None
            made.append(known[key])
            if (parent := made[part.parent]) is not None:
                part.field.set_cached_value(parent, known[key])
        return made[0]


def shop_rows() -> ShopRows | None:
    """How the shop's products are read; None where its adapter may say something else each time."""
    store = get_store()
    adapter: Any = type(store)
    return _shop_rows(adapter, store.product_model) if is_plain(store) else None


def rows_by_key(keys: Iterable[Any], known: Mapping[Any, Row] | None = None) -> dict[Any, Any]:
    """The shop's products of these keys, by key, as its ``products()`` gives them. ``known``: rows read already."""
    keys, known = list(keys), known or {}
    shop = shop_rows() if keys else None
    if shop is None:
        return {row.pk: row for row in get_store().products().filter(pk__in=keys)} if keys else {}
    rows = [known[key] for key in keys if key in known]
    missing = [key for key in keys if key not in known]
    if missing:
        sql = f"SELECT * FROM ({shop.sql}) AS shop ({shop.columns}) WHERE c0 = ANY(%s)"  # noqa: S608
        rows += fetch(sql, [*shop.params, missing])
    return shop.instances(rows)


@lru_cache(maxsize=16)
def _shop_rows(_adapter: Any, model: Any) -> ShopRows | None:
    store, names, parts = get_store(), list[str](), list[_Part]()
    cards = [tuple(name.split("__")) for name in store.card_fields]
    paths = _paths([card[:-1] for card in cards] or [tuple(name.split("__")) for name in store.select_related])
    for path in paths:
        parent = paths.index(path[:-1]) if path else 0
        owner = parts[parent].model._meta.get_field(path[-1]) if path else None
        if owner is not None and not (owner.concrete and owner.is_relation):
            return None
        related: Any = model if owner is None else owner.related_model
        needed = {card[-1] for card in cards if card[:-1] == path} | {
            one[-1] for one in paths if one and one[:-1] == path
        }
        columns = _concrete(related, needed if cards else None)
        start = len(names)
        names += ["__".join((*path, column.attname)) for column in columns]
        parts.append(_Part(
            related, owner, parent, slice(start, len(names)), [column.attname for column in columns],
            _converters(columns), start, _has_plain_attributes(related, columns),
        ))  # fmt: skip
    sql, params = store.products().order_by().values_list(*names).query.sql_with_params()
    return ShopRows(sql, tuple(params), tuple(parts), len(names))


def _paths(related: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """("a", "b") → (), ("a",), ("a", "b"): the product itself first, and nothing before what it hangs on."""
    return list(dict.fromkeys([(), *(path[:depth] for path in related for depth in range(1, len(path) + 1))]))


def _concrete(model: Any, needed: set[str] | None) -> list[Any]:
    """The model's columns, its key first; of the others those that are ``needed``, where that is said."""
    fields = [one for one in model._meta.concrete_fields if needed is None or one.primary_key or _is(one, needed)]
    return sorted(fields, key=lambda field: not field.primary_key)


def _is(field: Any, names: set[str]) -> bool:
    return not names.isdisjoint((field.name, field.attname))


def _has_plain_attributes(model: Any, columns: list[Any]) -> bool:
    """Whether an instance is no more than its values: nobody else has a say in how it is made or in what is set."""
    usual = model.__init__ is Model.__init__ and model.__setattr__ is object.__setattr__
    own = model.from_db.__func__ is not Model.from_db.__func__  # type: ignore[attr-defined]
    setters = (getattr(model, column.attname, None) for column in columns)
    return (
        usual
        and not own
        and all(type(one) is ForeignKeyDeferredAttribute or not hasattr(type(one), "__set__") for one in setters)
    )


def _converters(columns: list[Any]) -> list[tuple[int, Convert]]:
    """What makes values of a column out of the driver's, by place."""
    connection = connections[DEFAULT_DB_ALIAS]

    def of(column: Any) -> list[Any]:
        expression = column.cached_col
        return [
            lambda value, convert=convert: convert(value, expression, connection)
            for convert in (*connection.ops.get_db_converters(expression), *column.get_db_converters(connection))
        ]

    return [(place, convert) for place, column in enumerate(columns) for convert in of(column)]
