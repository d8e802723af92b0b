"""Writes of the inventory room: start and save forecasts, note the stock of the day. Reorder advice: reorders.py."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from retail_ai.backends.forecasters import classical, trees
from retail_ai.conf import conf
from retail_ai.engine.demand import monday
from retail_ai.inventory.models import Forecast, ForecastRun, GroupForecast, StockSnapshot
from retail_ai.inventory.newcomers import starts
from retail_ai.inventory.reorders import refresh_suggestions
from retail_ai.inventory.rows import forecast_row
from retail_ai.inventory.term_import import import_from_shop
from retail_ai.inventory.totals import total_rows
from retail_ai.inventory.training import Prepared
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.stores import get_store, keys_of

KEPT_RUNS = 12
SNAPSHOT_BATCH = 2000


@transaction.atomic
def start_forecast_job(*, products: QuerySet[Any] | None = None, started_by: Any = None) -> Job:
    """A job that forecasts ``products`` (default: all) and refreshes their reorder advice. The caller enqueues it.
    Raises MissingPackage where the forecasting package is not installed."""
    classical.require()
    trees.require()
    if products is None:
        import_from_shop()
    chosen = get_store().products() if products is None else products
    keys = list(chosen.order_by("pk").values_list("pk", flat=True))
    title = ngettext("Forecast the demand of %(n)d product", "Forecast the demand of %(n)d products", len(keys))
    job = create_job(kind="inventory.forecast", title=title % {"n": len(keys)}, keys=keys, started_by=started_by)
    ForecastRun.objects.create(
        job=job, origin=monday(timezone.localdate()), weeks=conf.FORECAST_WEEKS, is_partial=products is not None
    )
    return job


def forecast_products(*, run: ForecastRun, keys: Sequence[str], prepared: Prepared) -> Counter[str]:
    """Save these products' forecasts and refresh their advice; counts by method. Keys the shop no longer has are
    counted as gone."""
    present = {str(pk): pk for pk in get_store().products().filter(pk__in=keys).values_list("pk", flat=True)}
    new = starts(list(present.values()), prepared)
    rows = [forecast_row(run, present[key], prepared, new.get(key)) for key in keys if key in present]
    Forecast.objects.filter(run=run, product_id__in=present.values()).delete()
    Forecast.objects.bulk_create(rows)
    refresh_suggestions(forecasts=rows)
    gone = {"gone": len(keys) - len(present)} if len(present) < len(keys) else {}
    return Counter([row.method for row in rows]) + Counter(gone)


def finish_run(*, run: ForecastRun, prepared: Prepared) -> dict[str, int]:
    """Close a run: categories and shop, its accuracy over all products, and the oldest runs deleted. What was wrong
    with the shop's records, counted by kind."""
    run.origin = prepared.history.origin
    GroupForecast.objects.filter(run=run).delete()
    GroupForecast.objects.bulk_create(total_rows(run, prepared))
    rows = list(run.forecasts.exclude(error=None).values_list("error", "naive_error"))
    problems = dict(prepared.history.problems)
    run.summary = {**_accuracy(run, rows), "problems": problems}
    run.finished_at = timezone.now()
    run.save()
    old = ForecastRun.objects.filter(is_partial=run.is_partial).order_by("-pk").values_list("pk", flat=True)
    ForecastRun.objects.filter(pk__in=list(old[KEPT_RUNS:])).delete()
    return problems


def _accuracy(run: ForecastRun, rows: Sequence[tuple[float | None, float | None]]) -> dict[str, Any]:
    if not rows:
        return {}
    errors = np.array(rows, dtype=float)
    return {
        "products": run.forecasts.count(),
        "rmsse": round(float(errors[:, 0].mean()), 4),
        "naive_rmsse": round(float(errors[:, 1].mean()), 4),
        "no_better_than_naive": int((errors[:, 0] >= errors[:, 1]).sum()),
    }


def take_stock(*, day: date | None = None) -> int:
    """Note how many of each product there are today; the number of products noted. Twice a day changes nothing but
    the figures."""
    day, count = day or timezone.localdate(), 0
    keys = keys_of(get_store().products())
    while batch := list(islice(keys, SNAPSHOT_BATCH)):
        count += _note(batch, day)
    return count


def _note(keys: Iterable[Any], day: date) -> int:
    offers: dict[Any, Any] = dict(get_store().offers(keys))
    rows = [
        StockSnapshot(product_id=key, day=day, quantity=offer.stock, price=offer.price and offer.price.amount)
        for key, offer in offers.items()
        if offer.stock is not None
    ]
    StockSnapshot.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["product", "day"], update_fields=["quantity", "price"]
    )
    return len(rows)
