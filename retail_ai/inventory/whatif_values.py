"""What comparing plans under a scenario comes to. It works nothing out."""

from dataclasses import dataclass, field
from typing import Any

from retail_ai.engine.scenarios import Scenario


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
