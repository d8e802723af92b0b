"""Rows to save out of what the engine forecast. It saves nothing."""

from datetime import timedelta
from typing import Any

import numpy as np

from retail_ai.engine.demand import DAYS
from retail_ai.engine.forecast_values import SeriesForecast
from retail_ai.engine.panel import Floats
from retail_ai.engine.seasonality import cycle_factors
from retail_ai.inventory.calendar import open_days
from retail_ai.inventory.models import Forecast, ForecastRun, GroupForecast
from retail_ai.inventory.newcomers import Start
from retail_ai.inventory.training import Prepared

NO_SALES = "no sales yet"
LOOK_ALIKES = "as its look-alikes"
# A product that sells on this share of days is forecast by the day.
DAILY_SHARE = 0.6
SURE_80, SURE_95 = 1.2816, 1.96


def forecast_row(run: ForecastRun, product: Any, prepared: Prepared, start: Start | None) -> Forecast:
    """A product's row; ``start`` is given for a new one."""
    made = prepared.of(str(product))
    row = Forecast(run=run, product_id=product, method=NO_SALES)
    if made is not None:
        _put(row, made)
        _put_past(row, str(product), prepared)
    if start is not None:
        _put_start(row, start, run.weeks)
    elif made is None:
        nothing = [0.0] * run.weeks
        row.mean = row.lower80 = row.upper80 = row.lower95 = row.upper95 = nothing
    return row


def group_rows(run: ForecastRun, prepared: Prepared) -> list[GroupForecast]:
    """A row for each category and one for the shop."""
    if prepared.agreed is None:
        return []
    kind = GroupForecast.Kind
    names = [*prepared.categories, ""]
    counts = [*np.bincount(prepared.members, minlength=len(prepared.categories)), len(prepared.members)]
    rows = []
    for place, made in enumerate(prepared.agreed.groups):
        shop = place == len(prepared.categories)
        row = GroupForecast(run=run, kind=kind.SHOP if shop else kind.CATEGORY, name=names[place])
        row.products = int(counts[place])
        _put_bands(row, made)
        row.error, row.naive_error = made.error, made.naive_error
        row.history_start = prepared.history.start
        row.history = np.round(prepared.agreed.demand[place], 2).tolist()
        rows.append(row)
    return rows


def _put(row: Forecast, made: SeriesForecast) -> None:
    _put_bands(row, made)
    row.method, row.sigma = made.method, made.sigma
    row.error, row.naive_error = made.error, made.naive_error
    row.cumulative_sigma = np.round(made.cumulative_sigma, 3).tolist()
    row.shape = np.round(made.shape, 3).tolist()


def _put_bands(row: Forecast | GroupForecast, made: SeriesForecast) -> None:
    row.mean = np.round(made.mean, 3).tolist()
    row.lower95, row.lower80, row.upper80, row.upper95 = (np.round(band, 3).tolist() for band in made.bands)


def _put_past(row: Forecast, key: str, prepared: Prepared) -> None:
    history = prepared.history
    number = history.numbers[key]
    series = history.panel.values[number]
    first = int(np.argmax(~np.isnan(series)))
    row.history_start = history.start + timedelta(weeks=first)
    row.history = np.round(series[first:], 2).tolist()
    row.sold = np.round(history.sold[number, first:], 2).tolist()
    row.repaired = [int(week) - first for week in np.flatnonzero(history.repaired[number]) if week >= first]
    row.outliers = [int(week) - first for week in np.flatnonzero(history.outliers[number]) if week >= first]
    row.daily = _by_day(row.mean, history.daily[number], prepared)


def _by_day(mean: list[float], days: Floats, prepared: Prepared) -> list[float]:
    """Each week shared out over its days as they sell and are open; nothing for what sells on few days."""
    if not len(days) or np.mean(days > 0) < DAILY_SHARE:
        return []
    factors = cycle_factors(days[None, :], DAYS)[0]
    opened = open_days(prepared.history.origin, len(mean) * DAYS).reshape(-1, DAYS)
    shares = factors * opened
    whole = np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    return [float(day) for day in np.round((np.array(mean)[:, None] * shares / whole).ravel(), 3)]


def _put_start(row: Forecast, start: Start, weeks: int) -> None:
    """A start is unsure: a Poisson count about a level that may well be wrong by itself."""
    row.method, row.look_alikes = LOOK_ALIKES, [list(pair) for pair in start.look_alikes]
    row.mean = [round(start.level, 3)] * weeks
    row.sigma = float(np.sqrt(start.level + (0.8 * start.level) ** 2))
    row.cumulative_sigma = [
        round(float(np.sqrt(week * start.level + (0.8 * week * start.level) ** 2)), 3) for week in range(1, weeks + 1)
    ]
    for name, sure in (("80", SURE_80), ("95", SURE_95)):
        setattr(row, f"lower{name}", [round(max(0.0, start.level - sure * row.sigma), 3)] * weeks)
        setattr(row, f"upper{name}", [round(start.level + sure * row.sigma, 3)] * weeks)
