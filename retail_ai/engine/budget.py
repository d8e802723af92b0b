"""Which orders to place when the money does not suffice, and why the others are left out. Pure arithmetic.

A 0/1 knapsack solved by gain per money, bettered by the single best order where that is worth more: never less than
half of the best possible (Kellerer, Pferschy and Pisinger, "Knapsack Problems", 2004, theorem 2.5.4).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Key]):
    """An order that one would place: its cost, what not placing it loses on average (both in money), and its units.
    ``cost`` None: not known."""

    key: Key
    cost: float | None
    gain: float
    quantity: int
    pack: int = 1
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class Share(Generic[Key]):
    """What a budget leaves of an order. ``reason`` is "", "cut", "left out" or "no cost"."""

    key: Key
    quantity: int
    cost: float
    reason: str = ""


def spend(orders: Sequence[Wanted[Key]], budget: float | None) -> list[Share[Key]]:
    """Each order's share of the budget, in the given sequence; all of it where ``budget`` is None.

    An order without a known cost is not counted and kept in full, and says so. The first that does not fit is cut
    to whole packs where its minimum allows it. Raises ValueError for a negative budget.
    """
    if budget is not None and budget < 0:
        raise ValueError("a budget must not be negative")
    priced = [order for order in orders if order.cost is not None and order.quantity > 0]
    if budget is None or sum(order.cost or 0.0 for order in priced) <= budget + 1e-9:
        chosen = {order.key: (order.quantity, order.cost or 0.0) for order in priced}
    else:
        chosen = _choose(priced, budget)
    return [_share(order, chosen) for order in orders]


def _choose(priced: Sequence[Wanted[Key]], budget: float) -> dict[Key, tuple[int, float]]:
    left, chosen, gained = budget, {}, 0.0
    for order in sorted(priced, key=_worth, reverse=True):
        cost = order.cost or 0.0
        quantity = order.quantity if cost <= left + 1e-9 else _fitting(order, left)
        if quantity > 0:
            part = quantity / order.quantity
            chosen[order.key] = (quantity, cost * part)
            left, gained = left - cost * part, gained + order.gain * part
    affordable = [order for order in priced if (order.cost or 0.0) <= budget + 1e-9]
    best = max(affordable, key=lambda order: order.gain, default=None)
    if best is not None and best.gain > gained + 1e-9:
        return {best.key: (best.quantity, best.cost or 0.0)}
    return chosen


def _worth(order: Wanted[Key]) -> tuple[float, float]:
    """Gain per money; among equals the cheaper first."""
    cost = order.cost or 0.0
    return (order.gain / cost if cost > 0 else float("inf"), -cost)


def _fitting(order: Wanted[Key], money: float) -> int:
    each = (order.cost or 0.0) / order.quantity
    packs = int((money + 1e-9) / each) // order.pack
    quantity = packs * order.pack
    return quantity if quantity >= order.minimum else 0


def _share(order: Wanted[Key], chosen: dict[Key, tuple[int, float]]) -> Share[Key]:
    if order.cost is None:
        return Share(order.key, order.quantity, 0.0, "no cost")
    quantity, cost = chosen.get(order.key, (0, 0.0))
    reason = "" if quantity >= order.quantity else "cut" if quantity else "left out"
    return Share(order.key, quantity, cost, reason)
