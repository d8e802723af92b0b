"""Demand as if the shop had been open all week, and forecasts for weeks in which it will not be: a closed day is
neither a fall in demand to learn from nor one on which anything will sell. It looks up no calendar."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from retail_ai.engine.forecast_values import SeriesForecast
from retail_ai.engine.hierarchy import Agreed
from retail_ai.engine.panel import Floats, Panel

OPEN = "open"
# A week open for less than this share of its days says too little to be scaled up.
LEAST_OPEN = 0.25


def open_shares(panel: Panel) -> Floats | None:
    """(weeks + weeks ahead,) share of each week's days on which the shop is open; None where it always is."""
    planned = panel.planned.get(OPEN)
    return None if planned is None or not len(planned) else planned[0]


def as_if_open(panel: Panel) -> Panel:
    """The panel with each week's demand scaled to seven open days; weeks closed nearly throughout are as the open
    weeks beside them. The channel of open days is gone: what it explained is taken out."""
    shares = open_shares(panel)
    if shares is None:
        return panel
    past = shares[: panel.periods]
    shut = past < LEAST_OPEN
    values = panel.values / np.where(shut, 1.0, past)
    opened = np.flatnonzero(~shut)
    for week in np.flatnonzero(shut):
        near = np.concatenate([opened[opened < week][-2:], opened[opened > week][:2]])
        known = ~np.isnan(values[:, week])
        if len(near):
            values[known, week] = np.nan_to_num(values[np.ix_(known, near)]).mean(axis=1)
    planned = {name: plan for name, plan in panel.planned.items() if name != OPEN}
    return replace(panel, values=values, planned=planned)


def in_open_days(made: Sequence[SeriesForecast], panel: Panel) -> list[SeriesForecast]:
    """Forecasts of full weeks, cut to the share of each week ahead on which the shop is open."""
    ahead = _ahead(panel, made)
    return (
        list(made) if ahead is None else [replace(one, mean=one.mean * ahead, bands=one.bands * ahead) for one in made]
    )


def sums_in_open_days(agreed: Agreed, panel: Panel) -> Agreed:
    """Categories and shop likewise, beside their demand as it was."""
    ahead = _ahead(panel, agreed.groups)
    if ahead is None:
        return agreed
    shares = panel.planned[OPEN][0, : panel.periods]
    return Agreed(agreed.mean * ahead, in_open_days(agreed.groups, panel), agreed.demand * shares)


def _ahead(panel: Panel, made: Sequence[SeriesForecast]) -> Floats | None:
    shares = open_shares(panel)
    if shares is None or not made:
        return None
    found = shares[panel.periods : panel.periods + len(made[0].mean)]
    return found if len(found) == len(made[0].mean) else None
