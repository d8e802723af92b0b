"""What is in service: the release's plan, read once a process, and the guess that lets one statement do for two.

Which release and space serve is asked in the statement that uses them. It is written for those that served last; where
others do by now, its answer says so and it is written again.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from retail_ai.recommendations.history import Past, Serving, asks_categories, past_from, read_past
from retail_ai.recommendations.models import Release
from retail_ai.recommendations.plan import ServingPlan, plan_of
from retail_ai.recommendations.sql import Row, fetch
from retail_ai.recommendations.state_sql import STATE_COLUMNS, Person, Text, reading

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


def consult(person: Person, rest: Rest | None) -> tuple[Past, list[Row] | None]:
    """A person's past and the rows of ``rest``, in one round trip where that can be; else None for the rows."""
    global _last
    if rest is None or asks_categories():
        return read_past(person), None
    past = Past()
    for _again in range(2):
        asked = _last
        past, rows = _ask(person, rest(asked))
        _last = past.serving
        if rows is None or past.serving == asked:
            return past, rows
    return past, None


def _ask(person: Person, rest: Text | None) -> tuple[Past, list[Row] | None]:
    if rest is None:
        return read_past(person), None
    (start, given), (ctes, more) = reading(person), rest
    # Both halves have all columns: the state's row first, then what was found.
    both = "SELECT state.*, found.* FROM {} LEFT JOIN {} ON false"
    rows = fetch(
        f"WITH {start}, {ctes} {both.format('state', 'found')} UNION ALL {both.format('found', 'state')}",
        [*given, *more],
    )
    width = len(STATE_COLUMNS)
    return past_from(rows[0][:width]), [row[width:] for row in rows[1:]]


def ask_again(past: Past, rest: Text) -> list[Row]:
    """The rows of a rest for a past that is known."""
    (start, given), (ctes, more) = past.as_start(), rest
    return fetch(f"WITH {start}, {ctes} SELECT * FROM found", [*given, *more])  # noqa: S608


def served_last() -> Any:
    """What served when last asked."""
    return _last
