"""What too few and too many cost: critical ratio, service level by margin, expected shortage. Pure arithmetic.

Arrow, Harris and Marschak, "Optimal Inventory Policy", Econometrica 19 (1951); the unit normal loss function as in
Silver, Pyke and Thomas (2017), appendix II. Demand is taken as normal.
"""

from dataclasses import dataclass
from statistics import NormalDist

NORMAL = NormalDist()
YEAR = 365
# A level beyond these is a mistake in the figures rather than a wish.
LOWEST, HIGHEST = 0.5, 0.999


@dataclass(frozen=True, slots=True)
class Economics:
    """Money of one unit, all in one currency: what it sells for, what it costs (None: not known), and what keeping
    it for a year costs as a share of its cost."""

    price: float | None = None
    unit_cost: float | None = None
    holding_rate: float = 0.2

    @property
    def margin(self) -> float | None:
        """What one unit earns; None where price or cost is not known."""
        return None if self.price is None or self.unit_cost is None else self.price - self.unit_cost

    def holding(self, days: float) -> float:
        """What keeping one unit for ``days`` costs."""
        return (self.unit_cost or 0.0) * self.holding_rate * days / YEAR


def critical_ratio(underage: float, overage: float) -> float:
    """Probability with which demand should be met: Cu / (Cu + Co). Raises ValueError for costs that are negative or
    both nothing."""
    if underage < 0 or overage < 0 or underage + overage <= 0:
        raise ValueError("the costs of too few and of too many must not be negative, nor both 0")
    return underage / (underage + overage)


def level_by_margin(economics: Economics, days: float) -> float | None:
    """The service level at which one unit more costs as much as it earns: a unit too few loses its margin, a unit
    too many is kept for ``days`` until the next order could have brought it. None where no margin is known, or where
    there is none; held between 0.5 and 0.999."""
    margin = economics.margin
    overage = economics.holding(days)
    if margin is None or margin <= 0 or overage <= 0:
        return None
    return min(HIGHEST, max(LOWEST, critical_ratio(margin, overage)))


def unit_loss(k: float) -> float:
    """G(k) = φ(k) − k·(1 − Φ(k)): expected excess of a standard normal over ``k``."""
    return NORMAL.pdf(k) - k * (1 - NORMAL.cdf(k))


def expected_shortage(supply: float, mean: float, sd: float) -> float:
    """E[(demand − supply)⁺] of a demand of ``mean`` ± ``sd``, in units."""
    if sd <= 0:
        return max(0.0, mean - supply)
    return max(0.0, sd * unit_loss((supply - mean) / sd))


def stockout_probability(supply: float, mean: float, sd: float) -> float:
    """P(demand > supply)."""
    if sd <= 0:
        return float(mean > supply)
    return 1 - NORMAL.cdf((supply - mean) / sd)
