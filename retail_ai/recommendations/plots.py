"""Draws a release's figures beside its rivals' as an SVG on the server, with intervals. Numbers in, markup out."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from retail_ai.recommendations.figure_names import figure_name, row_name

SHOWN = ("hr10", "ndcg10", "recall10", "tail_ndcg10", "coverage")
ROWS = ("model", "in_service", "popularity")
WIDTH, BAR, GAP, LEFT, RIGHT = 620, 18, 14, 150, 160


def metrics_plot(metrics: Mapping[str, Mapping[str, Any]]) -> SafeString:
    """For each figure a bar a row (model, in service, popularity) with its 95 % interval; empty without figures."""
    rows = [name for name in ROWS if name in metrics]
    if len(rows) < 2:
        return SafeString("")
    bars = list(_bars(metrics, rows))
    height = len(SHOWN) * (len(rows) * BAR + GAP)
    return format_html(
        '<div class="retail-ai-scroll" tabindex="0">'
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" class="retail-ai-plot">{}</svg></div>',
        _described(metrics, rows),
        WIDTH,
        height,
        WIDTH,
        format_html_join("", "{}", ((bar,) for bar in bars)),
    )


def _described(metrics: Mapping[str, Mapping[str, Any]], rows: list[str]) -> str:
    """The plot in words, for those who do not see it."""
    said = [
        f"{figure_name(key)}: " + ", ".join(f"{row_name(row)} {_number(metrics[row].get(key)):.4f}" for row in rows)
        for key in SHOWN
    ]
    return _("Figures of the model beside its rivals.") + " " + "; ".join(said)


def _bars(metrics: Mapping[str, Mapping[str, Any]], rows: list[str]) -> Iterator[SafeString]:
    for place, key in enumerate(SHOWN):
        top = place * (len(rows) * BAR + GAP)
        yield format_html('<text x="0" y="{}" class="label">{}</text>', top + 13, figure_name(key))
        ends = [_number(metrics[row].get(key)) for row in rows]
        ends += [max(metrics[row].get(f"{key}_interval") or [0]) for row in rows]
        for line, row in enumerate(rows):
            yield _bar(top + line * BAR, metrics[row], key, row, max([*ends, 1e-9]))


def _bar(top: int, figures: Mapping[str, Any], key: str, row: str, largest: float) -> SafeString:
    scale = (WIDTH - LEFT - RIGHT) / largest
    value = _number(figures.get(key))
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>{}<text x="{}" y="{}" class="value">{} {}</text>',
        LEFT, top + 1, round(scale * value, 1), BAR - 4, row, _whisker(top, figures.get(f"{key}_interval"), scale),
        WIDTH - RIGHT + 8, top + 13, f"{value:.4f}", row_name(row),
    )  # fmt: skip


def _whisker(top: int, interval: Any, scale: float) -> SafeString:
    if not interval:
        return SafeString("")
    low, high = (round(LEFT + scale * edge, 1) for edge in interval)
    middle = top + 1 + (BAR - 4) / 2
    return format_html('<path class="interval" d="M{} {}H{}M{} {}v6M{} {}v6"/>', low, middle, high, low, middle - 3,
                       high, middle - 3)  # fmt: skip


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
