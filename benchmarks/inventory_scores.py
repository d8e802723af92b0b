"""Errors of forecasts, and what they cost a shop that orders by them."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from benchmarks.inventory_rivals import Made
from retail_ai.engine.panel import Floats, Panel, squared_scales

PINBALL = (0.1, 0.25, 0.5, 0.75, 0.9)
SERVICES = np.array([0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99, 0.999, 0.9999])
# What is left over costs 1 a unit, what is missing 9: the best service level is then 0.9.
OVER, SHORT = 1.0, 9.0


@dataclass
class Policy:
    """How far to order up to, by service level: (series,) for each of ``services``."""

    services: Floats
    up_to: Floats

    def at(self, service: float) -> Floats:
        """(series,) units at a service level between those known."""
        place = np.searchsorted(self.services, service)
        high = min(max(int(place), 1), len(self.services) - 1)
        low = high - 1
        share = (service - self.services[low]) / (self.services[high] - self.services[low])
        return np.maximum(self.up_to[low] + share * (self.up_to[high] - self.up_to[low]), 0.0)


def normal_policy(made: Made) -> Policy:
    """Of a forecast with standard deviations by period, taken as independent and normal."""
    spread = np.sqrt((made.sigma**2).sum(axis=1))
    factors = np.array([NormalDist().inv_cdf(service) for service in SERVICES])
    return Policy(SERVICES, made.mean.sum(axis=1) + factors[:, None] * spread)


def errors(past: Panel, actual: Floats, made: Made) -> dict[str, float]:
    """RMSSE, MASE, bias, pinball loss and coverage; ``actual`` is (n, horizon)."""
    squared, absolute = squared_scales(past.values), _absolute(past.values)
    use = (squared > 0) & (absolute > 0)
    off = (actual - made.mean)[use]
    held = {
        "coverage80": _held(actual, made.bands[:, 1], made.bands[:, 2]),
        "coverage95": _held(actual, made.bands[:, 0], made.bands[:, 3]),
    }
    if not use.any():  # no series ever changed: nothing to scale by
        return dict.fromkeys(("rmsse", "mase", "bias", "pinball"), float("nan")) | held
    return {
        "rmsse": float(np.mean(np.sqrt(np.mean(off**2, axis=1) / squared[use]))),
        "mase": float(np.mean(np.mean(np.abs(off), axis=1) / absolute[use])),
        "bias": float(-off.sum() / max(actual[use].sum(), 1.0)),
        "pinball": pinball(made, actual, absolute, use),
        **held,
    }


def pinball(made: Made, actual: Floats, absolute: Floats, use: np.ndarray) -> float:
    """Mean over quantiles of the loss in units of the series' mean absolute step. Quantiles between the bounds of the
    intervals are read off by the intervals' own levels, with the mean in the middle where a rival has no median."""
    known = (0.025, 0.1, 0.5, 0.9, 0.975)
    middle = np.clip(made.mean, made.bands[:, 1], made.bands[:, 2])
    curve = np.stack([made.bands[:, 0], made.bands[:, 1], middle, made.bands[:, 2], made.bands[:, 3]])
    losses = []
    for level in PINBALL:
        high = int(np.clip(np.searchsorted(known, level), 1, 4))
        share = (level - known[high - 1]) / (known[high] - known[high - 1])
        quantile = curve[high - 1] + share * (curve[high] - curve[high - 1])
        off = actual - quantile
        losses.append(np.maximum(level * off, (level - 1) * off).mean(axis=1)[use] / absolute[use])
    return float(np.mean(losses))


def ordering(policies: list[Policy], wanted: list[Floats], service: float) -> tuple[float, float]:
    """(cost a unit wanted, share of demand met) of a shop that at each moment orders up to its level and carries what
    is left over; what was missing is lost."""
    held = np.zeros(len(wanted[0]))
    cost = met = total = 0.0
    for policy, demand in zip(policies, wanted, strict=True):
        stock = np.maximum(held, policy.at(service))
        sold = np.minimum(stock, demand)
        held = stock - sold
        cost += OVER * held.sum() + SHORT * (demand - sold).sum()
        met, total = met + sold.sum(), total + demand.sum()
    return float(cost / max(total, 1.0)), float(met / max(total, 1.0))


def at_fill(policies: list[Policy], wanted: list[Floats], fill: float) -> tuple[float, float, float]:
    """(service level, cost, fill) where the shop meets ``fill`` of its demand; the nearest there is."""
    low, high = float(policies[0].services[0]), float(policies[0].services[-1])
    for _ in range(40):
        middle = (low + high) / 2
        if ordering(policies, wanted, middle)[1] < fill:
            low = middle
        else:
            high = middle
    return (high, *ordering(policies, wanted, high))


def _held(actual: Floats, low: Floats, high: Floats) -> float:
    return float(np.mean((actual >= low - 1e-9) & (actual <= high + 1e-9)))


def _absolute(values: Floats) -> Floats:
    steps = np.abs(np.diff(values, axis=1))
    known = ~np.isnan(steps)
    total: Floats = np.where(known, steps, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return total
