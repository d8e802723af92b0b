"""What people looked at, searched for and put in a cart, around their purchases and without one. It writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from shop_demo.simulation.demand import Lines, kinds_wanted, pick
from shop_demo.simulation.market import Market
from shop_demo.simulation.people import People
from shop_demo.simulation.world import Bools, Floats, Ints

HOURS = np.array([1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 12, 13, 12, 11, 11, 11, 12, 14, 16, 18, 17, 12, 5], dtype=float)
ANONYMOUS = 0.3  # share of browsing sessions of people who are not logged in


@dataclass(slots=True)
class Visit:
    """One entry of the log; ``person`` is −1 for somebody unknown, ``good`` −1 for a search."""

    kind: str
    person: int
    visitor: str
    good: int
    query: str
    second: int


def draw_seconds(day: Ints, elapsed_today: int, last_day: int, rng: np.random.Generator) -> Ints:
    """Seconds since the history's first midnight; on the last day only up to now."""
    hour = rng.choice(24, len(day), p=HOURS / HOURS.sum())
    within = hour * 3600 + rng.integers(0, 3600, len(day))
    within = np.where(day == last_day, within * max(elapsed_today - 5, 1) // 86400, within)
    return np.asarray(day * 86400 + within)


def around_purchases(
    lines: Lines, second: Ints, guest: Bools, people: People, market: Market, rng: np.random.Generator
) -> Iterator[Visit]:
    """For each line its search, the rivals that were looked at, the product itself and the cart."""
    kind = market.kind_of[lines.good]
    rivals = rng.poisson(1.9, len(lines))
    rows = np.repeat(np.arange(len(lines)), rivals)
    seen = pick(people, market, lines.person[rows], lines.day[rows], kind[rows], rng)
    for row, good in zip(rows, seen, strict=True):
        if good >= 0:
            yield _visit("view", lines, guest, int(row), int(good), second[row] - rng.integers(300, 1500))
    for row in range(len(lines)):
        own = int(lines.good[row])
        yield _visit("view", lines, guest, row, own, second[row] - rng.integers(120, 300))
        yield _visit("cart", lines, guest, row, own, second[row] - rng.integers(20, 110))
        if rng.random() < 0.33:
            query = _query(market, int(kind[row]), own, bool(people.chinese[lines.person[row]]), rng)
            yield _visit("search", lines, guest, row, -1, second[row] - rng.integers(1500, 1800), query)


def browsing(
    people: People, market: Market, first: date, entries: int, elapsed_today: int, rng: np.random.Generator
) -> Iterator[Visit]:
    """About ``entries`` entries of sessions that ended without an order."""
    sessions = round(entries / 3.6)
    person = rng.choice(len(people), sessions, p=people.activity / people.activity.sum())
    day = rng.integers(0, market.days, sessions)
    day = np.maximum(day, people.joined[person])
    kind = kinds_wanted(people, market, first, person, day, rng)
    start = draw_seconds(day, elapsed_today, market.days - 1, rng)
    views = 1 + rng.poisson(2.0, sessions)
    row = np.repeat(np.arange(sessions), views)
    seen = pick(people, market, person[row], day[row], kind[row], rng)
    unknown = rng.random(sessions) < ANONYMOUS
    yield from _searches(people, market, person, kind, start, unknown, seen, row, rng)
    for number, good in zip(row, seen, strict=True):
        if good < 0:
            continue
        who, visitor = _who(int(person[number]), bool(unknown[number]), int(number))
        when = int(start[number] - rng.integers(30, 900))
        yield Visit("view", who, visitor, int(good), "", when)
        if rng.random() < 0.06:
            yield Visit("cart", who, visitor, int(good), "", when + 20)


def _searches(
    people: People,
    market: Market,
    person: Ints,
    kind: Ints,
    start: Ints,
    unknown: Bools,
    seen: Ints,
    row: Ints,
    rng: np.random.Generator,
) -> Iterator[Visit]:
    first_seen = np.full(len(person), -1)
    first_seen[row[::-1]] = seen[::-1]
    for number in np.flatnonzero((rng.random(len(person)) < 0.45) & (first_seen >= 0)):
        who, visitor = _who(int(person[number]), bool(unknown[number]), int(number))
        chinese = bool(people.chinese[person[number]])
        query = _query(market, int(kind[number]), int(first_seen[number]), chinese, rng)
        yield Visit("search", who, visitor, -1, query, int(start[number] - 920))


def _who(person: int, unknown: bool, number: int) -> tuple[int, str]:
    return (-1, f"sim-{number:06d}") if unknown else (person, "")


def _visit(kind: str, lines: Lines, guest: Bools, row: int, good: int, second: Floats | int, query: str = "") -> Visit:
    basket = int(lines.basket[row])
    known = not guest[basket]
    return Visit(
        kind, int(lines.person[row]) if known else -1, "" if known else f"sim-g{basket}", good, query, int(second)
    )


def _query(market: Market, kind: int, good: int, chinese: bool, rng: np.random.Generator) -> str:
    """Words for the kind of thing; now and then the brand or the beginning of the title."""
    style = rng.random()
    if style < 0.15:
        return market.goods[good].brand.lower()
    if style < 0.35:
        return " ".join(market.goods[good].title.split()[:3]).lower()
    words = market.kinds[kind].queries["zh-hans" if chinese else "en"]
    return words[rng.integers(len(words))]
