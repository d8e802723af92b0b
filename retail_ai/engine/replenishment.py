"""When to order and how many: safety stock, reorder point, order-by date, order quantity. Pure arithmetic.

Formulas for a periodic-review, order-up-to policy with uncertain demand and lead time, after Silver, Pyke and
Thomas, "Inventory and Production Management in Supply Chains" (4th ed. 2017), chapter 6. Demand of different
weeks is taken as independent and normally distributed, unless the caller knows how weeks hang together and what
shape the errors have.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from retail_ai.engine.forecast_values import shape_at
from retail_ai.engine.newsvendor import expected_shortage, stockout_probability

DAYS = 7
# Sums of many demands differ from one total by no more than this share of it.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a product is bought. Times are in days; ``service_level`` is in (0, 1)."""

    lead_time: float = 14
    lead_time_sd: float = 0
    minimum_order: int = 1
    pack_size: int = 1
    service_level: float = 0.95
    review: float = 7


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about one product. ``order_in`` is days from today until the order must go out, 0 for today, None
    for never at this rate; ``days_of_cover`` how long the stock in hand lasts, None for longer than can be said."""

    quantity: int
    order_in: float | None
    days_of_cover: float | None
    weekly_demand: float
    safety_stock: float
    reorder_point: float
    order_up_to: float
    # Probability of running out before an order placed now could be here.
    risk: float = 0.0
    # Units that would be lost on average by ordering one review period from now instead of now.
    lost_by_waiting: float = 0.0

    def order_by(self, today: date) -> date | None:
        """The last day on which to order."""
        return None if self.order_in is None else today + timedelta(days=math.floor(self.order_in))


@dataclass(frozen=True, slots=True)
class Demand:
    """What is expected to be wanted: means of the coming weeks and the spread ``sd`` of one week's error. Where they
    are known, ``cumulative`` is the spread of the first 1, 2, … weeks' total, and ``shape`` the quantiles of an error
    in those units (engine.forecast_values)."""

    weekly: Sequence[float]
    sd: float
    cumulative: Sequence[float] = ()
    shape: Sequence[float] = ()

    def __post_init__(self) -> None:
        figures = [*self.weekly, self.sd, *self.cumulative]
        if any(not math.isfinite(figure) or figure < 0 for figure in figures):
            raise ValueError("demand and its spread must be finite and not negative")

    @property
    def rate(self) -> float:
        """Units a week, on average."""
        return sum(self.weekly) / len(self.weekly) if self.weekly else 0.0

    def within(self, days: float) -> float:
        """Expected units over the next ``days``."""
        return demand_in(days, self.weekly)

    def spread(self, days: float, lead_sd: float = 0.0) -> float:
        """Standard deviation of the demand until a delivery ``days`` ahead, ± ``lead_sd`` days, in units:
        √(Var(days) + d_day² · σ_lead²)."""
        return math.sqrt(self._variance(max(0.0, days)) + (self.rate / DAYS * lead_sd) ** 2)

    def factor(self, level: float) -> float:
        """Safety factor z of a service level; never below 0."""
        return max(0.0, shape_at(self.shape, level))

    def _variance(self, days: float) -> float:
        weeks = days / DAYS
        if not self.cumulative:
            return weeks * self.sd**2
        known = len(self.cumulative)
        if weeks >= known:
            return self.cumulative[-1] ** 2 * weeks / known
        full = int(weeks)
        before = self.cumulative[full - 1] ** 2 if full else 0.0
        return before + (weeks - full) * (self.cumulative[full] ** 2 - before)


def advise_on(demand: Demand, *, stock: int, on_order: int = 0, terms: Terms) -> Advice:
    """Advice from the expected demand of the coming weeks, the spread of its errors, and the stock.

    Past the last week given, demand goes on at the mean rate. A stock below 0 counts as owed to customers.
    Raises ValueError for demand that is negative or not finite.
    """
    rate = demand.rate
    safety = safety_stock(demand, terms.lead_time, terms)
    point = demand.within(terms.lead_time) + safety
    span = terms.lead_time + terms.review
    target = max(point, demand.within(span) + safety_stock(demand, span, terms))
    position = stock + on_order
    sells = rate > 0
    return Advice(
        quantity=order_quantity(target - min(position, point), terms) if sells else 0,
        order_in=days_until(position - point, demand.weekly) if sells else None,
        days_of_cover=days_until(stock, demand.weekly),
        weekly_demand=rate,
        safety_stock=safety,
        reorder_point=point,
        order_up_to=target,
        risk=_risk(demand, position, terms) if sells else 0.0,
        lost_by_waiting=lost_by_waiting(demand, position, terms) if sells else 0.0,
    )


def _risk(demand: Demand, position: float, terms: Terms) -> float:
    days = terms.lead_time
    return stockout_probability(position, demand.within(days), demand.spread(days, terms.lead_time_sd))


def lost_by_waiting(demand: Demand, position: float, terms: Terms) -> float:
    """Units lost on average by ordering one review period from now instead of now: the expected shortage until the
    later delivery less that until the earlier one (Silver, Pyke and Thomas 2017, section 6.7, B2 cost)."""

    def shortage(days: float) -> float:
        return expected_shortage(position, demand.within(days), demand.spread(days, terms.lead_time_sd))

    return max(0.0, shortage(terms.lead_time + terms.review) - shortage(terms.lead_time))


def safety_stock(demand: Demand, days: float, terms: Terms) -> float:
    """Units kept against a demand or a supplier that is not as expected over ``days``: z times their spread."""
    return demand.factor(terms.service_level) * demand.spread(days, terms.lead_time_sd)


def order_quantity(needed: float, terms: Terms) -> int:
    """``needed`` rounded up to whole packs and to the supplier's minimum; 0 when nothing is needed."""
    if needed <= 1e-9:
        return 0
    units = max(math.ceil(needed - 1e-9), terms.minimum_order)
    return math.ceil(units / terms.pack_size) * terms.pack_size


def demand_in(days: float, weekly: Sequence[float]) -> float:
    """Expected units over the next ``days``: even within a week, at the mean rate after the last."""
    if not weekly or days <= 0:
        return 0.0
    mean = sum(weekly) / len(weekly)
    full, part = int(days // DAYS), days % DAYS / DAYS
    total = sum(weekly[:full]) + max(0, full - len(weekly)) * mean
    return total + part * (weekly[full] if full < len(weekly) else mean)


def days_until(units: float, weekly: Sequence[float]) -> float | None:
    """Days until ``units`` have sold; 0 when there are none, None when they never will at this rate."""
    if units <= 0:
        return 0.0
    left = units
    for week, demand in enumerate(weekly):
        if demand > 0 and left <= demand + ROUNDING * units:
            return (week + min(left / demand, 1.0)) * DAYS
        left -= demand
    rate = sum(weekly) / len(weekly) if weekly else 0.0
    # Ten years of cover is as good as never; a nearly zero rate would overflow a date.
    days = len(weekly) * DAYS + left / rate * DAYS if rate > 0 else math.inf
    return days if days < 3650 else None
