"""Coordinates of a product's plot of demand, for a template that draws it as SVG. It draws nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import formats

from retail_ai.inventory.models import Forecast, GroupForecast

WIDTH, HEIGHT = 760, 240
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 14, 30
SHOWN_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything in SVG units: ``lines`` and ``areas`` by CSS class, ``marks`` as (x, y), ticks with their labels."""

    lines: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    marks: tuple[tuple[float, float], ...] = ()
    uprights: dict[str, float] = field(default_factory=dict)
    x_ticks: tuple[tuple[float, str], ...] = ()
    y_ticks: tuple[tuple[float, str], ...] = ()
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Scale:
    """From (weeks or days, units) to SVG units."""

    x_max: float
    y_max: float

    def x(self, value: float) -> float:
        return round(LEFT + value / max(self.x_max, 1e-9) * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - value / self.y_max * (HEIGHT - TOP - BOTTOM), 1)

    def path(self, points: Sequence[tuple[float, float]]) -> str:
        """An SVG points list."""
        return " ".join(f"{self.x(x)},{self.y(y)}" for x, y in points)


def demand_plot(forecast: Forecast | GroupForecast) -> Plot:
    """The last year's sales, then the forecast with its 80 and 95 % bands. Sold last joins the forecast's start."""
    past = forecast.history[-SHOWN_WEEKS:]
    skip, ahead = len(forecast.history) - len(past), len(forecast.mean)
    scale = Scale(len(past) + ahead - 1, nice(max([*past, *forecast.upper95, 1.0])))
    first = len(past)

    def band(low: Sequence[float], high: Sequence[float]) -> str:
        over = [(first + i, value) for i, value in enumerate(high)]
        under = [(first + i, value) for i, value in enumerate(low)]
        return scale.path([*over, *reversed(under)])

    start = forecast.run.origin - timedelta(weeks=first)
    return Plot(
        lines={
            "history": scale.path(list(enumerate(past))),
            "mean": scale.path([(first + i, value) for i, value in enumerate(forecast.mean)]),
        },
        areas={
            "band95": band(forecast.lower95, forecast.upper95),
            "band80": band(forecast.lower80, forecast.upper80),
        },
        marks=tuple((scale.x(i - skip), scale.y(forecast.history[i])) for i in forecast.repaired if i >= skip),
        uprights={"now": scale.x(first - 0.5)},
        x_ticks=_week_ticks(scale, start, first + ahead),
        y_ticks=y_ticks(scale),
    )


def rows_of(forecast: Forecast | GroupForecast) -> Iterator[tuple[date, float, float, float, float, float]]:
    """(week, expected, 80 % low, 80 % high, 95 % low, 95 % high): the plot as a table."""
    for week, values in enumerate(
        zip(forecast.mean, forecast.lower80, forecast.upper80, forecast.lower95, forecast.upper95, strict=True)
    ):
        yield (forecast.run.origin + timedelta(weeks=week), *values)


def past_rows(forecast: Forecast | GroupForecast, weeks: int = 12) -> list[tuple[date, float, bool]]:
    """(week, units, whether it is an estimate) of the last weeks, newest first."""
    if forecast.history_start is None:
        return []
    estimated = set(forecast.repaired)
    rows = [
        (forecast.history_start + timedelta(weeks=i), units, i in estimated)
        for i, units in enumerate(forecast.history)
    ]
    return rows[-weeks:][::-1]


def _week_ticks(scale: Scale, start: date, weeks: int) -> tuple[tuple[float, str], ...]:
    step = max(1, weeks // 8)
    return tuple((scale.x(i), day_label(start + timedelta(weeks=i))) for i in range(0, weeks, step))


def y_ticks(scale: Scale) -> tuple[tuple[float, str], ...]:
    return tuple(
        (scale.y(scale.y_max * part / 4), formats.number_format(scale.y_max * part / 4, decimal_pos=0))
        for part in range(5)
    )


def day_label(day: date) -> str:
    return formats.date_format(day, "j M")


def nice(value: float) -> float:
    """The next of 4, 8, 20, 40, 80, 200…: a top that four ticks divide evenly."""
    size = 1.0
    while True:
        for step in (4, 8, 20):
            if value <= step * size:
                return step * size
        size *= 10
