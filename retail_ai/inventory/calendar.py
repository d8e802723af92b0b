"""Which days a shop's customers can buy on: closing days from the adapter, public holidays of its country."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from retail_ai.stores import get_store

Floats = NDArray[np.float64]
logger = logging.getLogger(__name__)
DAYS = 7


def open_days(start: date, days: int) -> Floats:
    """(days,) 1 for a day on which the shop sells, 0 for one on which it is closed."""
    opened = np.ones(days)
    for offset in _offsets(get_store().closed_days(start, start + timedelta(days=days - 1)), start, days):
        opened[offset] = 0.0
    return opened


def holiday_days(start: date, days: int) -> Floats:
    """(days,) 1 for a public holiday of the shop's country; none without a country or the ``holidays`` package, or
    where that does not know the country, which is logged."""
    found = np.zeros(days)
    country = get_store().country
    if country is None or find_spec("holidays") is None:
        return found
    import holidays

    years = range(start.year, (start + timedelta(days=days)).year + 1)
    try:
        dates = holidays.country_holidays(country, years=years)
    except (NotImplementedError, TypeError, AttributeError):
        logger.warning(
            "No public holidays are known of the country %r: your adapter's country is its ISO code.", country
        )
        return found
    for offset in _offsets(dates, start, days):
        found[offset] = 1.0
    return found


def weekly(values: Floats) -> Floats:
    """(days,) from a Monday → (weeks,) means."""
    return np.asarray(values.reshape(-1, DAYS).mean(axis=1))


def _offsets(days: Iterable[date], start: date, count: int) -> Iterable[int]:
    return (offset for day in days if 0 <= (offset := (day - start).days) < count)
