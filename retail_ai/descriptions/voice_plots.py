"""Draws a training's losses by epoch as an SVG on the server. Numbers in, markup out."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 560, 240, 50, 12, 12, 34


def loss_plot(epochs: Sequence[Sequence[Any]], best: int) -> SafeString:
    """Training and validation loss (nats a token) of each epoch, the best one marked; empty without figures.

    ``epochs``: (number, training loss or None, validation loss).
    """
    values = [float(v) for row in epochs for v in row[1:] if v is not None]
    if not values:
        return SafeString("")
    low, high = min(values), max(max(values), min(values) + 1e-6)
    last = max(1, max(int(row[0]) for row in epochs))

    def place(number: float, loss: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * number / last
        return round(x, 1), round(TOP + (HEIGHT - TOP - BOTTOM) * (high - loss) / (high - low), 1)

    lines = [
        (name, " ".join("{},{}".format(*place(row[0], row[column])) for row in epochs if row[column] is not None))
        for column, name in ((1, "training"), (2, "validation"))
    ]
    x, y = place(best, next(row[2] for row in epochs if row[0] == best))
    return format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" class="retail-ai-plot retail-ai-losses">'
        '{}{}<circle cx="{}" cy="{}" r="5" class="best"/>{}</svg>',
        _("Loss by epoch, in training and on texts kept apart"), WIDTH, HEIGHT, WIDTH,
        _axes(low, high, last),
        format_html_join("", '<polyline points="{1}" class="{0}"/>', lines),
        x, y,
        _legend(),
    )  # fmt: skip


def _axes(low: float, high: float, last: int) -> SafeString:
    bottom = HEIGHT - BOTTOM
    return format_html(
        '<line x1="{0}" y1="{1}" x2="{0}" y2="{2}" class="axis"/>'
        '<line x1="{0}" y1="{2}" x2="{3}" y2="{2}" class="axis"/>'
        '<text x="{4}" y="{5}" class="value" text-anchor="end">{6}</text>'
        '<text x="{4}" y="{2}" class="value" text-anchor="end">{7}</text>'
        '<text x="{0}" y="{8}" class="value">0</text>'
        '<text x="{3}" y="{8}" class="value" text-anchor="end">{9}</text>',
        LEFT, TOP, bottom, WIDTH - RIGHT, LEFT - 6, TOP + 10, f"{high:.2f}", f"{low:.2f}", bottom + 16,
        _("epoch %(n)d") % {"n": last},
    )  # fmt: skip


def _legend() -> SafeString:
    y = HEIGHT - 6
    return format_html(
        '<line x1="150" y1="{0}" x2="175" y2="{0}" class="training"/><text x="181" y="{1}" class="value">{2}</text>'
        '<line x1="270" y1="{0}" x2="295" y2="{0}" class="validation"/><text x="301" y="{1}" class="value">{3}</text>'
        '<circle cx="410" cy="{0}" r="5" class="best"/><text x="421" y="{1}" class="value">{4}</text>',
        y - 4, y, _("training"), _("validation"), _("kept"),
    )  # fmt: skip
