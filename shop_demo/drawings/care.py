"""Shapes of care and bathroom things."""

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
    rect,
    turned,
    word,
)


def jar(p: Paint) -> str:
    return (
        rect(96, 170, 208, 150, p.light, 30)
        + rect(96, 218, 208, 64, WHITE)
        + rect(88, 120, 224, 66, p.main, 18)
        + rect(88, 168, 224, 14, p.dark, 7)
        + word(p.words, 200, 258, 26, INK, 170)
        + glass(110, 132, 80, 10, 5)
    )


def bottle(p: Paint) -> str:
    drop = rect(180, 62, 40, 66, INK, 12) + rect(170, 116, 60, 30, STEEL, 6)
    return (
        drop
        + area(
            "M150 146 H250 Q272 152 272 180 V306 Q272 330 248 330 H152 Q128 330 128 306 V180 Q128 152 150 146 Z",
            p.main,
        )
        + rect(128, 206, 144, 76, "#fbf9f4")
        + word(p.words, 200, 252, 22, INK, 132)
        + glass(142, 164, 12, 150, 6)
    )


def tube(p: Paint) -> str:
    return (
        area("M134 72 H266 L252 286 H148 Z", p.main)
        + rect(130, 64, 140, 20, p.dark, 4)
        + rect(152, 284, 96, 46, WHITE, 8)
        + line("M168 292 V322 M184 292 V322 M200 292 V322 M216 292 V322 M232 292 V322", "#d5dbe2", 4)
        + word(p.words, 200, 168, 22, p.on, 84)
        + line("M166 192 H234 M176 208 H224", p.light, 6)
        + dot(200, 242, 18, p.accent)
    )


def shampoo(p: Paint) -> str:
    pump = line("M200 120 V92 M200 92 H150", INK, 14) + rect(176, 112, 48, 34, INK, 8)
    return (
        pump
        + rect(124, 142, 152, 188, p.main, 34)
        + rect(124, 198, 152, 84, "#fbf9f4")
        + word(p.words, 200, 236, 22, INK, 132)
        + line("M160 258 H240", p.accent, 6)
        + glass(138, 160, 12, 150, 6)
    )


def soap(p: Paint) -> str:
    bubbles = dot(118, 138, 26, "#ffffffcc") + dot(160, 106, 16, "#ffffffcc") + dot(292, 132, 20, "#ffffffcc")
    return (
        bubbles
        + rect(82, 186, 236, 124, p.dark, 46)
        + rect(82, 172, 236, 124, p.main, 46)
        + rect(118, 200, 164, 68, p.light, 28)
        + word(p.words or "soap", 200, 242, 24, p.deep, 84)
    )


def hair_dryer(p: Paint) -> str:
    return (
        line("M196 322 C200 370 300 350 330 372", INK, 8)
        + turned(rect(172, 200, 50, 130, p.dark, 20), 8, 196, 220)
        + rect(90, 110, 190, 108, p.main, 50)
        + area("M272 124 H322 Q334 164 322 204 H272 Z", p.deep)
        + dot(132, 164, 34, p.light)
        + line("M112 164 H152 M118 150 H146 M118 178 H146", p.dark, 5)
        + rect(186, 246, 16, 30, p.accent, 6)
    )


def brush(p: Paint) -> str:
    bristles = "".join(line(f"M{140 + 16 * n} 172 V132", p.accent, 6) for n in range(8))
    return turned(bristles + rect(122, 160, 152, 56, p.main, 28) + rect(258, 172, 116, 32, p.dark, 16), 34)


def toothbrush(p: Paint) -> str:
    head = rect(184, 62, 32, 72, WHITE, 12) + "".join(
        line(f"M176 {76 + 12 * n} H160", p.accent if n % 2 else "#8fc7ee", 8) for n in range(5)
    )
    return (
        head
        + rect(192, 130, 16, 40, WHITE, 6)
        + rect(170, 166, 60, 166, p.main, 26)
        + dot(200, 206, 14, p.light)
        + rect(194, 240, 12, 34, p.dark, 6)
        + glass(180, 184, 8, 126, 4)
    )


def razor(p: Paint) -> str:
    return turned(
        rect(126, 82, 148, 46, STEEL, 10)
        + line("M138 98 H262 M138 110 H262", STEEL_DARK, 4)
        + rect(184, 126, 32, 34, STEEL_DARK, 6)
        + rect(178, 154, 44, 176, p.main, 20)
        + line("M190 190 H210 M190 208 H210 M190 226 H210 M190 244 H210", p.dark, 5),
        18,
    )
