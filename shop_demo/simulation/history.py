"""Two years of a shop, drawn from a seed. It reads and writes no database: goods go in, a History comes out.

The same goods, seed, length and end give the same history. docs/simulation.md says how it is made and what it is
good for; the figures behind it are invented and stand in data/.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from shop_demo.simulation.demand import Lines, shop
from shop_demo.simulation.market import Market, open_market
from shop_demo.simulation.people import People, meet_people
from shop_demo.simulation.reviews import Opinion, write_reviews
from shop_demo.simulation.visits import Visit, around_purchases, browsing, draw_seconds
from shop_demo.simulation.world import Bools, Good, Ints, read_kinds

ORDERS_EACH = 8.0  # orders of a customer in two years, on average
REVIEWS_EACH = 2.35
ENTRIES_EACH = 80  # of the visit log
GUESTS = 0.08  # share of orders placed without an account
RETURNED = {"shoes": 0.10, "clothing": 0.09}  # share of lines sent back; elsewhere OTHER_RETURNED
OTHER_RETURNED = 0.03
CANCELLED = 0.012


@dataclass(slots=True)
class History:
    """All that happened. ``second`` counts from ``start``; baskets number the orders from 0."""

    start: datetime
    market: Market
    people: People
    lines: Lines
    second: Ints  # of each basket
    guest: Bools  # of each basket
    cancelled: Bools  # of each basket
    returns: list[tuple[int, int]]  # (line, second)
    reviews: list[Opinion]
    visits: list[Visit]

    def moment(self, second: int) -> datetime:
        return self.start + timedelta(seconds=int(second))

    def day(self, number: int) -> date:
        return (self.start + timedelta(days=number)).date()


def simulate(goods: list[Good], *, seed: int, customers: int, days: int, now: datetime) -> History:
    """The history of a shop with ``goods`` (any order; kinds that the world does not know are left out)."""
    rng = np.random.default_rng(seed)
    kinds = read_kinds()
    order = {kind.slug: n for n, kind in enumerate(kinds)}
    goods = sorted((g for g in goods if g.kind in order), key=lambda g: (order[g.kind], g.sku))
    start = datetime.combine(now.date() - timedelta(days - 1), time.min, tzinfo=UTC)
    elapsed = int((now - start).total_seconds()) - (days - 1) * 86400
    market = open_market(goods, kinds, start.date(), days, rng)
    people = meet_people(customers, market, start.date(), rng)
    scale = customers * days / 730
    lines = _renumber(shop(people, market, start.date(), round(scale * ORDERS_EACH), rng))
    second = _basket_seconds(lines, elapsed, days, rng)
    guest = rng.random(len(second)) < GUESTS
    now_second = int((now - start).total_seconds())
    visits = list(around_purchases(lines, second[lines.basket], guest, people, market, rng))
    quiet = max(0, round(scale * ENTRIES_EACH) - len(visits))
    visits += browsing(people, market, start.date(), quiet, elapsed, rng)
    return History(
        start=start,
        market=market,
        people=people,
        lines=lines,
        second=second,
        guest=guest,
        cancelled=rng.random(len(second)) < CANCELLED,
        returns=_returns(lines, second, market, now_second, rng),
        reviews=list(write_reviews(lines, guest, people, market, round(scale * REVIEWS_EACH), now_second, rng)),
        visits=sorted(visits, key=lambda v: v.second),
    )


def _renumber(lines: Lines) -> Lines:
    """Baskets numbered 0, 1, 2 … in time order (lines are in time order already)."""
    _, first, number = np.unique(lines.basket, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return Lines(lines.person, lines.day, lines.good, rank[number], lines.quantity)


def _basket_seconds(lines: Lines, elapsed: int, days: int, rng: np.random.Generator) -> Ints:
    baskets = int(lines.basket.max()) + 1 if len(lines) else 0
    day = np.zeros(baskets, dtype=np.int64)
    day[lines.basket] = lines.day
    return draw_seconds(day, elapsed, days - 1, rng)


def _returns(lines: Lines, second: Ints, market: Market, now: int, rng: np.random.Generator) -> list[tuple[int, int]]:
    chance = np.array([RETURNED.get(g.top, OTHER_RETURNED) for g in market.goods])[lines.good]
    sent = np.flatnonzero(rng.random(len(lines)) < chance)
    when = second[lines.basket[sent]] + rng.integers(4 * 86400, 25 * 86400, len(sent))
    return [(int(line), int(at)) for line, at in zip(sent, when, strict=True) if at < now]
