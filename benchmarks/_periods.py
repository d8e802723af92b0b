"""Days, weeks from Mondays and months by number, and which of them are over."""

from datetime import date, timedelta
from typing import Any

# Months dated by their last day, or last working day, end on so many different ones.
LABELS = 6


def period(day: date, freq: str) -> int:
    """The number of the day, the week (from Mondays) or the month that a day is in."""
    if freq == "M":
        return day.year * 12 + day.month - 1
    return day.toordinal() if freq == "D" else (day.toordinal() - 1) // 7


def by_day(lines: list[Any], freq: str) -> bool:
    """Whether lines are dated by the day: if by the week or month, they have one weekday or one day of the month."""
    places = {day.weekday() if freq == "W" else day.day for _, day, _, _ in lines}
    return freq != "D" and len(places) > (1 if freq == "W" else LABELS)


def is_whole(last: date, freq: str) -> bool:
    """Whether ``last`` ends its period."""
    return last == date.max or period(last + timedelta(days=1), freq) != period(last, freq)
