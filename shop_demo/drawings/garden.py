"""Shapes of garden and pet things."""

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
        + word(p.words or "SEEDS", 200, 108, 22, p.on, 12)
        + rect(120, 288, 160, 44, p.dark, 8)
        + "".join(oval(156 + 22 * n, 310, 7, 4, WHITE) for n in range(5))
    )


def sack(p: Paint) -> str:
    return (
        area("M122 96 Q200 116 278 96 L296 310 Q296 332 274 332 H126 Q104 332 104 310 Z", p.main)
        + area("M122 96 Q200 116 278 96 L270 70 Q200 88 130 70 Z", p.dark)
        + rect(134, 156, 132, 112, "#fbf6ea", 14)
        + area("M200 176 C240 184 240 234 200 250 C160 234 160 184 200 176 Z", p.accent)
        + line("M200 184 V256", WHITE, 4)
        + glass(116, 120, 10, 190, 5)
    )


def dog(p: Paint) -> str:
    ears = area("M112 138 C80 150 78 232 104 252 C126 240 136 180 140 146 Z", p.deep) + area(
        "M288 138 C320 150 322 232 296 252 C274 240 264 180 260 146 Z", p.deep
    )
    head = area("M120 190 C120 96 280 96 280 190 C280 280 250 320 200 320 C150 320 120 280 120 190 Z", p.main)
    return (
        head
        + ears
        + oval(200, 258, 52, 44, p.pale)
        + oval(200, 236, 22, 15, INK)
        + line("M200 250 V272 M176 276 Q188 288 200 274 Q212 288 224 276", INK, 5)
        + dot(164, 186, 11, INK)
        + dot(236, 186, 11, INK)
        + dot(167, 183, 4, WHITE)
        + dot(239, 183, 4, WHITE)
        + area("M186 284 h28 v16 q-14 18 -28 0z", "#ec7f8e")
    )


def lead(p: Paint) -> str:
    return (
        line("M110 120 C110 70 190 70 190 120 C190 200 90 210 110 270 C130 326 240 330 262 262", p.main, 16)
        + line("M214 226 a56 56 0 1 1 96 40 a56 56 0 0 1 -96 -40", p.dark, 20)
        + rect(296, 176, 26, 34, STEEL, 6)
        + dot(262, 302, 16, "#d8b45a")
    )


def bowl(p: Paint) -> str:
    return (
        oval(200, 190, 118, 36, p.dark)
        + oval(200, 188, 98, 26, "#8a5a3b")
        + "".join(dot(140 + 24 * n, 184 + 7 * (n % 2), 9, "#a0623a") for n in range(6))
        + area("M82 192 C84 250 110 320 128 322 H272 C290 320 316 250 318 192 C300 226 100 226 82 192 Z", p.main)
        + glass(112, 236, 12, 60, 6)
        + line("M180 276 h40", p.light, 14)
        + dot(178, 270, 9, p.light)
        + dot(178, 284, 9, p.light)
        + dot(222, 270, 9, p.light)
        + dot(222, 284, 9, p.light)
    )


def pet_bed(p: Paint) -> str:
    return (
        oval(200, 240, 142, 84, p.main)
        + oval(200, 222, 110, 54, p.deep)
        + oval(200, 230, 102, 48, p.pale)
        + line("M74 236 Q86 300 140 312 M326 236 Q314 300 260 312", p.dark, 5)
        + line("M156 232 q44 22 88 0", p.light, 6)
    )


def bone(p: Paint) -> str:
    ends = (
        dot(110, 176, 34, p.light)
        + dot(110, 226, 34, p.light)
        + dot(290, 176, 34, p.light)
        + dot(290, 226, 34, p.light)
    )
    return (
        turned(ends + rect(110, 172, 180, 58, p.light, 10) + line("M136 190 H264", WHITE, 8), -22)
        + dot(292, 296, 34, p.main)
        + line("M264 284 q28 18 56 0", WHITE, 6)
    )
