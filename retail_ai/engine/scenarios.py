"""What if: a change of price, delivery, service or demand applied to forecasts and terms; nothing is stored."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.replenishment import Terms

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Shares are fractions: ``discount`` 0.1 for ``discount_weeks`` weeks is 10 % off, ``demand`` 0.2 a fifth more.
    ``late_days`` puts off what is on order and lengthens each lead time. ``service_level`` None: as agreed."""

    discount: float = 0.0
    discount_weeks: int = 2
    late_days: int = 0
    service_level: float | None = None
    demand: float = 0.0

    def __post_init__(self) -> None:
        checks = {
            "discount must be from 0 to 0.9": 0 <= self.discount <= 0.9,
            "discount_weeks must be from 1 to 52": 1 <= self.discount_weeks <= 52,
            "late_days must be from 0 to 180": 0 <= self.late_days <= 180,
            "service_level must be from 0.5 to 0.999": self.service_level is None
            or 0.5 <= self.service_level <= 0.999,
            "demand must be from -0.9 to 5": -0.9 <= self.demand <= 5,
        }
        for words, holds in checks.items():
            if not holds:
                raise ValueError(words)

    def weekly(self, weekly: Floats, elasticity: Floats) -> Floats:
        """Demand (n, weeks) under the scenario; ``elasticity`` is (n,)."""
        lift = np.ones_like(weekly)
        if self.discount:
            lift[:, : self.discount_weeks] = ((1 - self.discount) ** elasticity)[:, None]
        changed: Floats = weekly * lift * (1 + self.demand)
        return changed

    def prices(self, price: Floats, weeks: int) -> Floats:
        """Price by week (n, weeks)."""
        prices = np.tile(price[:, None], weeks)
        prices[:, : self.discount_weeks] *= 1 - self.discount
        return prices

    def terms(self, terms: Terms) -> Terms:
        """The terms under which one would plan if one knew of it."""
        level = terms.service_level if self.service_level is None else self.service_level
        return replace(terms, lead_time=terms.lead_time + self.late_days, service_level=level)


def scaled_sd(sd: Floats, before: Floats, after: Floats) -> Floats:
    """Spread of a week (n,) when demand (n, weeks) changes: it grows with the mean, as a gamma demand's does."""
    old, new = before.mean(axis=1), after.mean(axis=1)
    scaled: Floats = sd * np.where(old > 1e-9, new / np.where(old > 1e-9, old, 1.0), 1.0)
    return scaled
