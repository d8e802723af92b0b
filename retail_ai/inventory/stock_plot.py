"""Coordinates of the plot of a product's stock: as it will be, how far that may be off, and with the advised order."""

from datetime import date, timedelta

from retail_ai.engine.projection import StockDay, project
from retail_ai.engine.replenishment import DAYS
from retail_ai.inventory.plot import Plot, Scale, day_label, nice, y_ticks
from retail_ai.inventory.selectors import Counsel


def stock_plot(counsel: Counsel, today: date) -> Plot:
    """Stock from today on: with what is on its way, with its 80 % band; and if the advice is followed; the reorder
    point and the day to order by."""
    advice, days = counsel.advice, _days(counsel)
    alone, refilled = _alone(counsel), _refilled(counsel)
    shown = [day.high for day in alone] + [day.expected for day in refilled]
    scale = Scale(days, nice(max([*shown, advice.reorder_point, 1.0])))
    lines = {
        "stock": scale.path([(d.day, d.expected) for d in alone]),
        "point": scale.path([(0, advice.reorder_point), (days, advice.reorder_point)]),
    }
    if refilled:
        lines["refilled"] = scale.path([(d.day, d.expected) for d in refilled])
    band = [(d.day, d.high) for d in alone] + [(d.day, d.low) for d in reversed(alone)]
    order_by = {} if advice.order_in is None or advice.order_in > days else {"order-by": scale.x(advice.order_in)}
    if not advice.quantity:
        order_by = {}
    ticks = tuple((scale.x(day), day_label(today + timedelta(days=day))) for day in range(0, days + 1, 2 * DAYS))
    return Plot(lines=lines, areas={"band80": scale.path(band)}, uprights=order_by, x_ticks=ticks,
                y_ticks=y_ticks(scale))  # fmt: skip


def stock_rows(counsel: Counsel, today: date) -> list[tuple[date, float, float, float, float, float | None]]:
    """(day, expected, 80 % low, high, chance of having run out, with the advised order): the plot as a table, one row
    a week."""
    refilled = {day.day: day.expected for day in _refilled(counsel)}
    return [
        (today + timedelta(days=d.day), d.expected, d.low, d.high, d.out * 100, refilled.get(d.day, d.expected))
        for d in _alone(counsel)[::DAYS]
    ]


def _days(counsel: Counsel) -> int:
    return len(counsel.forecast.mean) * DAYS


def _alone(counsel: Counsel) -> list[StockDay]:
    return project(
        weekly=counsel.forecast.mean, weekly_sd=counsel.forecast.sigma, stock=counsel.stock, arrivals=counsel.arrivals
    )


def _refilled(counsel: Counsel) -> list[StockDay]:
    """From the day the advised order arrives; nothing where there is none, or it comes too late to be seen."""
    advice = counsel.advice
    if advice.order_in is None or not advice.quantity:
        return []
    arrives = int(advice.order_in) + round(counsel.buying.terms.lead_time)
    if arrives > _days(counsel):
        return []
    coming = dict(counsel.arrivals)
    coming[arrives] = coming.get(arrives, 0) + advice.quantity
    days = project(
        weekly=counsel.forecast.mean, weekly_sd=counsel.forecast.sigma, stock=counsel.stock, arrivals=coming
    )
    return days[max(0, arrives - 1) :]
