"""Shapes of garden things."""

from shop_demo.drawings.ink import (
    INK,
    STEEL,
    STEEL_DARK,
    WHITE,
    WOOD,
    Paint,
    area,
    dot,
    glass,
    line,
    oval,
    rect,
    turned,
    word,
)


def spade(p: Paint) -> str:
    return turned(
        rect(190, 86, 20, 150, WOOD, 6)
        + line("M168 84 V62 H232 V84 Z", p.main, 14)
        + area("M156 226 H244 V286 Q240 324 200 346 Q160 324 156 286 Z", STEEL)
        + line("M200 236 V322", STEEL_DARK, 5)
        + rect(156, 222, 88, 14, STEEL_DARK, 4),
        16,
    )


def trowel(p: Paint) -> str:
    fork = turned(
        rect(188, 60, 24, 110, p.main, 10)
        + rect(194, 166, 12, 40, STEEL_DARK)
        + line("M164 210 V300 M188 210 V312 M212 210 V312 M236 210 V300 M164 212 H236", STEEL, 10),
        -20,
        200,
        330,
    )
    scoop = turned(
        rect(188, 60, 24, 110, p.accent, 10)
        + rect(194, 166, 12, 40, STEEL_DARK)
        + area("M164 204 H236 V266 Q230 306 200 322 Q170 306 164 266 Z", STEEL),
        20,
        200,
        330,
    )
    return fork + scoop


def secateurs(p: Paint) -> str:
    blades = area("M196 190 C176 140 184 90 216 62 C240 110 234 160 214 200 Z", STEEL) + area(
        "M186 196 C166 160 160 130 168 100 C196 130 210 170 212 200 Z", STEEL_DARK
    )
    return (
        line("M190 206 C150 240 150 290 168 326", p.dark, 28)
        + line("M212 206 C260 236 264 286 244 326", p.main, 28)
        + blades
        + dot(202, 200, 18, INK)
        + dot(202, 200, 7, STEEL)
        + line("M186 236 q16 20 34 0", STEEL_DARK, 6)
    )


def watering_can(p: Paint) -> str:
    drops = "".join(
        area(f"M{62 + 20 * n} {176 + 18 * (n % 2)} q10 18 0 22 q-10 -4 0 -22z", "#4aa3ff") for n in range(3)
    )
    return (
        drops
        + line("M160 262 L92 152", p.dark, 22)
        + turned(rect(58, 130, 64, 24, p.deep, 6), -32, 90, 142)
        + line("M196 156 C216 70 352 90 316 256", p.deep, 15)
        + rect(156, 154, 140, 168, p.main, 20)
        + oval(226, 158, 70, 16, p.dark)
        + glass(172, 184, 12, 110, 6)
    )


def hose(p: Paint) -> str:
    coil = "".join(
        line(f"M{200 - r} 216 a{r} {r} 0 1 1 {2 * r} 0 a{r} {r} 0 1 1 -{2 * r} 0", c, 16)
        for r, c in ((104, p.dark), (82, p.main), (60, p.light))
    )
    return (
        coil
        + line("M296 250 C340 290 330 330 280 330", p.main, 16)
        + rect(232, 312, 56, 34, "#f2c230", 8)
        + rect(206, 318, 30, 22, INK, 6)
    )


def plant(p: Paint) -> str:
    leaves = (
        area("M200 220 C120 210 100 150 110 104 C170 120 200 160 200 220 Z", "#4c9a5b")
        + area("M200 220 C280 210 300 150 290 104 C230 120 200 160 200 220 Z", "#3d8450")
        + area("M200 220 C160 160 176 90 200 62 C224 90 240 160 200 220 Z", "#6ab377")
        + line("M200 240 V110", "#2f5d43", 5)
    )
    return (
        leaves
        + area("M132 232 H268 L248 330 H152 Z", p.main)
        + rect(122, 214, 156, 30, p.dark, 8)
        + glass(150, 252, 12, 64, 6)
    )


def seeds(p: Paint) -> str:
    flower = (
        "".join(turned(oval(200, 172, 15, 30, p.accent), 60 * n, 200, 206) for n in range(6))
        + dot(200, 206, 18, "#f2c230")
        + line("M200 250 V226 M200 246 q24 -4 28 -20", "#4c9a5b", 6)
    )
    return (
        rect(120, 66, 160, 266, "#fbf6ea", 8)
        + rect(120, 66, 160, 66, p.main, 8)
        + flower
        + word(p.words or "SEEDS", 200, 108, 22, p.on, 132)
        + rect(120, 288, 160, 44, p.dark, 8)
        + "".join(oval(156 + 22 * n, 310, 7, 4, WHITE) for n in range(5))
    )


def rake(p: Paint) -> str:
    tines = "".join(line(f"M200 236 Q{200 + x * 0.6:g} 280 {200 + x} 326", STEEL_DARK, 7) for x in range(-90, 91, 30))
    return turned(rect(192, 60, 16, 186, WOOD, 7) + tines + line("M136 296 Q200 280 264 296", p.main, 9), 10)


def mower(p: Paint) -> str:
    reel = rect(96, 244, 208, 56, p.main, 18) + "".join(
        line(f"M{120 + 32 * n} 250 l18 44", STEEL, 6) for n in range(5)
    )
    wheels = dot(92, 276, 46, INK) + dot(92, 276, 20, STEEL) + dot(308, 276, 46, INK) + dot(308, 276, 20, STEEL)
    return (
        line("M130 248 L168 90 M270 248 L232 90 M150 84 H250", STEEL_DARK, 12)
        + line("M150 84 H250", INK, 18)
        + reel
        + wheels
    )


def hedge_trimmer(p: Paint) -> str:
    teeth = "".join(area(f"M{196 + 24 * n} 196 l10 -18 l10 18z", STEEL_DARK) for n in range(7))
    body = (
        rect(62, 172, 132, 74, p.main, 26)
        + line("M86 176 C86 116 166 116 166 176", INK, 16)
        + rect(78, 232, 46, 34, p.deep, 8)
    )
    return turned(teeth + rect(186, 194, 180, 18, STEEL, 8) + body + dot(156, 208, 12, p.light), -12)
