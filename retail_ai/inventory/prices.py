"""How sales follow prices, estimated from the shop's own sale lines and kept on the stock plans."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import numpy as np
from django.utils import timezone

from retail_ai.engine.demand import DAYS, Floats, before_launch, monday, out_days
from retail_ai.engine.elasticity import estimate
from retail_ai.inventory.models import StockPlan
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
    """(units, mean price paid) by product and whole week of the last two years; NaN for weeks before the first sale
    and for weeks with a stock-out. A week without a sale has the price last paid."""
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
    with np.errstate(invalid="ignore", divide="ignore"):
        prices = {key: _filled(np.where(units[key] > 0, paid[key] / units[key], np.nan)) for key in units}
    clean = {key: np.where(out[key] > 0, np.nan, series) if key in out else series for key, series in units.items()}
    return {key: np.where(np.isnan(before_launch(units[key])), np.nan, clean[key]) for key in units}, prices


def _filled(prices: Floats) -> Floats:
    """Each gap takes the price before it, a gap at the start the first price."""
    known = np.flatnonzero(~np.isnan(prices))
    if not len(known):
        return prices
    last = np.maximum.accumulate(np.where(np.isnan(prices), known[0], np.arange(len(prices))))
    filled: Floats = prices[last]
    return filled


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))
