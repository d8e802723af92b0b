"""SQL of what a slate must know of a person and of the moment: the start of every slate's statement. It runs nothing.

A start defines ``deeds`` (product_id, strength, age), ``hidden``, ``unused`` and ``owned`` (product_id each), whether
it reads them from the tables or is given them. One that reads also has ``state``, a single row of ``state_columns``.
"""

# The parts put together here are this module's own; values are bound.
# ruff: noqa: S608

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from retail_ai.conf import conf
from retail_ai.recommendations.sql import key_type

Text = tuple[str, list[Any]]
# Of a person's events the newest so many make their history.
NEWEST = 60
# Purchases further back than this many events are not looked for: a person's history ends somewhere.
DEEPEST = 3_000
# Where so many of a product's buyers bought it again, owning it is no reason not to suggest it.
AGAIN_SHARE = 0.2
SEARCHES, SEARCHED_WITHIN = 3, timedelta(days=30)
# What a slate may have to know of a person, and what serves; what it does without is not asked. ``deeds``: for its own
# statement; ``deeds_told``: afterwards, too.
EVERYTHING = frozenset({"deeds", "deeds_told", "owned", "searches", "serving"})
# What may be done with a product, the weakest first; ``strength`` is a place in it.
DEEDS = ("view", "cart", "purchase")


@dataclass(slots=True)
class Person:
    """Whose state is read: a customer's key or a visitor's, or nobody's; for which slate, and at which moment rules
    must hold. Events later than ``latest`` are of a wrong clock. ``needs``: what of EVERYTHING is asked for; the rest
    reads as empty."""

    slate: str
    at: datetime
    latest: datetime
    customer: Any = None
    visitor: str = ""
    use_history: bool = True
    needs: frozenset[str] = EVERYTHING

    @property
    def who(self) -> tuple[str, Any] | None:
        """The condition on a table of people's rows, and its parameter; None for nobody."""
        if self.customer is not None:
            return "customer_id = %s", self.customer
        return ("visitor = %s AND customer_id IS NULL", self.visitor[:40]) if self.visitor else None


# What was sent back, as many as were bought: not owned, and no reason for anything.
RETURNED = (
    "SELECT product_id FROM (SELECT product_id, sum(quantity) AS units FROM retail_ai_event"
    " WHERE {who} AND kind = 'return' AND product_id IS NOT NULL GROUP BY product_id) AS back"
    " WHERE units >= (SELECT coalesce(sum(quantity), 0) FROM retail_ai_event WHERE {who} AND kind = 'purchase'"
    " AND product_id = back.product_id)"
)
_RELEASE = "SELECT id FROM retail_ai_release WHERE state = 'serving'"
_SPACE = (
    "SELECT ARRAY[id, dimensions, has_index::int, likeness[%s]]::float8[] FROM retail_ai_vectorspace"
    " WHERE state = 'active'"
)
_RULES = (
    "SELECT json_agg(json_build_object('action', action, 'product', product_id, 'category', category, 'brand', brand,"
    " 'on_category', on_category, 'factor', factor, 'position', position, 'id', id) ORDER BY id)"
    " FROM retail_ai_slaterule WHERE is_active AND slate IN ('', %s)"
    " AND coalesce(starts_at <= %s, true) AND coalesce(ends_at > %s, true)"
)
_CONSENT = (
    "SELECT granted FROM retail_ai_consent WHERE purpose = 'tracking' AND {who}"
    " ORDER BY occurred_at DESC, id DESC LIMIT 1"
)
_NEWEST = (
    "SELECT id, product_id, kind, occurred_at FROM retail_ai_event WHERE {who}"
    " AND kind IN ('view', 'cart', 'purchase') AND product_id IS NOT NULL AND occurred_at <= %s"
    " AND (SELECT may FROM may)"
    " AND NOT (kind = 'purchase' AND product_id IN (SELECT product_id FROM returned))"
    f" ORDER BY occurred_at DESC, id DESC LIMIT {NEWEST}"
)
# A deed's age counts products that may not be used, too: taking one out lowers exactly what that one gave.
_DEEDS = (
    "SELECT * FROM (SELECT product_id, max(CASE kind WHEN 'purchase' THEN 2 WHEN 'cart' THEN 1 ELSE 0 END)"
    " AS strength, row_number() OVER (ORDER BY min(place)) - 1 AS age FROM (SELECT product_id, kind, row_number()"
    " OVER (ORDER BY occurred_at DESC, id DESC) AS place FROM ({newest}) AS newest) AS placed GROUP BY product_id)"
    " AS met"
    " WHERE product_id NOT IN (SELECT product_id FROM hidden) AND product_id NOT IN (SELECT product_id FROM unused)"
)
_OWNED = (
    "SELECT DISTINCT product_id FROM (SELECT product_id, kind FROM retail_ai_event WHERE {who}"
    " AND kind IN ('view', 'cart', 'purchase') AND (SELECT may FROM may) ORDER BY occurred_at DESC"
    f" LIMIT {DEEPEST}) AS far_back WHERE kind = 'purchase' AND product_id IS NOT NULL"
    " AND product_id NOT IN (SELECT product_id FROM returned)"
    f" AND product_id NOT IN (SELECT product_id FROM retail_ai_repurchase WHERE share >= {AGAIN_SHARE})"
)
_SEARCHES = (
    "SELECT query FROM retail_ai_event WHERE {who} AND kind = 'search' AND occurred_at BETWEEN %s AND %s"
    f" AND query <> '' AND (SELECT may FROM may) ORDER BY occurred_at DESC LIMIT {SEARCHES}"
)
# Columns of the state in the order of their parameters: what they are needed for ("": always), and their SQL.
_COLUMNS = {
    "release": ("serving", f"({_RELEASE})"),
    "space": ("serving", f"({_SPACE})"),
    "rules": ("", f"({_RULES})"),
    "may": ("", "(SELECT may FROM may)"),
    "hidden": ("", "ARRAY(SELECT product_id FROM hidden)"),
    "unused": ("", "ARRAY(SELECT product_id FROM unused)"),
    "owned": ("owned", "ARRAY(SELECT product_id FROM owned)"),
    "products": ("deeds_told", "array_agg(product_id ORDER BY age)"),
    "strengths": ("deeds_told", "array_agg(strength ORDER BY age)"),
    "ages": ("deeds_told", "array_agg(age ORDER BY age)"),
    "searches": ("searches", f"ARRAY({_SEARCHES})"),
}


@lru_cache(maxsize=64)
def state_columns(needs: frozenset[str]) -> tuple[str, ...]:
    """What a state that is read for these needs tells."""
    return tuple(name for name, (need, _sql) in _COLUMNS.items() if not need or need in needs)


def reading(person: Person) -> Text:
    """The start that reads from the tables, as CTEs."""
    who, key = person.who or ("", None)
    params = _of_whom(person, key) if who else []
    params += [_likeness_place()] if "serving" in person.needs else []
    params += [person.slate, person.at, person.at]
    params += [key, person.latest - SEARCHED_WITHIN, person.latest] if who and "searches" in person.needs else []
    return _reading(who, person.needs), params


@lru_cache(maxsize=64)
def _reading(who: str, needs: frozenset[str]) -> str:
    nobodys = {"searches": "NULL::text[]"} if not who else {}
    columns = (
        f"{nobodys.get(name, _COLUMNS[name][1].replace('{who}', who))} AS {name}" for name in state_columns(needs)
    )
    state = f"SELECT {', '.join(columns)}{' FROM deeds' if 'deeds_told' in needs else ''}"
    return f"{_of_person(who, needs) if who else _of_nobody()}, state AS MATERIALIZED ({state})"


def _of_person(who: str, needs: frozenset[str]) -> str:
    deeds = _DEEDS.format(newest=_NEWEST.format(who=who)) if "deeds" in needs else _no_deeds()
    owned = _OWNED.format(who=who) if "owned" in needs else _no_product()
    return (
        f"returned AS MATERIALIZED ({RETURNED.format(who=who)}),"
        f" may AS MATERIALIZED (SELECT coalesce(({_CONSENT.format(who=who)}), %s) AND %s AS may),"
        f" hidden AS MATERIALIZED (SELECT product_id FROM retail_ai_hiddenproduct WHERE {who}),"
        f" unused AS MATERIALIZED (SELECT product_id FROM retail_ai_unusedproduct WHERE {who}),"
        f" deeds AS MATERIALIZED ({deeds}), owned AS MATERIALIZED ({owned})"
    )


def _of_whom(person: Person, key: Any) -> list[Any]:
    """What is bound in ``_of_person``."""
    deeds = [key, person.latest] if "deeds" in person.needs else []
    owned = [key] if "owned" in person.needs else []
    return [key, key, key, bool(conf.TRACK_BY_DEFAULT), person.use_history, key, key, *deeds, *owned]


def _of_nobody() -> str:
    nothing = f"AS MATERIALIZED ({_no_product()})"
    return (
        "may AS MATERIALIZED (SELECT false AS may),"
        f" hidden {nothing}, unused {nothing}, owned {nothing}, deeds AS MATERIALIZED ({_no_deeds()})"
    )


def _no_product() -> str:
    return f"SELECT NULL::{key_type()} AS product_id WHERE false"


def _no_deeds() -> str:
    return f"SELECT NULL::{key_type()} AS product_id, 0 AS strength, 0::bigint AS age WHERE false"


def given(
    deeds: Iterable[tuple[Any, int, int]], hidden: Iterable[Any], unused: Iterable[Any], owned: Iterable[Any]
) -> Text:
    """The start that is given all this: (product, strength, age) of deeds, and keys of products."""
    key, columns = key_type(), list(zip(*deeds, strict=True)) or [(), (), ()]
    sets = ", ".join(
        f"{name} AS MATERIALIZED (SELECT unnest(%s::{key}[]) AS product_id)" for name in ("hidden", "unused", "owned")
    )
    return (
        f"deeds AS MATERIALIZED (SELECT * FROM unnest(%s::{key}[], %s::int[], %s::bigint[])"
        f" AS given (product_id, strength, age)), {sets}"
    ), [*map(list, columns), list(hidden), list(unused), list(owned)]


def _likeness_place() -> int:
    """Where the percentile that RETAIL_AI["LEAST_LIKENESS"] names stands in VectorSpace.likeness; 0 is nowhere."""
    rank = min(max(float(conf.LEAST_LIKENESS), 0.0), 1.0)
    return 1 + round(100 * rank) if rank else 0
