"""Stock plans: how each product's stock stands, what there is too much of and what may be done about it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from retail_ai.conf import conf
from retail_ai.engine.dead_stock import Surplus, surplus
from retail_ai.engine.elasticity import Elasticity
from retail_ai.engine.newsvendor import YEAR
from retail_ai.engine.replenishment import Advice
from retail_ai.inventory.models import StockPlan
from retail_ai.inventory.selectors import Counsel, counsel_for, latest_forecasts

CENT = Decimal("0.01")
FIELDS = [
    "supplier", "status", "stock", "on_order", "weekly_demand", "days_of_cover", "reorder_point", "order_by", "risk",
    "surplus_units", "surplus_value", "remedy", "discount", "updated_at",
]  # fmt: skip
AT_ONCE = 1000


def write_plans(counsels: Mapping[Any, Counsel], today: date) -> int:
    """Replace these products' plans; how many there are. What a product's price does to its sales stays."""
    known = elasticities(counsels)
    rows = [_plan(counsel, known.get(key, Elasticity()), today) for key, counsel in counsels.items()]
    StockPlan.objects.bulk_create(rows, update_conflicts=True, unique_fields=["product"], update_fields=FIELDS)
    return len(rows)


def refresh_plans(keys: Any = None, today: date | None = None) -> int:
    """Work all plans out again from the newest forecasts and the stock of this moment, in batches; how many."""
    from django.utils import timezone

    count, today = 0, today or timezone.localdate()
    chosen = list(latest_forecasts(keys).values_list("pk", flat=True))
    for start in range(0, len(chosen), AT_ONCE):
        with transaction.atomic():
            forecasts = latest_forecasts().filter(pk__in=chosen[start : start + AT_ONCE])
            count += write_plans(counsel_for(forecasts, today), today)
    return count


def elasticities(keys: Any) -> dict[Any, Elasticity]:
    """What is known of how these products' sales follow their prices."""
    rows = StockPlan.objects.filter(product_id__in=list(keys)).exclude(elasticity=None)
    return {
        key: Elasticity(float(value or 0), own, count)
        for key, value, own, count in rows.values_list(
            "product_id", "elasticity", "elasticity_is_own", "elasticity_products"
        )
    }


def judge(counsel: Counsel, elasticity: Elasticity) -> Surplus:
    """Whether a product's stock is short, right or too much."""
    advice = counsel.advice
    return surplus(
        weekly=counsel.forecast.mean,
        stock=counsel.stock,
        on_order=counsel.on_order,
        order_up_to=advice.order_up_to,
        short=advice.risk > 0.5,
        days=conf.SURPLUS_DAYS,
        elasticity=elasticity,
    )


def _is_soon(advice: Advice) -> bool:
    """A day years ahead is no plan."""
    return bool(advice.quantity) and advice.order_in is not None and advice.order_in <= YEAR


def _plan(counsel: Counsel, elasticity: Elasticity, today: date) -> StockPlan:
    advice, how, found = counsel.advice, counsel.buying, judge(counsel, elasticity)
    cost = how.economics.unit_cost
    return StockPlan(
        product_id=counsel.forecast.product_id,
        supplier=how.supplier,
        status=found.status,
        stock=counsel.stock,
        on_order=counsel.on_order,
        weekly_demand=advice.weekly_demand,
        days_of_cover=advice.days_of_cover,
        reorder_point=advice.reorder_point,
        order_by=advice.order_by(today) if _is_soon(advice) else None,
        risk=advice.risk,
        surplus_units=found.units,
        surplus_value=None if cost is None or not found.units else Decimal(str(cost * found.units)).quantize(CENT),
        remedy=found.remedy,
        discount=found.discount,
    )
