"""What the page of totals shows: the shop or one category as a plot, all of them as a table, and what they sum up."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from retail_ai.inventory.models import GroupForecast
from retail_ai.inventory.plot import demand_plot, rows_of
from retail_ai.inventory.totals import Line, forecasts_in, lines_of, newest_run

# Products of a category that are listed one by one; the others are told together.
LISTED = 50


def totals_context(asked: Mapping[str, str]) -> dict[str, Any]:
    """Template context; ``asked["group"]`` is a category's key in the newest run. ``lines`` is empty without one."""
    run = newest_run()
    lines = lines_of(run) if run is not None else []
    context: dict[str, Any] = {"title": _("Totals"), "run": run, "lines": lines}
    if run is None or not lines:
        return context
    chosen = next((line for line in lines if str(line.group.pk) == asked.get("group")), lines[0])
    context |= {
        "chosen": chosen,
        "name": name_of(chosen.group),
        "demand": demand_plot(chosen.group),
        "weeks": list(rows_of(chosen.group)),
        "all_agree": all(line.agrees for line in lines),
        "categories_total": sum(line.total for line in lines[1:]),
    }
    return context if chosen is lines[0] else {**context, **_products(chosen)}


def name_of(group: GroupForecast) -> str:
    """As a person reads it."""
    if group.kind == GroupForecast.Kind.SHOP:
        return _("The whole shop")
    return group.name or _("without a category")


def _products(line: Line) -> dict[str, Any]:
    rows = forecasts_in(line.group.run, line.group.name)
    listed = [(row, sum(row.mean)) for row in rows[:LISTED]]
    rest = sum(sum(row.mean) for row in rows[LISTED:])
    return {"products": listed, "more": max(0, len(rows) - LISTED), "rest": rest, "parent": True}
