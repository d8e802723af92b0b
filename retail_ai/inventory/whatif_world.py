"""A shop's products as forecast and as a scenario has them: plans are made for either and played many times over."""

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.replenishment import DAYS, Advice, Demand, Terms, advise_on
from retail_ai.engine.scenarios import Scenario, scaled_sd
from retail_ai.engine.stock_simulation import Outcome, Policy, simulate
from retail_ai.inventory.selectors import Counsel
from retail_ai.inventory.whatif_values import Figures

Floats = NDArray[np.float64]
# Courses played: many for one product, fewer each where thousands add up.
MOST_RUNS, LEAST_RUNS, ALL_RUNS = 2000, 12, 40_000


class World:
    """The products as arrays, as forecast and as the scenario has them."""

    def __init__(self, counsels: list[Counsel], scenario: Scenario, elasticity: Floats) -> None:
        self.counsels, self.scenario = counsels, scenario
        self.weeks = min(len(counsel.forecast.mean) for counsel in counsels)
        self.weekly = np.array([counsel.forecast.mean[: self.weeks] for counsel in counsels])
        self.sd = np.array([counsel.forecast.sigma for counsel in counsels])
        self.new_weekly = scenario.weekly(self.weekly, elasticity)
        self.new_sd = scaled_sd(self.sd, self.weekly, self.new_weekly)
        self.price = np.array([_number(counsel.buying.economics.price) for counsel in counsels])
        self.cost = np.array([_number(counsel.buying.economics.unit_cost) for counsel in counsels])

    def advice(self) -> list[Advice]:
        """What to do about each product if one knows of the scenario. What is late does not count as here."""
        found = []
        for i, counsel in enumerate(self.counsels):
            growth = self.new_sd[i] / self.sd[i] if self.sd[i] > 0 else 1.0
            demand = Demand(
                self.new_weekly[i].tolist(),
                float(self.new_sd[i]),
                [float(spread * growth) for spread in counsel.forecast.cumulative_sigma],
                counsel.forecast.shape,
            )
            terms = self.scenario.terms(counsel.buying.terms)
            found.append(advise_on(demand, stock=counsel.stock, on_order=counsel.on_order, terms=terms))
        return found

    def play(self, advice: list[Advice], *, changed: bool) -> Outcome:
        """A plan's courses; the supplier is late where the scenario says so, whether the plan knows it or not."""
        late = self.scenario.late_days if changed else 0
        runs = max(LEAST_RUNS, min(MOST_RUNS, ALL_RUNS // len(self.counsels)))
        return simulate(
            weekly=self.new_weekly if changed else self.weekly,
            sd=self.new_sd if changed else self.sd,
            stock=np.array([float(counsel.stock) for counsel in self.counsels]),
            arrivals=self._arrivals(late),
            policy=self._policy(advice, late),
            runs=runs,
        )

    def figures(self, outcome: Outcome, *, changed: bool) -> Figures:
        flat = np.tile(self.price[:, None], self.weeks)
        prices = self.scenario.prices(self.price, self.weeks) if changed else flat
        earned = np.where(np.isnan(self.cost), self.price, self.price - self.cost)
        revenue = (outcome.sold * prices).sum(axis=1)
        held = outcome.stock * self.cost
        return Figures(
            chance=float(outcome.out.mean()),
            running_out=float(outcome.out.sum()),
            lost_units=float(outcome.lost.sum()),
            lost_value=_total(outcome.lost * np.maximum(earned, 0.0)),
            stock_value=_total(held),
            spend=_total(outcome.ordered * self.cost),
            revenue=_total(revenue),
            profit=_total(revenue - outcome.sold.sum(axis=1) * self.cost - held * self._keeping()),
        )

    def _keeping(self) -> Floats:
        """What keeping stock over these weeks costs, as a share of its cost."""
        rates = [counsel.buying.economics.holding_rate for counsel in self.counsels]
        return np.array(rates) * self.weeks * DAYS / 365

    def _arrivals(self, late: int) -> Floats:
        days = self.weeks * DAYS
        units = np.zeros((len(self.counsels), days))
        for row, counsel in zip(units, self.counsels, strict=True):
            for day, count in counsel.arrivals.items():
                if day + late < days:
                    row[day + late] += count
        return units

    def _policy(self, advice: list[Advice], late: int) -> Policy:
        terms: list[Terms] = [counsel.buying.terms for counsel in self.counsels]
        columns = {
            "point": [one.reorder_point if one.weekly_demand > 0 else -1.0 for one in advice],
            "target": [one.order_up_to for one in advice],
            "lead": [one.lead_time + late for one in terms],
            "lead_sd": [one.lead_time_sd for one in terms],
            "review": [one.review for one in terms],
            "pack": [one.pack_size for one in terms],
            "minimum": [one.minimum_order for one in terms],
        }
        return Policy(**{name: np.array(values, dtype=float) for name, values in columns.items()})


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _total(values: Floats) -> float | None:
    """The sum of what is known; None where nothing is."""
    return None if np.isnan(values).all() else float(np.nansum(values))
