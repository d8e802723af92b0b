"""How sales follow prices, estimated from the shop's own sale lines and kept on the stock plans."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import numpy as np
from django.db.models import Avg
from django.db.models.functions import TruncWeek
from django.utils import timezone

from retail_ai.engine.demand import DAYS, Floats, before_launch, monday, out_days
from retail_ai.engine.elasticity import estimate
from retail_ai.inventory.models import StockPlan, StockSnapshot
from retail_ai.stores import get_store

WEEKS = 104


def refresh_elasticities(today: date | None = None) -> int:
    """Estimate every planned product's price elasticity from two years of sales; how many products' own price changes
    could be used."""
    units, prices = weekly_prices(today)
    found = estimate(units, prices)
    rows = list(StockPlan.objects.only("pk", "product_id"))
    for row in rows:
        if made := found.get(str(row.product_id)):
            row.elasticity, row.elasticity_is_own = made.value, made.own
            row.elasticity_products = made.products
    StockPlan.objects.bulk_update(rows, ["elasticity", "elasticity_is_own", "elasticity_products"], batch_size=1000)
    return max((made.products for made in found.values()), default=0)


def weekly_prices(today: date | None = None) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """(units, price) by product and whole week of the last two years. Units are NaN before the first sale and in weeks
    with a stock-out. The price is the mean one paid; in a week without a sale the one noted with the stock, or NaN."""
    end = monday(today or timezone.localdate())
    start = end - timedelta(weeks=WEEKS)
    units: dict[str, Floats] = defaultdict(lambda: np.zeros(WEEKS))
    paid: dict[str, Floats] = defaultdict(lambda: np.zeros(WEEKS))
    for line in get_store().sale_lines(_moment(start)):
        week = (timezone.localdate(line.occurred_at) - start).days // DAYS
        if 0 <= week < WEEKS and not line.is_return and line.quantity > 0 and line.unit_price > 0:
            units[str(line.product)][week] += line.quantity
            paid[str(line.product)][week] += line.quantity * float(line.unit_price)
    spans = ((str(key), first, last) for key, first, last in get_store().stock_outs(start))
    out = out_days(spans, start=start, weeks=WEEKS)
    noted = _noted(start, end)
    with np.errstate(invalid="ignore", divide="ignore"):
        prices = {key: np.where(units[key] > 0, paid[key] / units[key], noted.get(key, np.nan)) for key in units}
    clean = {key: np.where(out[key] > 0, np.nan, series) if key in out else series for key, series in units.items()}
    return {key: np.where(np.isnan(before_launch(units[key])), np.nan, clean[key]) for key in units}, prices


def _noted(start: date, end: date) -> dict[str, Floats]:
    """(weeks,) mean price that was noted with each product's stock, NaN where none was."""
    rows = StockSnapshot.objects.filter(day__gte=start, day__lt=end, price__gt=0).order_by()
    by_week = rows.values_list("product_id", TruncWeek("day")).annotate(mean=Avg("price"))
    noted: dict[str, Floats] = defaultdict(lambda: np.full(WEEKS, np.nan))
    for key, week, mean in by_week.iterator():
        noted[str(key)][(week - start).days // DAYS] = float(mean)
    return noted


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))
