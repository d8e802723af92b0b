"""Shapes of computer parts and office machines, such as imported catalogues hold."""

from shop_demo.drawings.ink import INK, STEEL, STEEL_DARK, WHITE, Paint, area, dot, glass, line, oval, rect, word


def chip(p: Paint) -> str:
    legs = "".join(
        rect(*at, STEEL_DARK, 3) for n in range(8) for at in ((112 + 23 * n, 82, 12, 240), (82, 112 + 23 * n, 240, 12))
    )
    return (
        legs
        + rect(102, 102, 198, 198, p.deep, 14)
        + rect(132, 132, 138, 138, STEEL, 8)
        + word(p.words, 201, 210, 28, INK, 120)
        + dot(122, 282, 6, p.accent)
    )


def memory(p: Paint) -> str:
    chips = "".join(rect(78 + 64 * n, 150, 48, 66, INK, 5) for n in range(4))
    pins = "".join(rect(70 + 14 * n, 248, 9, 28, "#d8b45a") for n in range(19) if n != 9)
    return rect(58, 128, 284, 126, p.main, 8) + chips + pins + rect(78, 224, 110, 18, WHITE, 3)


def cartridge(p: Paint) -> str:
    body = area("M86 150 H300 Q318 150 318 168 V296 H86 Q70 296 70 280 V166 Q70 150 86 150 Z", INK)
    label = rect(100, 176, 150, 88, p.main, 8) + word(p.words, 175, 230, 26, p.on, 130)
    return (
        body
        + label
        + rect(110, 120, 170, 34, "#3a434f", 8)
        + dot(290, 222, 18, STEEL_DARK)
        + rect(70, 292, 248, 24, p.main, 6)
        + glass(84, 160, 10, 120, 5)
    )


def battery(p: Paint) -> str:
    bolt = area("M212 140 L160 222 H194 L182 286 L240 200 H206 Z", "#f2c230")
    return (
        rect(168, 72, 64, 30, STEEL, 6)
        + rect(124, 96, 152, 234, INK, 18)
        + rect(124, 96, 152, 80, p.main, 18)
        + bolt
        + glass(138, 112, 12, 200, 6)
    )


def drive(p: Paint) -> str:
    disc = (
        dot(200, 180, 84, STEEL)
        + dot(200, 180, 60, WHITE).replace("/>", ' opacity=".4"/>')
        + dot(200, 180, 22, STEEL_DARK)
    )
    return (
        rect(100, 74, 200, 258, p.deep, 16)
        + disc
        + line("M276 292 L216 196", INK, 12)
        + rect(116, 282, 90, 34, p.main, 6)
        + dot(278, 292, 13, STEEL)
    )


def network(p: Paint) -> str:
    ports = "".join(rect(86 + 38 * n, 232, 28, 26, INK, 4) + dot(100 + 38 * n, 222, 3, "#8ef0b5") for n in range(6))
    aerials = line("M112 192 L92 84 M288 192 L308 84", INK, 12)
    return (
        aerials
        + rect(58, 190, 284, 96, p.main, 16)
        + ports
        + rect(80, 286, 40, 14, INK, 5)
        + rect(280, 286, 40, 14, INK, 5)
        + line("M170 150 q30 -26 60 0 M150 126 q50 -44 100 0", p.accent, 8)
    )


def tower(p: Paint) -> str:
    slots = "".join(rect(148, 100 + 34 * n, 104, 22, p.deep, 5) for n in range(3))
    return (
        rect(128, 66, 144, 268, p.main, 14)
        + slots
        + dot(200, 236, 18, p.light)
        + dot(200, 236, 9, "#8ef0b5")
        + line("M156 284 H244 M156 300 H244 M156 316 H244", p.dark, 5)
    )


def projector(p: Paint) -> str:
    beam = '<path d="M128 226 L40 120 V330 Z" fill="#ffe9a8" opacity=".7"/>'
    return (
        beam
        + rect(104, 158, 220, 124, p.main, 24)
        + dot(158, 222, 44, INK)
        + dot(158, 222, 28, "#35547a")
        + oval(148, 210, 9, 7, WHITE)
        + line("M232 200 H300 M232 218 H300 M232 236 H300", p.dark, 6)
        + rect(124, 280, 34, 16, INK, 5)
        + rect(272, 280, 34, 16, INK, 5)
    )
