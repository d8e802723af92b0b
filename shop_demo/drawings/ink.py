"""The few strokes that every drawing is made of; each returns a piece of SVG. Words are escaped, nothing is read."""

from dataclasses import dataclass
from xml.sax.saxutils import escape


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with a share (0–1) of ``other`` in it; both as #rrggbb."""
    parts = [round(int(colour[i : i + 2], 16) * (1 - share) + int(other[i : i + 2], 16) * share) for i in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def is_dark(colour: str) -> bool:
    return _brightness(colour) < 110


def is_pale(colour: str) -> bool:
    """So light that it would be lost on a white ground."""
    return _brightness(colour) > 212


def _brightness(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of one drawing: the thing's own, its shades, and a second colour beside it."""

    main: str
    accent: str
    seed: int = 0
    words: str = ""

    @property
    def dark(self) -> str:
        return mix(self.main, "#0b1220", 0.32)

    @property
    def deep(self) -> str:
        return mix(self.main, "#0b1220", 0.58)

    @property
    def light(self) -> str:
        return mix(self.main, "#ffffff", 0.3)

    @property
    def pale(self) -> str:
        return mix(self.main, "#ffffff", 0.68)

    @property
    def on(self) -> str:
        """A colour for words on the main one."""
        return "#ffffff" if is_dark(self.main) else "#1b2430"


STEEL, STEEL_DARK, INK, WHITE, WOOD, WOOD_DARK = "#cfd6de", "#8a95a3", "#1f2733", "#ffffff", "#d2a679", "#a87c50"


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0, turn: int = 0) -> str:
    spin = f' transform="rotate({turn} {x + w / 2:g} {y + h / 2:g})"' if turn else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{fill}"{spin}/>'


def dot(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"/>'


def oval(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"/>'


def area(d: str, fill: str) -> str:
    return f'<path d="{d}" fill="{fill}"/>'


def line(d: str, colour: str, width: float = 6, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        f' stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
    )


def glass(x: float, y: float, w: float, h: float, r: float = 0) -> str:
    """A soft highlight."""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="#ffffff" opacity=".28"/>'


def word(text: str, x: float, y: float, size: float, fill: str, room: float = 132) -> str:
    """A few words in a line, written smaller where they would be wider than ``room``."""
    text = text if len(text) <= 22 else f"{text[:21]}…"
    size = min(size, room / (0.6 * len(text))) if text else size
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:.3g}" fill="{fill}" text-anchor="middle" font-weight="700"'
        f' font-family="system-ui,sans-serif">{escape(text)}</text>'
    )


def turned(piece: str, degrees: int, x: float = 200, y: float = 200) -> str:
    return f'<g transform="rotate({degrees} {x:g} {y:g})">{piece}</g>'
