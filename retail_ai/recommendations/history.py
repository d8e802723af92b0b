"""Reads all that a slate must know of a person and of the moment; most often in the statement that finds candidates.

That is: what they did lately, what must not be shown or used, what they consented to, which release, vector space and
rules are in force. Asking for these each time keeps every process current without any cache to invalidate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from retail_ai.conf import conf
from retail_ai.events.services import CLOCK_SKEW
from retail_ai.recommendations.categories import in_categories
from retail_ai.recommendations.sql import fetch
from retail_ai.recommendations.state_sql import DEEDS, EVERYTHING, Person, given, reading, state_columns


class Deed(NamedTuple):
    """A product someone dealt with, and how: the strongest of viewed, put in the cart, bought.

    ``age``: how many other products they dealt with since.
    """

    product: Any
    kind: str
    age: int


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
class Serving:
    """The release and the vector space in service."""

    release: int | None = None
    space: Space | None = None


@dataclass(slots=True)
class Past:
    """``deeds``: what may be used, newest first, each product once. ``bought`` and ``hidden``: product keys."""

    deeds: list[Deed] = field(default_factory=list)
    bought: set[Any] = field(default_factory=set)
    hidden: set[Any] = field(default_factory=set)
    unused: set[Any] = field(default_factory=set)
    may_use: bool = False
    searches: list[str] = field(default_factory=list)
    serving: Serving = field(default_factory=Serving)
    rules: list[dict[str, Any]] = field(default_factory=list)

    def as_start(self) -> tuple[str, list[Any]]:
        """This past as the start of a statement."""
        deeds = [(deed.product, DEEDS.index(deed.kind), deed.age) for deed in self.deeds]
        return given(deeds, self.hidden, self.unused, self.bought)


def person_of(
    *,
    customer: Any = None,
    visitor: str = "",
    slate: str = "",
    use_history: bool = True,
    at: datetime | None = None,
    needs: frozenset[str] = EVERYTHING,
) -> Person:
    """Whom to read of. ``at``: the moment whose rules apply (default: now), for a preview."""
    now = timezone.now()
    key = customer.pk if customer is not None else None
    return Person(slate, at or now, now + CLOCK_SKEW, key, visitor, use_history, needs)


def past_of(**given: Any) -> Past:
    """What may be used of a person; nothing for someone unknown or who declined (what they hid still counts).

    Takes what ``person_of`` takes.
    """
    return read_past(person_of(**given))


def read_past(person: Person) -> Past:
    """The past in a statement of its own, with what the shop's categories have to say on it."""
    told = replace(person, needs=person.needs | {"deeds_told"})
    sql, params = reading(told)
    past = past_from(fetch(f"WITH {sql} SELECT * FROM state", params)[0], told.needs)  # noqa: S608
    return without_sensitive_deeds(replace(past, bought=_not_again(past.bought)))


def past_from(row: Sequence[Any], needs: frozenset[str]) -> Past:
    """The past out of a row of ``state_sql.state_columns``."""
    told = dict(zip(state_columns(needs), row, strict=True)).get
    done = zip(told("products") or (), told("strengths") or (), told("ages") or (), strict=True)
    return Past(
        deeds=[Deed(product, DEEDS[strength], age) for product, strength, age in done],
        bought=set(told("owned") or ()),
        hidden=set(told("hidden") or ()),
        unused=set(told("unused") or ()),
        may_use=bool(told("may")),
        searches=_fresh_searches(told("searches")),
        serving=Serving(told("release"), Space.of(told("space"))),
        rules=told("rules") or [],
    )


def asks_categories() -> bool:
    """Whether the settings make a past depend on the categories of its products, which only the adapter can tell."""
    return bool(conf.SENSITIVE_CATEGORIES or conf.REPEAT_CATEGORIES)


def without_sensitive_deeds(past: Past) -> Past:
    """The past without deeds whose product is sensitive: it is no cause of anything."""
    sensitive = in_categories([deed.product for deed in past.deeds], conf.SENSITIVE_CATEGORIES)
    return replace(past, deeds=[deed for deed in past.deeds if deed.product not in sensitive])


def _not_again(bought: set[Any]) -> set[Any]:
    """Those that are not bought again and again, by category. What buyers themselves do, the statement has seen to."""
    return bought - in_categories(bought, conf.REPEAT_CATEGORIES)


def _fresh_searches(given: Iterable[str] | None) -> list[str]:
    return list(dict.fromkeys(" ".join(text.casefold().split()) for text in given or () if text.strip()))
