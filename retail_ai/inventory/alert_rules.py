"""What is worth an alert at this moment: rules over stock plans, forecasts and purchase orders. Reads only."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from retail_ai.engine.replenishment import DAYS
from retail_ai.engine.stock_alerts import doubt, surprise
from retail_ai.inventory.models import (
    Forecast,
    ForecastRun,
    PurchaseOrder,
    ReorderSuggestion,
    StockAlert,
    StockPlan,
)
from retail_ai.inventory.selectors import latest_forecasts
from retail_ai.jobs.models import Job
from retail_ai.stores import get_store

Kind = StockAlert.Kind
# A forecast of so many days ago is too old to order by.
STALE_DAYS = 14
# A product that sells less than this a week is no loss for a day.
LEAST_RATE = 0.25
FIELDS = (
    "pk", "product_id", "run_id", "run__origin", "mean", "lower95", "upper95", "sigma", "error", "naive_error",
    "history", "sold",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One thing worth an alert, with the figures that its sentence names."""

    kind: str
    product: Any = None
    order: Any = None
    figures: dict[str, Any] = field(default_factory=dict)
    at_stake: Decimal | None = None

    @property
    def key(self) -> tuple[str, Any, Any]:
        return self.kind, self.product, self.order


def findings(today: date) -> Iterator[Found]:
    """All that stands at this moment."""
    yield from _stock()
    yield from _forecasts()
    yield from _stale(today)
    yield from _late(today)


def _stock() -> Iterator[Found]:
    """Out of stock, or out before an order could be here, of what sells and the shop shows."""
    lost = ReorderSuggestion.objects.filter(
        product_id=OuterRef("product_id"), state__in=ReorderSuggestion.UNDECIDED
    ).values("lost_value")[:1]
    low = StockPlan.objects.filter(
        Q(status=StockPlan.Status.OUT) | Q(status=StockPlan.Status.SHORT), weekly_demand__gte=LEAST_RATE
    )
    plans = list(low.annotate(lost=Subquery(lost)))
    offers = get_store().offers([plan.product_id for plan in plans])
    shown = {key for key, offer in offers.items() if offer.visible}
    for plan in plans:
        if plan.product_id not in shown:
            continue
        out = plan.status == StockPlan.Status.OUT
        figures = {
            "rate": round(plan.weekly_demand, 1), "cover": plan.days_of_cover and round(plan.days_of_cover),
            "on_order": plan.on_order, "risk": round(plan.risk, 2),
        }  # fmt: skip
        yield Found(Kind.OUT if out else Kind.LOW, plan.product_id, None, figures, plan.lost)


def _forecasts() -> Iterator[Found]:
    """Last week against what was forecast for it, and forecasts that are not to be believed."""
    older = _older()
    newest = latest_forecasts().filter(run__is_partial=False).select_related(None)
    for row in newest.values(*FIELDS).iterator():
        actual = row["sold"] or row["history"]
        pairs = [
            pair for old in older.get(row["product_id"], []) if (pair := _last_week(old, row["run__origin"], actual))
        ]
        if pairs:
            sold, expected, low, high, sigma = pairs[0]
            if kind := surprise(sold, expected, low, high, sigma):
                figures = {"sold": round(sold), "expected": round(expected, 1), "high": round(high), "low": round(low)}
                yield Found(kind, row["product_id"], None, figures)
        errors = [sold - expected for sold, expected, *_rest in pairs]
        if found := doubt(row["error"], row["naive_error"], errors):
            yield Found(Kind.BROKEN, row["product_id"], None, {"reason": found.reason, "value": round(found.value, 2)})


def _older() -> dict[Any, list[dict[str, Any]]]:
    """Forecasts of the newest run of each earlier week by product, newest first."""
    runs = ForecastRun.objects.filter(is_partial=False).exclude(finished_at=None).order_by("-origin", "-pk")
    by_origin: dict[date, int] = {}
    for pk, origin in runs.values_list("pk", "origin"):
        by_origin.setdefault(origin, pk)
    rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    earlier = list(by_origin.values())[1:]
    for row in Forecast.objects.filter(run_id__in=earlier).order_by("-run__origin").values(*FIELDS).iterator():
        rows[row["product_id"]].append(row)
    return rows


def _last_week(old: dict[str, Any], origin: date, actual: list[float]) -> tuple[float, ...] | None:
    """(sold, expected, 95 % low and high, spread) of the week that ``old`` forecast first and that has passed."""
    weeks = (origin - old["run__origin"]).days // DAYS
    if weeks < 1 or weeks > len(actual) or not old["mean"]:
        return None
    return (actual[-weeks], old["mean"][0], old["lower95"][0], old["upper95"][0], old["sigma"])


def _stale(today: date) -> Iterator[Found]:
    """No forecast for two weeks, or the last attempt failed."""
    run = ForecastRun.objects.filter(is_partial=False).order_by("-pk").first()
    done = ForecastRun.objects.exclude(finished_at=None).order_by("-finished_at").first()
    if run is None:
        return
    if run.job is not None and run.job.state == Job.State.FAILED:
        yield Found(Kind.STALE, figures={"reason": "failed", "error": run.job.error[:200], "job": run.job.pk})
    elif done is None or done.finished_at is None or (today - done.finished_at.date()).days > STALE_DAYS:
        since = done.finished_at.date().isoformat() if done and done.finished_at else ""
        yield Found(Kind.STALE, figures={"reason": "old", "since": since})


def _late(today: date) -> Iterator[Found]:
    """Orders that should be here."""
    states = [PurchaseOrder.State.ORDERED, PurchaseOrder.State.PARTLY]
    for order in PurchaseOrder.objects.filter(state__in=states, expected_on__lt=today).select_related("supplier"):
        days = (today - order.expected_on).days if order.expected_on else 0
        yield Found(Kind.LATE, order=order.pk, figures={"days": days, "supplier": str(order.supplier or "")})
