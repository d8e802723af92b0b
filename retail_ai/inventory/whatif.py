"""Scenarios over the shop, a supplier or a product: the present plan beside a plan made for the scenario. Nothing is
saved unless ``save_scenario`` is called."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet

from retail_ai.engine.elasticity import Elasticity
from retail_ai.engine.replenishment import Advice
from retail_ai.engine.scenarios import Scenario
from retail_ai.engine.stock_simulation import Outcome
from retail_ai.inventory.models import Forecast, SavedScenario, SupplierPolicy
from retail_ai.inventory.plans import elasticities
from retail_ai.inventory.selectors import Counsel, counsel_for, latest_forecasts
from retail_ai.inventory.whatif_values import Comparison, ProductRow
from retail_ai.inventory.whatif_world import World

SHOWN = 20


def compare(scenario: Scenario, *, forecasts: QuerySet[Forecast] | Sequence[Forecast]) -> Comparison | None:
    """The scenario over these forecasts' products; None where the shop counts none of their stock."""
    counsels = list(counsel_for(forecasts).values())
    if not counsels:
        return None
    known = elasticities([counsel.forecast.product_id for counsel in counsels])
    effects = [known.get(counsel.forecast.product_id, Elasticity()) for counsel in counsels]
    world = World(counsels, scenario, np.array([effect.value for effect in effects]))
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
