"""What is in service: the release's plan, read once a process, and the guess that lets one statement do for two.

Which release and space serve is asked in the statement that uses them. It is written for those that served last; where
others do by now, its answer says so and it is written again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from retail_ai.recommendations.history import Past, Serving, asks_categories, past_from, read_past
from retail_ai.recommendations.models import Release
from retail_ai.recommendations.plan import ServingPlan, plan_of
from retail_ai.recommendations.shop_rows import ShopRows, shop_rows
from retail_ai.recommendations.sql import Row, fetch
from retail_ai.recommendations.state_sql import Person, Text, reading, state_columns

# Vectors of so many of the newest products make up the taste of the moment.
TASTE_OF = 8
# Goes on from a start of ``state_sql``: a SELECT that may have CTEs before it, or None where there is nothing to ask.
Rest = Callable[[Serving], Text | None]
_last = Serving()


@lru_cache(maxsize=8)
def plan_for(release: int | None) -> ServingPlan:
    """The plan of a release by its key; the usual one where none serves. Which release serves, history asks."""
    found = Release.objects.filter(pk=release).only("configuration").first() if release is not None else None
    return plan_of(found)


@dataclass(frozen=True, slots=True)
class Along:
    """What of the shop's rows is read with what is found: those of the first ``rows`` found, and with ``causes`` those
    of the products in their column of that name."""

    rows: int = 0
    causes: bool = False


NOTHING_MORE = Along()


def consult(
    person: Person, rest: Rest | None, *, along: Along = NOTHING_MORE
) -> tuple[Past, list[Row] | None, dict[Any, Row]]:
    """A person's past and the rows of ``rest``, in one round trip where that can be; else None for the rows. And the
    shop's rows that were read ``along``, by key, where its adapter allows that."""
    global _last
    if rest is None or asks_categories():
        return read_past(person), None, {}
    if "serving" not in person.needs:
        return _ask(person, rest(_last), along)
    past = Past()
    for _again in range(2):
        asked = _last
        past, found, shop = _ask(person, rest(asked), along)
        _last = past.serving
        if found is None or past.serving == asked:
            return past, found, shop
    return past, None, {}


def _ask(person: Person, rest: Text | None, along: Along) -> tuple[Past, list[Row] | None, dict[Any, Row]]:
    if rest is None:
        return read_past(person), None, {}
    (start, given), (ctes, more), shop = reading(person), rest, shop_rows() if along.rows else None
    columns = state_columns(person.needs)
    both, also = _both(shop, along, columns)
    got = fetch(_joined(start, ctes, both), [*given, *more, *also])
    width, place = len(columns), -1 - (shop.width if shop else 0)
    found = [row for row in got if row[place] is not None]
    known = {row[place + 1]: row[place + 1 :] for row in got if row[place + 1] is not None} if shop else {}
    return past_from((found or got)[0][:width], person.needs), [row[width:place] for row in found], known


@lru_cache(maxsize=256)
def _joined(start: str, ctes: str, both: str) -> str:
    """One text for the same parts, so that what is known of a text need not be looked for anew."""
    return f"WITH {start}, {ctes}{both}"


@lru_cache(maxsize=64)
def _both(shop: ShopRows | None, along: Along, columns: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """The end of a statement for the state, what was found, each with its place, and the shop's rows. Of what was
    found only the first has the state; a row without a place says that nothing was, or has a row of the shop alone."""
    state = ", ".join(f"CASE WHEN placed.place > 1 THEN NULL ELSE state.{name} END" for name in columns)
    placed = "placed AS MATERIALIZED (SELECT found.*, row_number() OVER () AS place FROM found)"
    if shop is None:
        return f", {placed} SELECT {state}, placed.* FROM state LEFT JOIN placed ON true", ()  # noqa: S608
    wanted, key = "placed", f"placed.pk AND placed.place <= {along.rows}"
    if along.causes:
        named = f"SELECT DISTINCT unnest(causes) AS cause FROM placed WHERE place <= {along.rows}"  # noqa: S608
        wanted = f"(placed FULL JOIN ({named}) AS named ON false)"
        key = f"coalesce(named.cause, CASE WHEN placed.place <= {along.rows} THEN placed.pk END)"
        state = state.replace("placed.place > 1", "placed.place > 1 OR named.cause IS NOT NULL")
    return (
        f", {placed} SELECT {state}, placed.*, own.* FROM state LEFT JOIN {wanted} ON true"  # noqa: S608
        f" LEFT JOIN LATERAL (SELECT * FROM ({shop.sql}) AS shop ({shop.columns})"
        f" WHERE c0 = {key} OFFSET 0) AS own ON true"
    ), shop.params


def ask_again(past: Past, rest: Text) -> list[Row]:
    """The rows of a rest for a past that is known."""
    (start, given), (ctes, more) = past.as_start(), rest
    return fetch(f"WITH {start}, {ctes} SELECT * FROM found", [*given, *more])  # noqa: S608
