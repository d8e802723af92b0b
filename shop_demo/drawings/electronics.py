"""Shapes of phones, computers and sound."""

from shop_demo.drawings.ink import (
    INK,
    STEEL,
    STEEL_DARK,
    WHITE,
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


def _screen(x: float, y: float, w: float, h: float, p: Paint, r: float = 6) -> str:
    """A lit screen: a sky with hills in the accent colour."""
    base = y + h
    hills = (
        f"M{x:g} {base - h * 0.32:g} Q{x + w * 0.3:g} {base - h * 0.6:g} {x + w * 0.55:g} {base - h * 0.3:g} "
        f"T{x + w:g} {base - h * 0.36:g} V{base - r:g} Q{x + w:g} {base:g} {x + w - r:g} {base:g} "
        f"H{x + r:g} Q{x:g} {base:g} {x:g} {base - r:g} Z"
    )
    sun = dot(x + w * 0.7, y + h * 0.3, min(w, h) * 0.11, "#fff3c4")
    return (
        rect(x, y, w, h, "#dfeaf8", r)
        + rect(x, y, w, h, p.accent, r).replace("/>", ' opacity=".35"/>')
        + sun
        + area(hills, p.accent)
    )


def phone(p: Paint) -> str:
    cameras = 2 + p.seed % 3
    back = rect(96, 70, 130, 262, p.main, 24) + rect(96, 70, 130, 262, p.dark, 24).replace("/>", ' opacity=".12"/>')
    back += rect(108, 82, 52, 26 + 26 * min(cameras, 3), p.light, 16)
    for n in range(min(cameras, 3)):
        back += dot(134, 106 + 27 * n, 11, INK) + dot(134, 106 + 27 * n, 5, "#4b6584")
    front = rect(182, 58, 134, 274, p.deep, 24) + _screen(189, 65, 120, 260, p, 18) + rect(232, 74, 34, 8, INK, 4)
    front += word("9:41", 249, 128, 26, WHITE) + glass(196, 72, 26, 244, 12)
    return back + front


def phone_case(p: Paint) -> str:
    hole = rect(146, 84, 60, 72, "#eef1f5", 18) + rect(146, 84, 60, 72, p.deep, 18).replace("/>", ' opacity=".25"/>')
    ring = line("M160 240 a40 40 0 1 1 80 0 a40 40 0 1 1 -80 0", p.light, 6)
    return (
        rect(126, 62, 148, 276, p.dark, 34)
        + rect(133, 69, 134, 262, p.main, 28)
        + hole
        + ring
        + glass(142, 170, 12, 140, 6)
    )


def charger(p: Paint) -> str:
    plug = rect(128, 148, 112, 112, p.main, 26) + rect(128, 148, 22, 112, p.dark, 11)
    pins = rect(92, 176, 40, 10, STEEL_DARK, 4) + rect(92, 222, 40, 10, STEEL_DARK, 4)
    ports = rect(226, 178, 14, 22, INK, 5) + rect(226, 210, 14, 22, INK, 5)
    cable = line("M240 189 C330 189 330 110 282 110 C230 110 236 300 330 292", p.deep, 9)
    return pins + cable + plug + ports + rect(322, 280, 40, 24, STEEL, 6) + glass(160, 158, 60, 10, 5)


def cable(p: Paint) -> str:
    loops = "".join(
        line(f"M{200 - r} 205 a{r} {r * 0.72:g} 0 1 1 {2 * r} 0 a{r} {r * 0.72:g} 0 1 1 -{2 * r} 0", c, 11)
        for r, c in ((108, p.dark), (86, p.main), (64, p.light))
    )
    tie = rect(186, 268, 28, 40, p.deep, 8)
    ends = (
        rect(120, 296, 54, 26, STEEL, 6)
        + rect(168, 300, 40, 18, p.main, 8)
        + rect(240, 300, 60, 22, p.main, 8)
        + rect(292, 304, 34, 14, STEEL, 5)
    )
    return loops + ends + tie


def power_bank(p: Paint) -> str:
    lights = "".join(dot(164 + 18 * n, 304, 4, "#8ef0b5" if n < 3 else p.light) for n in range(5))
    return (
        rect(124, 76, 152, 256, p.dark, 26)
        + rect(130, 80, 140, 246, p.main, 22)
        + lights
        + rect(178, 76, 44, 12, INK, 5)
        + glass(144, 96, 20, 180, 10)
    )


def laptop(p: Paint) -> str:
    lid = rect(88, 92, 224, 158, p.deep, 14) + _screen(98, 102, 204, 138, p, 6)
    base = area("M52 264 H348 L336 288 Q332 296 322 296 H78 Q68 296 64 288 Z", p.main)
    return lid + rect(52, 250, 296, 16, p.light, 6) + base + rect(164, 252, 72, 8, p.dark, 4)


def tablet(p: Paint) -> str:
    pen = turned(rect(322, 108, 10, 190, WHITE, 5) + area("M322 294 h10 l-5 16z", STEEL_DARK), 8, 327, 200)
    return (
        rect(84, 66, 216, 268, p.deep, 22)
        + rect(88, 70, 208, 260, p.main, 20)
        + _screen(100, 84, 184, 232, p, 8)
        + pen
    )


def reader(p: Paint) -> str:
    lines = "".join(rect(134, 124 + 18 * n, 132 - (n * 37 % 50), 6, "#6c7480", 3) for n in range(9))
    return (
        rect(110, 58, 180, 284, p.main, 20)
        + rect(124, 76, 152, 218, "#f3f1ea", 4)
        + word("Chapter 1", 200, 108, 16, "#3c434d")
        + lines
        + rect(180, 312, 40, 8, p.light, 4)
    )


def keyboard(p: Paint) -> str:
    keys = ""
    for row in range(4):
        for column in range(12 - row % 2):
            fill = p.accent if (row, column) in ((0, 0), (3, 10)) else p.pale
            keys += rect(66 + 23 * column + 11 * (row % 2), 156 + 26 * row, 18, 20, fill, 4)
    return (
        rect(48, 138, 304, 144, p.dark, 18)
        + rect(48, 134, 304, 140, p.main, 18)
        + keys
        + rect(130, 260, 140, 8, p.pale, 4)
    )


def mouse(p: Paint) -> str:
    body = area(
        "M200 76 C260 76 276 130 276 206 C276 290 246 330 200 330 C154 330 124 290 124 206 C124 130 140 76 200 76 Z",
        p.main,
    )
    return (
        body
        + line("M200 80 V186", p.dark, 4)
        + rect(190, 112, 20, 52, p.deep, 10)
        + rect(195, 124, 10, 22, p.accent, 5)
        + line("M126 200 Q200 176 274 200", p.dark, 4)
        + glass(146, 210, 18, 80, 9)
    )


def headphones(p: Paint) -> str:
    band = line("M110 236 V200 C110 70 290 70 290 200 V236", p.dark, 24) + line(
        "M114 200 C118 92 282 92 286 200", p.light, 6
    )
    cups = rect(78, 206, 66, 116, p.main, 30) + rect(256, 206, 66, 116, p.main, 30)
    pads = rect(134, 216, 24, 96, INK, 12) + rect(242, 216, 24, 96, INK, 12)
    return band + pads + cups + glass(90, 222, 14, 76, 7) + glass(268, 222, 14, 76, 7)


def earbuds(p: Paint) -> str:
    case = rect(110, 216, 180, 108, p.main, 46) + line("M112 258 H288", p.dark, 4) + dot(200, 280, 5, "#8ef0b5")
    bud = area(
        "M142 92 c32 -14 58 12 48 42 c-4 12 -14 16 -14 28 v36 q0 8 -10 8 t-10 -8 v-46 c-26 -4 -38 -48 -14 -60z",
        p.light,
    )
    other = f'<g transform="translate(400 0) scale(-1 1)">{bud}</g>'
    return bud + other + dot(156, 122, 12, p.deep) + dot(244, 122, 12, p.deep) + case + glass(132, 230, 120, 10, 5)


def speaker(p: Paint) -> str:
    dots = "".join(dot(x, y, 3, p.dark) for y in range(104, 316, 14) for x in range(134, 276, 14))
    return (
        rect(114, 74, 172, 258, p.deep, 44)
        + rect(114, 74, 172, 250, p.main, 44)
        + dots
        + dot(200, 150, 34, p.dark)
        + dot(200, 150, 16, p.light)
        + dot(200, 246, 52, p.dark)
        + dot(200, 246, 26, p.light)
    )


def soundbar(p: Paint) -> str:
    holes = "".join(dot(72 + 12 * n, y, 3, p.dark) for n in range(22) for y in (218, 230, 242))
    return (
        rect(70, 90, 260, 104, INK, 10)
        + _screen(78, 98, 244, 88, p, 4)
        + rect(52, 204, 296, 52, p.main, 16)
        + holes
        + dot(338, 230, 4, "#8ef0b5")
    )


def monitor(p: Paint) -> str:
    return (
        rect(64, 78, 272, 178, INK, 12)
        + _screen(74, 88, 252, 150, p, 4)
        + area("M176 256 h48 l8 50 h-64z", STEEL_DARK)
        + rect(136, 302, 128, 14, STEEL, 7)
    )


def printer(p: Paint) -> str:
    paper = rect(126, 76, 148, 90, WHITE, 4) + "".join(
        rect(144, 94 + 16 * n, 112 - 22 * (n % 2), 5, "#b9c2cd", 2) for n in range(4)
    )
    out = rect(126, 250, 148, 80, WHITE, 4) + rect(144, 274, 90, 24, p.accent, 4)
    return (
        paper
        + rect(76, 150, 248, 120, p.main, 18)
        + rect(76, 150, 248, 40, p.dark, 18)
        + rect(110, 244, 180, 14, INK, 7)
        + out
        + dot(298, 214, 6, "#8ef0b5")
    )


def camera(p: Paint) -> str:
    body = (
        rect(72, 126, 256, 176, p.main, 26)
        + rect(72, 126, 256, 52, p.dark, 26)
        + area("M158 126 l14 -28 h56 l14 28z", p.dark)
    )
    lens = (
        dot(200, 222, 70, INK)
        + dot(200, 222, 52, STEEL_DARK)
        + dot(200, 222, 40, INK)
        + dot(200, 222, 20, "#35547a")
        + oval(188, 206, 10, 7, "#ffffffaa")
    )
    return body + lens + rect(92, 104, 40, 24, p.deep, 8) + dot(298, 152, 9, WHITE)


def watch(p: Paint) -> str:
    strap = area("M158 60 h84 l10 70 h-104z", p.dark) + area("M148 270 h104 l-10 70 h-84z", p.dark)
    face = rect(126, 122, 148, 156, p.deep, 42) + rect(136, 132, 128, 136, INK, 34)
    return (
        strap
        + face
        + word("10:08", 200, 202, 36, WHITE)
        + line("M160 232 h20 l8 -16 12 28 10 -20 8 8 h22", "#6fe3a5", 5)
        + rect(272, 178, 10, 36, STEEL, 5)
    )
