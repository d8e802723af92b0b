"""Scenarios over the shop, a supplier or a product: the present plan beside a plan made for the scenario. Nothing is
saved unless ``save_scenario`` is called."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from retail_ai.engine.elasticity import Elasticity
from retail_ai.engine.replenishment import DAYS, Advice, Demand, Terms, advise_on
from retail_ai.engine.scenarios import Scenario, scaled_sd
from retail_ai.engine.stock_simulation import Outcome, Policy, simulate
from retail_ai.inventory.models import Forecast, SavedScenario, SupplierPolicy
from retail_ai.inventory.plans import elasticities
from retail_ai.inventory.selectors import Counsel, counsel_for, latest_forecasts

Floats = NDArray[np.float64]
# Courses played: many for one product, fewer each where thousands add up.
MOST_RUNS, LEAST_RUNS, ALL_RUNS = 2000, 12, 40_000
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan comes to over the forecast's weeks. Money in the shop's currency; None where no product's price
    (``lost_value``, ``revenue``) or cost (the others) is known. ``chance`` is the mean chance of a stock-out."""

    chance: float
    running_out: float
    lost_units: float
    lost_value: float | None
    stock_value: float | None
    spend: float | None
    revenue: float | None
    profit: float | None


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product in which the plans differ: what is advised now, and under the scenario."""

    product: Any
    quantity: int
    new_quantity: int
    order_in: float | None
    new_order_in: float | None
    chance: float
    unchanged_chance: float
    new_chance: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """``present``: today's plan in the world as forecast. ``unprepared``: today's plan when the scenario comes.
    ``prepared``: a plan made for it. ``default_elasticity``: how many products' price effect is the published mean."""

    scenario: Scenario
    weeks: int
    products: int
    present: Figures
    unprepared: Figures
    prepared: Figures
    rows: list[ProductRow] = field(default_factory=list)
    default_elasticity: int = 0
    without_cost: int = 0


def compare(scenario: Scenario, *, forecasts: QuerySet[Forecast] | Sequence[Forecast]) -> Comparison | None:
    """The scenario over these forecasts' products; None where the shop counts none of their stock."""
    counsels = list(counsel_for(forecasts).values())
    if not counsels:
        return None
    known = elasticities([counsel.forecast.product_id for counsel in counsels])
    effects = [known.get(counsel.forecast.product_id, Elasticity()) for counsel in counsels]
    world = _World(counsels, scenario, np.array([effect.value for effect in effects]))
    now, advised = [counsel.advice for counsel in counsels], world.advice()
    present = world.play(now, changed=False)
    unprepared, prepared = world.play(now, changed=True), world.play(advised, changed=True)
    return Comparison(
        scenario,
        world.weeks,
        len(counsels),
        world.figures(present, changed=False),
        world.figures(unprepared, changed=True),
        world.figures(prepared, changed=True),
        _rows(counsels, advised, present, unprepared, prepared),
        sum(effect.is_default for effect in effects) if scenario.discount else 0,
        int(np.isnan(world.cost).sum()),
    )


def chosen_forecasts(*, product: Any = None, supplier: Any = None) -> QuerySet[Forecast]:
    """Newest forecasts of one product, of a supplier's, or of all."""
    if product is not None:
        return latest_forecasts([product])
    if supplier is None:
        return latest_forecasts()
    own = SupplierPolicy.objects.filter(supplier=supplier, product__isnull=False).values("product")
    rows = latest_forecasts()
    if SupplierPolicy.objects.filter(supplier=supplier, product=None).exists():
        named = SupplierPolicy.objects.filter(product__isnull=False).exclude(supplier=None).values("product")
        return rows.filter(Q(product__in=own) | ~Q(product__in=named))
    return rows.filter(product__in=own)


def save_scenario(*, name: str, comparison: Comparison, by: Any = None) -> SavedScenario:
    """Keep what came of a scenario on this day."""
    plans = {plan: asdict(getattr(comparison, plan)) for plan in ("present", "unprepared", "prepared")}
    return SavedScenario.objects.create(
        name=name.strip()[:120] or "—",
        params=asdict(comparison.scenario),
        result={**plans, "weeks": comparison.weeks},
        products=comparison.products,
        created_by=by,
    )


class _World:
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


def _rows(
    counsels: list[Counsel], advised: list[Advice], present: Outcome, unprepared: Outcome, prepared: Outcome
) -> list[ProductRow]:
    """Where the scenario changes most, first."""
    rows = [
        ProductRow(
            counsel.forecast.product, counsel.advice.quantity, new.quantity, counsel.advice.order_in, new.order_in,
            float(present.out[i]), float(unprepared.out[i]), float(prepared.out[i]),
        )
        for i, (counsel, new) in enumerate(zip(counsels, advised, strict=True))
    ]  # fmt: skip
    order = np.argsort(-(unprepared.lost - prepared.lost), kind="stable")
    changed = [rows[i] for i in order if _differs(rows[i])]
    return changed[:SHOWN]


def _differs(row: ProductRow) -> bool:
    return (row.quantity, row.order_in) != (row.new_quantity, row.new_order_in)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _total(values: Floats) -> float | None:
    """The sum of what is known; None where nothing is."""
    return None if np.isnan(values).all() else float(np.nansum(values))
