"""Categories and the shop as sums of what was saved of their products, and a check that they are.

Products that started from look-alikes are in the sums; those that the shop no longer has are not.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from retail_ai.engine.panel import Floats
from retail_ai.inventory.models import Forecast, ForecastRun, GroupForecast
from retail_ai.inventory.rows import SURE_80, SURE_95, group_rows
from retail_ai.inventory.training import Prepared, category_names

# What rounding to thousandths may leave between a total and the sum of a hundred thousand products.
ROUNDING = 0.001
BANDS = ("lower80", "upper80", "lower95", "upper95")
# (products, expected a week, variance of a week) of a category.
Part = tuple[int, Floats, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A category or the shop over all weeks ahead: its own total, and the sum of its ``products`` found now."""

    group: GroupForecast
    total: float
    of_products: float
    products: int

    @property
    def agrees(self) -> bool:
        """Whether both are the same but for rounding."""
        return abs(self.total - self.of_products) <= max(0.5, ROUNDING * self.products * len(self.group.mean))


def total_rows(run: ForecastRun, prepared: Prepared) -> list[GroupForecast]:
    """A row for each category and one for the shop, with means that are the sums of the run's saved forecasts. A run
    of some products only has the sums of all that were worked out."""
    rows = group_rows(run, prepared)
    if run.is_partial or not rows:
        return rows
    parts = sums_of(run)
    known = {row.name: row for row in rows if row.kind == GroupForecast.Kind.CATEGORY}
    shop = rows[-1]
    found = [_moved(known.get(name) or _new(run, name, part), part) for name, part in parts.items()]
    whole = [sum(column) for column in zip(*parts.values(), strict=True)]
    return [*found, _moved(shop, (int(whole[0]), np.asarray(whole[1]), float(whole[2])))]


def sums_of(run: ForecastRun) -> dict[str, Part]:
    """Of a run's saved forecasts by the name of their category as the shop has it now."""
    rows = list(run.forecasts.order_by().values_list("product_id", "mean", "sigma"))
    names = category_names([str(key) for key, _, _ in rows])
    parts: dict[str, Part] = defaultdict(lambda: (0, np.zeros(run.weeks), 0.0))
    for key, mean, sigma in rows:
        count, total, variance = parts[names.get(str(key), "")]
        parts[names.get(str(key), "")] = count + 1, total + np.asarray(mean), variance + sigma**2
    return dict(sorted(parts.items()))


def lines_of(run: ForecastRun) -> list[Line]:
    """The shop, then its categories by what they will sell; each beside the sum of its products."""
    parts = sums_of(run)
    none = np.zeros(run.weeks)
    whole = sum((mean.sum() for _, mean, _ in parts.values()), 0.0)
    lines = []
    for group in run.groups.all():
        count, mean, _ = parts.get(group.name, (0, none, 0.0))
        if group.kind == GroupForecast.Kind.SHOP:
            count, of_products = sum(part[0] for part in parts.values()), float(whole)
        else:
            of_products = float(mean.sum())
        lines.append(Line(group, float(sum(group.mean)), of_products, count))
    return sorted(lines, key=lambda line: (line.group.kind != GroupForecast.Kind.SHOP, -line.total))


def newest_run() -> ForecastRun | None:
    """The last finished run over the whole range."""
    return ForecastRun.objects.filter(is_partial=False, finished_at__isnull=False).order_by("-pk").first()


def _new(run: ForecastRun, name: str, part: Part) -> GroupForecast:
    """A category in which nothing was sold yet: as sure as its products are, taken as independent."""
    row = GroupForecast(run=run, kind=GroupForecast.Kind.CATEGORY, name=name)
    row.mean = part[1].tolist()
    for level, sure in (("80", SURE_80), ("95", SURE_95)):
        setattr(row, f"lower{level}", (part[1] - sure * part[2] ** 0.5).tolist())
        setattr(row, f"upper{level}", (part[1] + sure * part[2] ** 0.5).tolist())
    return row


def _moved(row: GroupForecast, part: Part) -> GroupForecast:
    """The row around the sum of its products."""
    row.products, shift = part[0], part[1] - np.asarray(row.mean)
    for name in BANDS:
        setattr(row, name, np.round(np.maximum(np.asarray(getattr(row, name)) + shift, 0.0), 3).tolist())
    row.mean = np.round(part[1], 3).tolist()
    return row


def forecasts_in(run: ForecastRun, name: str) -> list[Forecast]:
    """A category's products, those that will sell most first."""
    keys = list(run.forecasts.order_by().values_list("product_id", flat=True))
    names = category_names([str(key) for key in keys])
    mine = [key for key in keys if names.get(str(key), "") == name]
    return sorted(run.forecasts.filter(product__in=mine).select_related("product"), key=lambda row: -sum(row.mean))
