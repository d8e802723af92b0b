"""Draws a slate's days as an SVG on the server: bars of what was shown, a line of the click rate."""

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from retail_ai.recommendations.report import Figures

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 720, 220, 60, 60, 26, 22
Days = Sequence[tuple[date, Figures]]


def days_plot(name: str, days: Days) -> SafeString:
    """The days of one slate; empty where nothing was shown. Each bar's figures stand in its title and in the label."""
    most, best = max((f.shown for _, f in days), default=0), max((f.rate or 0.0 for _, f in days), default=0.0)
    if not most:
        return SafeString("")
    return format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" class="retail-ai-plot">{}{}{}</svg>',
        _summary(name, days), WIDTH, HEIGHT, WIDTH, _bars(days, most), _line(days, best), _axes(days, most, best),
    )  # fmt: skip


def _summary(name: str, days: Days) -> str:
    shown, clicked = sum(f.shown for _, f in days), sum(f.clicked for _, f in days)
    return _("%(name)s, %(first)s to %(last)s: shown %(shown)d times, clicked %(clicked)d times") % {
        "name": name, "first": days[0][0], "last": days[-1][0], "shown": shown, "clicked": clicked,
    }  # fmt: skip


def _x(place: int, count: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / count, 1)


def _y(share: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share, 1)


def _bars(days: Days, most: int) -> SafeString:
    width = round(max(1.0, 0.7 * (WIDTH - LEFT - RIGHT) / len(days)), 1)
    return format_html_join(
        "", '<rect x="{}" y="{}" width="{}" height="{}" class="shown"><title>{}</title></rect>',
        (
            (round(_x(place, len(days)) - width / 2, 1), _y(f.shown / most), width,
             round(HEIGHT - BOTTOM - _y(f.shown / most), 1), f"{day}: {f.shown} / {f.clicked}")
            for place, (day, f) in enumerate(days)
        ),
    )  # fmt: skip


def _line(days: Days, best: float) -> SafeString:
    points = (
        [(_x(place, len(days)), _y((f.rate or 0.0) / best)) for place, (_, f) in enumerate(days) if f.shown]
        if best
        else []
    )
    drawn = (
        format_html('<polyline class="line" points="{}"/>', " ".join(f"{x},{y}" for x, y in points)) if points else ""
    )
    return format_html("{}{}", drawn, format_html_join("", '<circle class="dot" cx="{}" cy="{}" r="2.5"/>', points))


def _axes(days: Days, most: int, best: float) -> SafeString:
    texts = [
        (0, TOP + 4, f"{most}"), (0, 12, _("shown")), (WIDTH - RIGHT + 8, TOP + 4, f"{100 * best:.1f} %"),
        (WIDTH - RIGHT + 8, 12, _("clicked")), (LEFT, HEIGHT - 6, str(days[0][0])),
        (WIDTH - RIGHT - 76, HEIGHT - 6, str(days[-1][0])),
    ]  # fmt: skip
    base = HEIGHT - BOTTOM
    line = format_html('<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>', LEFT, WIDTH - RIGHT, base, base)
    return format_html("{}{}", line, format_html_join("", '<text x="{}" y="{}">{}</text>', texts))
