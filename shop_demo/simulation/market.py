"""What the shop offers on each day: prices, promotions, launches and stock-outs. It knows no customers."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from shop_demo.simulation.world import Bools, Floats, Good, Ints, Kind

ELASTICITY = -1.8
NEW_TODAY = 14  # days back from the end in which the newest products arrive


@dataclass(slots=True)
class Market:
    """Arrays over days and goods; goods are sorted by kind, so that each kind is one slice."""

    goods: list[Good]
    kinds: list[Kind]
    kind_of: Ints
    slices: list[slice]
    price: Floats  # (days, goods) what one unit costs
    pull: Floats  # (days, goods) how price and promotion change the chance of a sale; 1 is ordinary
    on_sale: Bools  # (days, goods) launched and in stock
    out: list[tuple[int, int, int]]  # (good, first day, last day) of each stock-out
    launched: dict[int, int]  # good → day it arrived, for goods that arrived after the first day
    popularity: Floats
    quality: Floats

    @property
    def days(self) -> int:
        return len(self.price)


def open_market(goods: list[Good], kinds: list[Kind], first: date, days: int, rng: np.random.Generator) -> Market:
    """Draw two years of offers for ``goods`` (sorted by kind)."""
    index = {kind.slug: n for n, kind in enumerate(kinds)}
    kind_of = np.array([index[g.kind] for g in goods])
    bounds = np.searchsorted(kind_of, np.arange(len(kinds) + 1))
    quality = rng.normal(0, 1, len(goods))
    discount = _discounts(kind_of, len(kinds), first, days, rng)
    level = _price_levels(len(goods), days, rng)
    base = np.array([g.price for g in goods])
    launched = _launches(len(goods), days, rng)
    out = _stock_outs(len(goods), days, rng)
    return Market(
        goods=goods,
        kinds=kinds,
        kind_of=kind_of,
        slices=[slice(int(a), int(b)) for a, b in pairwise(bounds)],
        price=np.round(base * level * (1 - discount), 2),
        pull=(level * (1 - discount)) ** ELASTICITY * np.where(discount > 0, 1.25, 1.0),
        on_sale=_on_sale(len(goods), days, launched, out),
        out=out,
        launched=launched,
        popularity=rng.normal(0, 0.7, len(goods)) + 0.35 * quality,
        quality=quality,
    )


def _price_levels(goods: int, days: int, rng: np.random.Generator) -> Floats:
    """Prices move once or twice in steps of up to 12 % and end at today's price."""
    level = np.ones((days, goods))
    for good in range(goods):
        for step in rng.integers(0, days, rng.integers(0, 3)):
            level[:step, good] *= 1 + rng.uniform(-0.12, 0.08)
    return level


def _discounts(kind_of: Ints, kinds: int, first: date, days: int, rng: np.random.Generator) -> Floats:
    """10 to 30 % off half of a department for a week or so, and some goods of all in the last week of November."""
    discount = np.zeros((days, len(kind_of)))
    for kind in range(kinds):
        for _ in range(rng.poisson(4 * days / 730)):
            start, length = rng.integers(0, days), rng.integers(6, 12)
            chosen = (kind_of == kind) & (rng.random(len(kind_of)) < 0.5)
            discount[start : start + length, chosen] = rng.choice([0.1, 0.15, 0.2, 0.3])
    for day in range(days):
        when = first + timedelta(day)
        if when.month == 11 and when.day >= 23:
            discount[day] = np.maximum(discount[day], np.where(np.arange(len(kind_of)) % 3 == 0, 0.2, 0.0))
    return discount


def _launches(goods: int, days: int, rng: np.random.Generator) -> dict[int, int]:
    """Every tenth product arrives within the history, a few of them in its last two weeks."""
    chosen = rng.permutation(goods)[: goods // 10]
    recent = max(1, len(chosen) // 5)
    days_in = [*rng.integers(max(0, days - NEW_TODAY), days, recent), *rng.integers(0, days, len(chosen) - recent)]
    return {int(good): int(day) for good, day in zip(chosen, days_in, strict=True)}


def _stock_outs(goods: int, days: int, rng: np.random.Generator) -> list[tuple[int, int, int]]:
    """About one span for two products over two years, of 4 to 25 days; some last until today."""
    spans = []
    for good in range(goods):
        for start in np.sort(rng.integers(0, days, rng.poisson(0.5 * days / 730))):
            spans.append((good, int(start), min(days - 1, int(start + rng.integers(4, 26)))))
    running = rng.choice(goods, max(1, goods // 40), replace=False)
    spans += [(int(good), max(0, days - int(rng.integers(2, 10))), days - 1) for good in running]
    return _without_overlaps(spans)


def _without_overlaps(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    joined: list[tuple[int, int, int]] = []
    for good, first, last in sorted(spans):
        if joined and joined[-1][0] == good and first <= joined[-1][2] + 1:
            joined[-1] = (good, joined[-1][1], max(last, joined[-1][2]))
        else:
            joined.append((good, first, last))
    return joined


def _on_sale(goods: int, days: int, launched: dict[int, int], out: list[tuple[int, int, int]]) -> Bools:
    on_sale = np.ones((days, goods), dtype=bool)
    for good, day in launched.items():
        on_sale[:day, good] = False
    for good, first, last in out:
        on_sale[first : last + 1, good] = False
    return on_sale
