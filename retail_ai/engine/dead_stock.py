"""What lies too long: units beyond what will sell in time, what they tie up, and what may be done. Pure arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retail_ai.engine.elasticity import Elasticity
from retail_ai.engine.replenishment import demand_in

Status = Literal["out", "short", "ok", "excess", "dead", "uncounted"]
Remedy = Literal["", "feature", "markdown", "clear"]
# Steeper than this a discount costs the shop's name more than the stock is worth.
STEEPEST = 0.5


@dataclass(frozen=True, slots=True)
class Surplus:
    """``units`` beyond what sells within the time allowed and the reorder target; ``discount`` the share off the
    price at which they would sell in time, None where no discount up to a half does it."""

    status: Status
    units: float = 0.0
    remedy: Remedy = ""
    discount: float | None = None


def surplus(
    *,
    weekly: Sequence[float],
    stock: int,
    on_order: int,
    order_up_to: float,
    short: bool,
    days: float = 120,
    elasticity: Elasticity | None = None,
) -> Surplus:
    """Judge one product's stock. ``days`` is how long a unit may lie; ``short`` says that it is likely to run out
    before an order placed now is here.

    dead: nothing is expected to sell, and there is some. excess: more than sells in ``days`` and more than the order
    target, so that a slow seller's first pack is no excess.
    """
    if stock <= 0:
        return Surplus("out")
    expected = demand_in(days, weekly)
    if expected < 0.5:
        return Surplus("dead", float(stock), "clear")
    spare = stock + on_order - max(expected, order_up_to)
    if spare >= 1:
        return _remedied(spare, expected, elasticity or Elasticity())
    return Surplus("short" if short else "ok")


def _remedied(spare: float, expected: float, elasticity: Elasticity) -> Surplus:
    """Half as much again as expected may sell by being shown more; beyond, a price says it."""
    growth = (expected + spare) / expected
    if growth <= 1.5:
        return Surplus("excess", spare, "feature")
    discount = discount_for(growth, elasticity)
    return Surplus("excess", spare, "clear" if discount is None else "markdown", discount)


def discount_for(growth: float, elasticity: Elasticity) -> float | None:
    """The share off the price at which demand is ``growth`` times as much: 1 − growth^(1/e); None beyond a half."""
    if growth <= 1:
        return 0.0
    if elasticity.value >= -1e-6:
        return None
    discount = float(1 - growth ** (1 / elasticity.value))
    return discount if discount <= STEEPEST else None
