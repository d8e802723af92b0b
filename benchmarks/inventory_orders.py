"""What ordering by a forecast costs a shop: replayed order by order, at a service level that is set without hindsight.

At each moment the level is the one that would have met the wanted share of demand at all moments before it, those
before the first reported one among them. It is set in the same way for every method.
"""

from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np

from benchmarks.inventory_rivals import Made
from retail_ai.engine.panel import Floats

SERVICES = np.array([0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99, 0.999, 0.9999])
# What is left over costs 1 a unit, what is missing 9: the best service level is then 0.9.
OVER, SHORT = 1.0, 9.0
PLAIN = SHORT / (OVER + SHORT)


@dataclass
class Policy:
    """How far to order up to, by service level: ``up_to`` is (services, series)."""

    services: Floats
    up_to: Floats

    def at(self, service: float) -> Floats:
        """(series,) units at a service level between those known."""
        place = np.searchsorted(self.services, service)
        high = min(max(int(place), 1), len(self.services) - 1)
        low = high - 1
        share = (service - self.services[low]) / (self.services[high] - self.services[low])
        return np.maximum(self.up_to[low] + share * (self.up_to[high] - self.up_to[low]), 0.0)

    def spread(self, known: np.ndarray) -> "Policy":
        """For all series, where this one is for the ``known`` ones: nothing is ordered of the others."""
        up_to = np.zeros((len(self.services), len(known)))
        up_to[:, known] = self.up_to
        return Policy(self.services, up_to)


@dataclass
class Replay:
    """One method's policies and what was wanted, moment by moment; the first ``before`` moments are not reported."""

    policies: list[Policy] = field(default_factory=list)
    wanted: list[Floats] = field(default_factory=list)
    before: int = 0

    def figures(self, fill: float) -> dict[str, float]:
        """Costs a unit wanted: at levels set from what came before, at one level that meets ``fill`` with hindsight,
        and at the level that the costs alone ask for."""
        levels = self._levels(fill)
        cost, met = run_orders(self._reported(), self.wanted[self.before :], levels)
        level, even, even_met = with_hindsight(self._reported(), self.wanted[self.before :], fill)
        plain, plain_met = run_orders(self._reported(), self.wanted[self.before :], [PLAIN] * len(levels))
        figures = {"newsvendor_cost": cost, "fill_rate": met, "service": float(np.mean(levels))}
        figures |= {"cost_at_equal_fill": even, "equal_fill": even_met, "hindsight_service": level}
        figures |= {"cost_at_service_90": plain, "fill_at_service_90": plain_met}
        return {name: round(value, 4) for name, value in figures.items()}

    def _reported(self) -> list[Policy]:
        return self.policies[self.before :]

    def _levels(self, fill: float) -> list[float]:
        """Of each reported moment. Without a moment before it, the level that the costs ask for."""
        levels = []
        for count in range(self.before, len(self.policies)):
            past, wanted = self.policies[:count], self.wanted[:count]
            levels.append(with_hindsight(past, wanted, fill)[0] if count else PLAIN)
        return levels


def normal_policy(made: Made) -> Policy:
    """Of a forecast with standard deviations by period, taken as independent and normal."""
    spread = np.sqrt((made.sigma**2).sum(axis=1))
    factors = np.array([NormalDist().inv_cdf(service) for service in SERVICES])
    return Policy(SERVICES, made.mean.sum(axis=1) + factors[:, None] * spread)


def run_orders(policies: list[Policy], wanted: list[Floats], services: list[float]) -> tuple[float, float]:
    """(cost a unit wanted, share of demand met) of a shop that at each moment orders up to its level and carries what
    is left over; what was missing is lost."""
    held = np.zeros(len(wanted[0]))
    cost = met = total = 0.0
    for policy, demand, service in zip(policies, wanted, services, strict=True):
        stock = np.maximum(held, policy.at(service))
        sold = np.minimum(stock, demand)
        held = stock - sold
        cost += OVER * held.sum() + SHORT * (demand - sold).sum()
        met, total = met + sold.sum(), total + demand.sum()
    return float(cost / max(total, 1.0)), float(met / max(total, 1.0))


def with_hindsight(policies: list[Policy], wanted: list[Floats], fill: float) -> tuple[float, float, float]:
    """(service level, cost, fill) where the shop meets ``fill`` of its demand; the nearest there is."""
    low, high = float(policies[0].services[0]), float(policies[0].services[-1])
    for _ in range(40):
        middle = (low + high) / 2
        if run_orders(policies, wanted, [middle] * len(policies))[1] < fill:
            low = middle
        else:
            high = middle
    return (high, *run_orders(policies, wanted, [high] * len(policies)))
