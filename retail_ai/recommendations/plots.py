"""Draws a release's figures beside popularity's as an SVG on the server. Numbers in, markup out."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

SHOWN = (("hr10", "HR@10"), ("ndcg10", "NDCG@10"), ("tail_ndcg10", "NDCG@10 (tail)"), ("coverage", "coverage"))
WIDTH, ROW, LEFT = 560, 52, 130


def metrics_plot(metrics: Mapping[str, Mapping[str, Any]]) -> SafeString:
    """Pairs of bars: the model above popularity, each with its figure written out; empty without figures."""
    if not {"model", "popularity"} <= set(metrics):
        return SafeString("")
    largest = max([float(metrics[who][key]) for who in ("model", "popularity") for key, _name in SHOWN] + [1e-9])
    bars = [
        _bar(row * ROW + offset, float(metrics[who][key]), largest, who, name if who == "model" else "")
        for row, (key, name) in enumerate(SHOWN)
        for who, offset in (("model", 0), ("popularity", 20))
    ]
    return format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" class="retail-ai-plot">{}</svg>',
        _("The model's figures above those of popularity"),
        WIDTH,
        len(SHOWN) * ROW,
        WIDTH,
        format_html_join("", "{}", ((bar,) for bar in bars)),
    )


def _bar(top: int, value: float, largest: float, who: str, name: str) -> SafeString:
    width = round((WIDTH - LEFT - 110) * value / largest, 1)
    return format_html(
        '<text x="0" y="{}" class="label">{}</text><rect x="{}" y="{}" width="{}" height="16" class="{}"/>'
        '<text x="{}" y="{}" class="value">{} {}</text>',
        top + 14, name, LEFT, top + 2, width, who, LEFT + width + 6, top + 14, f"{value:.4f}",
        "" if who == "model" else _("popularity"),
    )  # fmt: skip
