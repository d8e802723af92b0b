"""What follows a forecast of the whole range: prices' effect on sales, surplus judged by it, alerts."""

from django.utils import timezone

from retail_ai.inventory.alerts import check_alerts
from retail_ai.inventory.models import ForecastRun, ReorderSuggestion, StockPlan
from retail_ai.inventory.plans import refresh_plans
from retail_ai.inventory.prices import refresh_elasticities
from retail_ai.stores import get_store


def follow_up(*, run: ForecastRun) -> dict[str, int]:
    """Bring plans and alerts up to date after a run; counts for the job's report. A run of some products only
    changes the alerts."""
    if run.is_partial:
        return {f"alerts {name}": count for name, count in check_alerts().items()}
    _forget_gone()
    used = refresh_elasticities()
    surplus = StockPlan.objects.filter(status=StockPlan.Status.EXCESS).values_list("product_id", flat=True)
    refresh_plans(list(surplus), timezone.localdate())
    alerts = {f"alerts {name}": count for name, count in check_alerts().items()}
    return {"price effects": used, **alerts}


def _forget_gone() -> None:
    """Plans and undecided advice of products that the shop no longer has; what merely failed in a run keeps them."""
    products = get_store().products().order_by().values("pk")
    StockPlan.objects.exclude(product_id__in=products).delete()
    undecided = ReorderSuggestion.objects.filter(state__in=ReorderSuggestion.UNDECIDED)
    undecided.exclude(product_id__in=products).delete()
