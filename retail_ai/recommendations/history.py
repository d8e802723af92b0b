"""Reads, in one statement, all that a slate must know of a person and of the moment.

That is: what they did lately, what must not be shown or used, what they consented to, which release, vector space and
rules are in force. Asking for these each time keeps every process current without any cache to invalidate.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from retail_ai.conf import conf
from retail_ai.events.services import CLOCK_SKEW
from retail_ai.recommendations.categories import casefolded, category_names
from retail_ai.recommendations.sql import fetch
from retail_ai.recommendations.state_sql import EVENT_COLUMNS, state_statement

NEWEST = 60


@dataclass(frozen=True, slots=True)
class Deed:
    """A product someone dealt with, and how: the strongest of viewed, put in the cart, bought.

    ``age``: how many other products they dealt with since. It counts products that may not be used, too, so that
    taking one out lowers exactly what that one gave.
    """

    product: Any
    kind: str
    age: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Space:
    """The vector space that serves. ``least``: the cosine from which two products count as alike, where measured."""

    pk: int
    dimensions: int
    has_index: bool
    least: float | None = None

    @classmethod
    def of(cls, row: list[float | None] | None) -> "Space | None":
        """Out of what ``state_sql`` reads."""
        return cls(int(row[0] or 0), int(row[1] or 0), bool(row[2]), row[3]) if row else None


@dataclass(frozen=True, slots=True)
class Past:
    """``deeds``: what may be used, newest first, each product once. ``bought`` and ``hidden``: product keys."""

    deeds: list[Deed] = field(default_factory=list)
    bought: set[Any] = field(default_factory=set)
    hidden: set[Any] = field(default_factory=set)
    unused: set[Any] = field(default_factory=set)
    may_use: bool = False
    searches: list[str] = field(default_factory=list)
    release: int | None = None
    space: Space | None = None
    rules: list[dict[str, Any]] = field(default_factory=list)


def past_of(
    *, customer: Any = None, visitor: str = "", slate: str = "", use_history: bool = True, at: datetime | None = None
) -> Past:
    """What may be used of a person; nothing for someone unknown or who declined (what they hid still counts).

    ``at``: the moment whose rules apply (default: now), for a preview.
    """
    now = timezone.now()
    sql, params = state_statement(customer, visitor, slate, now + CLOCK_SKEW, at or now, NEWEST)
    row = dict(zip(EVENT_COLUMNS, fetch(sql, params)[0], strict=True))
    known = customer is not None or bool(visitor)
    said = row["consent"]
    may_use = known and use_history and (bool(conf.TRACK_BY_DEFAULT) if said is None else said)
    hidden, unused = set(row["hidden"]), set(row["unused"])
    newest = list(zip(row["products"] or (), row["kinds"] or (), row["times"] or (), strict=True)) if may_use else []
    return Past(
        deeds=[deed for deed in _deeds(newest) if deed.product not in hidden and deed.product not in unused],
        bought=_not_again(row["bought"]) if may_use else set(),
        hidden=hidden,
        unused=unused,
        may_use=may_use,
        searches=_fresh_searches(row["searches"]) if may_use else [],
        release=row["release"],
        space=Space.of(row["space"]),
        rules=row["rules"] or [],
    )


def _deeds(rows: list[tuple[Any, str, datetime]]) -> list[Deed]:
    """Each product once, by its newest event, with the strongest thing done with it."""
    strength = {"view": 0, "cart": 1, "purchase": 2}
    met: dict[Any, tuple[str, datetime]] = {}
    for product, kind, occurred_at in rows:
        known = met.get(product)
        if known is None:
            met[product] = kind, occurred_at
        elif strength[kind] > strength[known[0]]:
            met[product] = kind, known[1]
    return [Deed(product, kind, age, when) for age, (product, (kind, when)) in enumerate(met.items())]


def _not_again(bought: list[Any]) -> set[Any]:
    """Those that are not bought again and again, by category. What buyers themselves do, the statement has seen to."""
    again = casefolded(conf.REPEAT_CATEGORIES)
    if not again or not bought:
        return set(bought)
    names = category_names(bought)
    return {key for key in bought if not again & names.get(key, frozenset())}


def _fresh_searches(given: list[str] | None) -> list[str]:
    return list(dict.fromkeys(" ".join(text.casefold().split()) for text in given or () if text.strip()))
