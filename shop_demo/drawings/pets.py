"""Shapes of things for dogs and cats."""

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


def cat(p: Paint) -> str:
    ears = (
        area("M118 176 L110 76 L184 122 Z", p.main)
        + area("M282 176 L290 76 L216 122 Z", p.main)
        + area("M130 146 L126 104 L160 126 Z", p.pale)
        + area("M270 146 L274 104 L240 126 Z", p.pale)
    )
    face = (
        oval(200, 214, 100, 92, p.main)
        + oval(158, 200, 15, 19, "#a4cc3f")
        + oval(242, 200, 15, 19, "#a4cc3f")
        + oval(158, 200, 5, 16, INK)
        + oval(242, 200, 5, 16, INK)
    )
    mouth = area("M188 236 h24 l-12 14z", "#ec7f8e") + line("M200 250 q-12 18 -26 8 M200 250 q12 18 26 8", INK, 5)
    return (
        ears
        + face
        + mouth
        + line("M136 240 L66 226 M136 254 L68 262 M264 240 L334 226 M264 254 L332 262", STEEL_DARK, 4)
        + line("M200 126 v26 M178 130 v18 M222 130 v18", p.dark, 8)
    )


def litter(p: Paint) -> str:
    grains = "".join(dot(126 + 22 * n, 292 - 7 * (n % 3), 9, "#d9dde2") for n in range(8))
    return (
        rect(112, 76, 176, 150, "#fbf6ea", 12)
        + rect(112, 76, 176, 52, p.main, 12)
        + word(p.words or "LITTER", 200, 112, 24, p.on)
        + dot(200, 176, 26, p.accent)
        + area("M80 264 H320 L304 330 H96 Z", p.dark)
        + grains
        + rect(72, 254, 256, 18, p.main, 8)
    )


def tin(p: Paint) -> str:
    return (
        rect(104, 150, 192, 164, p.main)
        + oval(200, 314, 96, 22, p.main)
        + rect(104, 196, 192, 80, "#fbf6ea")
        + word(p.words, 200, 246, 26, INK, 170)
        + oval(200, 150, 96, 24, STEEL)
        + oval(200, 150, 78, 17, STEEL_DARK)
        + line("M200 146 q30 -26 34 4 q-10 16 -34 -4", STEEL, 7)
    )


def wand(p: Paint) -> str:
    feathers = (
        turned(oval(0, 40, 17, 44, p.main), 24, 0, 0)
        + turned(oval(0, 44, 15, 46, p.accent), -14, 0, 0)
        + oval(0, 48, 12, 44, p.light)
    )
    return (
        line("M84 320 L250 110", WOOD, 13)
        + line("M250 110 Q300 90 300 190", INK, 4)
        + f'<g transform="translate(300 196)">{feathers}{dot(0, 4, 10, "#f2c230")}</g>'
    )


def scratching_post(p: Paint) -> str:
    wound = "".join(line(f"M176 {132 + 16 * n} L224 {140 + 16 * n}", "#a87c50", 5) for n in range(11))
    ball = line("M262 122 V196", INK, 4) + dot(262, 210, 16, p.accent)
    return (
        ball
        + rect(174, 116, 52, 200, WOOD, 6)
        + wound
        + rect(118, 92, 164, 34, p.main, 14)
        + rect(96, 306, 208, 28, p.main, 12)
        + rect(96, 322, 208, 12, p.dark, 6)
    )
