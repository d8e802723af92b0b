"""Writes of the inventory room: start and save forecasts, note the stock of the day. Reorder advice: reorders.py."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from retail_ai.backends.forecasters.classical import classical_methods, require
from retail_ai.conf import conf
from retail_ai.engine.demand import Floats, monday
from retail_ai.engine.forecasting import SeriesForecast, forecast
from retail_ai.inventory.history import History
from retail_ai.inventory.models import Forecast, ForecastRun, StockSnapshot
from retail_ai.inventory.reorders import refresh_suggestions
from retail_ai.inventory.term_import import import_from_shop
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.stores import get_store

NO_SALES = "no sales yet"
KEPT_RUNS = 12
SNAPSHOT_BATCH = 2000


@transaction.atomic
def start_forecast_job(*, products: QuerySet[Any] | None = None, started_by: Any = None) -> Job:
    """A job that forecasts ``products`` (default: all) and refreshes their reorder advice. The caller enqueues it.
    Raises MissingPackage where the forecasting package is not installed."""
    require()
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


def forecast_products(*, run: ForecastRun, keys: Sequence[str], history: History) -> Counter[str]:
    """Forecast these products, save it and refresh their advice; counts by method. Keys the shop no longer has are
    counted as gone."""
    present = {str(pk): pk for pk in get_store().products().filter(pk__in=keys).values_list("pk", flat=True)}
    demand = {key: history.of(key) for key in keys if key in present}
    selling = {key: series for key, (series, _marked) in demand.items() if not np.isnan(series).all()}
    made = _forecast(selling, run.weeks)
    rows = [
        _row(run, present[key], made.get(key), series, marked, history) for key, (series, marked) in demand.items()
    ]
    Forecast.objects.filter(run=run, product_id__in=present.values()).delete()
    Forecast.objects.bulk_create(rows)
    refresh_suggestions(forecasts=rows)
    gone = {"gone": len(keys) - len(present)} if len(present) < len(keys) else {}
    return Counter([row.method for row in rows]) + Counter(gone)


def finish_run(*, run: ForecastRun) -> None:
    """Close a run: its origin, accuracy over all products, and the oldest runs deleted."""
    rows = list(run.forecasts.exclude(error=None).values_list("error", "naive_error"))
    sample = run.forecasts.exclude(history_start=None).first()
    if sample is not None and sample.history_start is not None:
        run.origin = sample.history_start + timedelta(weeks=len(sample.history))
    if rows:
        errors = np.array(rows, dtype=float)
        run.summary = {
            "products": run.forecasts.count(),
            "rmsse": round(float(errors[:, 0].mean()), 4),
            "naive_rmsse": round(float(errors[:, 1].mean()), 4),
            "no_better_than_naive": int((errors[:, 0] >= errors[:, 1]).sum()),
        }
    run.finished_at = timezone.now()
    run.save()
    old = ForecastRun.objects.filter(is_partial=run.is_partial).order_by("-pk").values_list("pk", flat=True)
    ForecastRun.objects.filter(pk__in=list(old[KEPT_RUNS:])).delete()


def take_stock(*, day: date | None = None) -> int:
    """Note how many of each product there are today; the number of products noted. Twice a day changes nothing but
    the figures."""
    day, count = day or timezone.localdate(), 0
    # Keys have nothing that an adapter's prefetch could be put on.
    products = get_store().products().prefetch_related(None)
    keys = iter(products.order_by("pk").values_list("pk", flat=True).iterator())
    while batch := list(islice(keys, SNAPSHOT_BATCH)):
        count += _note(batch, day)
    return count


def _note(keys: Iterable[Any], day: date) -> int:
    offers: dict[Any, Any] = dict(get_store().offers(keys))
    rows = [
        StockSnapshot(product_id=key, day=day, quantity=offer.stock)
        for key, offer in offers.items()
        if offer.stock is not None
    ]
    StockSnapshot.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["product", "day"], update_fields=["quantity"]
    )
    return len(rows)


def _forecast(selling: dict[str, Floats], weeks: int) -> dict[str, SeriesForecast]:
    if not selling:
        return {}
    made = forecast(np.array(list(selling.values())), horizon=weeks, methods=classical_methods())
    return dict(zip(selling, made, strict=True))


def _row(
    run: ForecastRun,
    product: Any,
    made: SeriesForecast | None,
    series: Floats,
    marked: list[int],
    history: History,
) -> Forecast:
    if made is None:
        nothing = [0.0] * run.weeks
        return Forecast(
            run=run, product_id=product, method=NO_SALES, mean=nothing,
            lower80=nothing, upper80=nothing, lower95=nothing, upper95=nothing,
        )  # fmt: skip
    first = int(np.argmax(~np.isnan(series)))
    low95, low80, high80, high95 = (np.round(band, 3).tolist() for band in made.bands)
    return Forecast(
        run=run,
        product_id=product,
        method=made.method,
        mean=np.round(made.mean, 3).tolist(),
        lower80=low80,
        upper80=high80,
        lower95=low95,
        upper95=high95,
        sigma=made.sigma,
        error=made.error,
        naive_error=made.naive_error,
        history_start=history.start + timedelta(weeks=first),
        history=np.round(series[first:], 2).tolist(),
        repaired=[week - first for week in marked],
    )
