"""When to order and how many: safety stock, reorder point, order-by date, order quantity. Pure arithmetic.

Formulas for a periodic-review, order-up-to policy with uncertain demand and lead time, after Silver, Pyke and
Thomas, "Inventory and Production Management in Supply Chains" (4th ed. 2017), chapter 6. Demand of different
weeks is taken as independent and normally distributed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist

from retail_ai.engine.newsvendor import expected_shortage, stockout_probability

DAYS = 7


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
    # Units that would be lost on average if the order went out one review period after its day.
    lost_by_waiting: float = 0.0

    def order_by(self, today: date) -> date | None:
        """The last day on which to order."""
        return None if self.order_in is None else today + timedelta(days=math.floor(self.order_in))


def advise(
    *, weekly: Sequence[float], weekly_sd: float, stock: int, on_order: int = 0, terms: Terms | None = None
) -> Advice:
    """Advice from the expected demand of the coming weeks, the spread of one week's error, and the stock.

    Past the last week given, demand goes on at the mean rate. A stock below 0 counts as owed to customers.
    Raises ValueError for demand that is negative or not finite.
    """
    terms = terms or Terms()
    if not math.isfinite(weekly_sd) or weekly_sd < 0 or any(not math.isfinite(w) or w < 0 for w in weekly):
        raise ValueError("demand and its spread must be finite and not negative")
    rate = sum(weekly) / len(weekly) if weekly else 0.0
    safety = safety_stock(rate, weekly_sd, terms.lead_time, terms)
    point = demand_in(terms.lead_time, weekly) + safety
    span = terms.lead_time + terms.review
    target = max(point, demand_in(span, weekly) + safety_stock(rate, weekly_sd, span, terms))
    position = stock + on_order
    quantity = order_quantity(target - min(position, point), terms) if rate > 0 else 0
    order_in = days_until(position - point, weekly) if rate > 0 else None
    mean, sd = demand_in(terms.lead_time, weekly), spread_over(rate, weekly_sd, terms.lead_time, terms)
    return Advice(
        quantity=quantity,
        order_in=order_in,
        days_of_cover=days_until(stock, weekly),
        weekly_demand=rate,
        safety_stock=safety,
        reorder_point=point,
        order_up_to=target,
        risk=stockout_probability(position, mean, sd) if rate > 0 else 0.0,
        lost_by_waiting=lost_by_waiting(weekly, weekly_sd, position, order_in, terms),
    )


def lost_by_waiting(
    weekly: Sequence[float], weekly_sd: float, position: float, order_in: float | None, terms: Terms
) -> float:
    """Units lost on average by ordering one review period later than ``order_in``: the expected shortage until the
    later delivery less that until the punctual one (Silver, Pyke and Thomas 2017, section 6.7, B2 cost)."""
    if order_in is None:
        return 0.0
    rate = sum(weekly) / len(weekly)

    def shortage(days: float) -> float:
        return expected_shortage(position, demand_in(days, weekly), spread_over(rate, weekly_sd, days, terms))

    punctual = order_in + terms.lead_time
    return max(0.0, shortage(punctual + terms.review) - shortage(punctual))


def spread_over(rate: float, weekly_sd: float, days: float, terms: Terms) -> float:
    """Standard deviation of the demand until a delivery ``days`` ahead, the supplier's own spread included:
    √(days · σ_day² + d_day² · σ_lead²), in units; ``rate`` is demand a week."""
    return math.sqrt(days / DAYS * weekly_sd**2 + (rate / DAYS) ** 2 * terms.lead_time_sd**2)


def safety_stock(rate: float, weekly_sd: float, days: float, terms: Terms) -> float:
    """Units kept against a demand or a supplier that is not as expected over ``days``:
    z · √(days · σ_day² + d_day² · σ_lead²)."""
    z = max(0.0, NormalDist().inv_cdf(terms.service_level))
    return z * spread_over(rate, weekly_sd, days, terms)


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
        if demand >= left > 0 and demand > 0:
            return (week + left / demand) * DAYS
        left -= demand
    rate = sum(weekly) / len(weekly) if weekly else 0.0
    # Ten years of cover is as good as never; a nearly zero rate would overflow a date.
    days = len(weekly) * DAYS + left / rate * DAYS if rate > 0 else math.inf
    return days if days < 3650 else None
