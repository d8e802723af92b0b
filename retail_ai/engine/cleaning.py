"""Cleans what people did into sequences to learn from, and counts everything it leaves out and why. Reads no table."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Items = NDArray[np.int64]
Times = NDArray[np.float64]
Pair = tuple[Hashable, Hashable]
BUY = "purchase"
# More looks than this from one person, in all or within an hour, are no person's.
MOST_LOOKS, MOST_AN_HOUR = 3_000, 400
# Of a longer history only the newest so many are learned from.
MOST_DEEDS = 2_000
# A clock may be so wrong (seconds) before its events are said to come from the future; none is older than 1990.
SKEW, EARLIEST = 300.0, 631_152_000.0
_LARGEST_BASKET = 100


class Deed(NamedTuple):
    """Who did what with which product: ``kind`` view, cart or purchase; ``order``: its number, if any; seconds."""

    person: Hashable
    product: Hashable
    kind: str
    order: str
    moment: float


@dataclass(slots=True)
class Cleaned:
    """``sequences``: item numbers a person, oldest first; ``times`` of each; ``bought``: which were purchases.

    ``baskets``: items of each order. ``dropped``: reason → how many deeds (of bots and test accounts: people).
    """

    sequences: list[Items] = field(default_factory=list)
    times: list[Times] = field(default_factory=list)
    bought: list[NDArray[np.bool_]] = field(default_factory=list)
    baskets: list[Items] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    kept: int = 0


def clean(
    deeds: Iterable[Deed],
    number: Mapping[Hashable, int],
    *,
    now: float,
    returned: AbstractSet[Pair] = frozenset(),
    testers: AbstractSet[Hashable] = frozenset(),
) -> Cleaned:
    """Deeds in any order → what may be learned. ``number``: item number of each known product.

    ``returned``: (person, product) pairs sent back. ``testers``: people who only try the shop out.
    """
    result, people = Cleaned(), defaultdict[Hashable, list[Deed]](list)
    tested: set[Hashable] = set()
    for deed in deeds:
        if deed.person in testers:
            tested.add(deed.person)
        elif reason := _reason(deed, number, now, returned):
            result.dropped[reason] += 1
        else:
            people[deed.person].append(deed)
    if tested:
        result.dropped["test_accounts"] = len(tested)
    for done in people.values():
        done.sort(key=lambda deed: deed.moment)
        _add_person(result, done, number)
    result.baskets = _baskets(people, number, result)
    return result


def _reason(deed: Deed, number: Mapping[Hashable, int], now: float, returned: AbstractSet[Pair]) -> str:
    if deed.product not in number:
        return "unknown_products"
    if deed.moment > now + SKEW:
        return "from_the_future"
    if not deed.moment >= EARLIEST:
        return "without_a_date"
    if deed.kind == BUY and (deed.person, deed.product) in returned:
        return "returned"
    return ""


def _add_person(result: Cleaned, done: list[Deed], number: Mapping[Hashable, int]) -> None:
    """One person's deeds, oldest first; a bot's are all left out."""
    looks = np.array([deed.moment for deed in done if deed.kind != BUY])
    if len(looks) > MOST_LOOKS or _busiest_hour(looks) > MOST_AN_HOUR:
        result.dropped["bots"] += 1
        done.clear()
        return
    once = list(dict.fromkeys(done))
    result.dropped.update({"duplicates": len(done) - len(once)})
    changed = [now for before, now in zip([None, *once], once, strict=False) if not _again(before, now)]
    result.dropped.update({"repeats_in_a_row": len(once) - len(changed)})
    newest = changed[-MOST_DEEDS:]
    result.dropped.update({"older_than_the_newest": len(changed) - len(newest)})
    result.dropped = +result.dropped
    result.sequences.append(np.array([number[deed.product] for deed in newest], dtype=np.int64))
    result.times.append(np.array([deed.moment for deed in newest], dtype=np.float64))
    result.bought.append(np.array([deed.kind == BUY for deed in newest], dtype=bool))
    result.kept += len(newest)


def _again(before: Deed | None, now: Deed) -> bool:
    """The same product once more, at one visit: it says nothing of what follows."""
    return before is not None and before.product == now.product and now.moment - before.moment < 86_400.0


def _busiest_hour(moments: Times) -> int:
    if not len(moments):
        return 0
    return int((np.searchsorted(moments, moments + 3_600.0, side="right") - np.arange(len(moments))).max())


def _baskets(people: Mapping[Hashable, list[Deed]], number: Mapping[Hashable, int], result: Cleaned) -> list[Items]:
    baskets = defaultdict[str, set[int]](set)
    for done in people.values():
        for deed in done:
            if deed.order and deed.kind == BUY:
                baskets[deed.order].add(number[deed.product])
    large = sum(len(items) > _LARGEST_BASKET for items in baskets.values())
    if large:
        result.dropped["very_large_baskets"] = large
    return [np.array(sorted(items), dtype=np.int64) for items in baskets.values() if len(items) <= _LARGEST_BASKET]
