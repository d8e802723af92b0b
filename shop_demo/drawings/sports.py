"""Shapes of sports and outdoor things."""

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


def dumbbell(p: Paint) -> str:
    plates = (
        rect(84, 134, 36, 132, p.main, 14)
        + rect(280, 134, 36, 132, p.main, 14)
        + rect(122, 152, 28, 96, p.dark, 10)
        + rect(250, 152, 28, 96, p.dark, 10)
    )
    return turned(rect(70, 188, 260, 24, STEEL, 10) + plates + line("M164 200 H236", STEEL_DARK, 16, "3 7"), -18)


def kettlebell(p: Paint) -> str:
    return (
        line("M144 176 C130 70 270 70 256 176", p.dark, 26)
        + dot(200, 238, 94, p.main)
        + dot(200, 238, 44, p.light)
        + word("16", 200, 254, 44, p.deep)
        + rect(142, 318, 116, 14, p.deep, 6)
    )


def yoga_mat(p: Paint) -> str:
    flat = area("M92 296 L224 244 H344 L236 320 H110 Z", p.light)
    roll = (
        rect(88, 140, 120, 176, p.main, 40)
        + oval(148, 146, 60, 30, p.dark)
        + oval(148, 146, 42, 20, p.light)
        + oval(148, 146, 24, 11, p.dark)
    )
    return flat + roll + line("M90 210 H206 M90 262 H206", p.accent, 10)


def bands(p: Paint) -> str:
    loop = "M110 150 C110 80 290 80 290 150 V260 C290 330 110 330 110 260 Z"
    inner = "M146 160 C146 116 254 116 254 160 V250 C254 294 146 294 146 250 Z"
    return line(loop, p.main, 26) + line(inner, p.accent, 18) + line(loop, p.light, 5)


def ball(p: Paint) -> str:
    return (
        dot(200, 206, 124, p.main)
        + line("M86 170 Q200 230 314 170 M86 246 Q200 186 314 246 M200 82 V330", p.light, 8)
        + oval(158, 140, 34, 20, "#ffffff55")
    )


def roller(p: Paint) -> str:
    ridges = "".join(line(f"M{112 + 28 * n} 160 V284", p.dark, 8) for n in range(7))
    return rect(84, 150, 232, 144, p.main, 50) + ridges + oval(296, 222, 36, 72, p.dark) + oval(298, 222, 20, 44, INK)


def running_vest(p: Paint) -> str:
    body = area(
        "M138 76 C150 130 250 130 262 76 L304 104 C284 160 286 210 296 320 H104 C114 210 116 160 96 104 Z", p.main
    )
    return (
        body
        + rect(132, 196, 48, 84, p.dark, 12)
        + rect(220, 196, 48, 84, p.dark, 12)
        + line("M200 128 V316", p.deep, 6)
        + line("M170 168 H230", p.accent, 8)
        + rect(146, 180, 20, 30, p.accent, 8)
    )


def flask(p: Paint) -> str:
    return (
        rect(164, 62, 72, 52, INK, 14)
        + area(
            "M164 112 H236 Q268 128 268 166 V302 Q268 328 242 328 H158 Q132 328 132 302 V166 Q132 128 164 112 Z",
            p.main,
        )
        + rect(132, 220, 136, 26, p.accent)
        + glass(148, 150, 14, 150, 7)
    )


def cap(p: Paint) -> str:
    return (
        area("M96 236 C96 120 280 108 292 236 Z", p.main)
        + area("M228 236 C330 226 372 252 352 272 C300 268 240 262 96 250 V232 Z", p.dark)
        + line("M196 142 V232 M146 160 Q130 190 130 232 M248 160 Q262 190 262 232", p.dark, 4)
        + dot(196, 138, 9, p.dark)
        + rect(164, 188, 62, 22, p.accent, 6)
    )


def headlamp(p: Paint) -> str:
    beam = '<path d="M246 196 L350 118 V300 Z" fill="#ffe9a8" opacity=".75"/>'
    return (
        beam
        + line("M150 196 C20 120 60 330 150 232", p.main, 24)
        + rect(140, 154, 110, 100, p.dark, 26)
        + dot(236, 204, 34, STEEL)
        + dot(238, 204, 22, "#fff3c4")
        + rect(166, 142, 34, 14, p.accent, 6)
    )


def tub(p: Paint) -> str:
    return (
        rect(116, 118, 168, 212, p.main, 20)
        + rect(106, 74, 188, 54, INK, 14)
        + rect(116, 176, 168, 104, "#f7f5ef")
        + word(p.words, 200, 220, 24, INK, 132)
        + line("M150 244 H250", p.accent, 8)
        + glass(128, 136, 12, 180, 6)
    )


def bar(p: Paint) -> str:
    zig = "M60 164 l12 12 -12 12 12 12 -12 12 12 12 -12 12 H340 l-12 -12 12 -12 -12 -12 12 -12 -12 -12 12 -12 Z"
    return turned(
        area(zig, p.main) + rect(96, 176, 208, 48, p.dark, 10) + word(p.words or "ENERGY", 200, 210, 26, WHITE), -14
    )


def pouch(p: Paint) -> str:
    return (
        area("M140 110 H260 L278 318 Q200 338 122 318 Z", p.main)
        + rect(134, 80, 132, 36, p.dark, 6)
        + dot(200, 204, 46, "#f7f5ef")
        + area("M206 170 L176 212 H198 L190 240 L224 196 H202 Z", p.accent)
        + word(p.words, 200, 296, 22, p.on, 132)
    )


def tent(p: Paint) -> str:
    body = area("M44 318 Q130 250 200 96 Q270 250 356 318 Z", p.main) + area("M200 96 Q270 250 356 318 H262 Z", p.dark)
    door = area("M200 150 L156 318 H252 Z", p.deep) + area("M200 150 L156 318 H186 Q200 240 200 150 Z", p.light)
    return (
        body
        + door
        + line("M44 318 L24 330 M356 318 L376 330 M200 96 V74", STEEL_DARK, 5)
        + line("M36 320 H364", "#7f9a6b", 6)
        + area("M200 74 l30 10 -30 10z", p.accent)
    )


def tarp(p: Paint) -> str:
    return (
        line("M80 330 V150 M320 330 V150", STEEL_DARK, 9)
        + area("M50 190 Q130 120 200 84 Q270 120 350 190 Q270 160 200 164 Q130 160 50 190 Z", p.main)
        + area("M200 84 Q270 120 350 190 Q270 160 200 164 Z", p.dark)
        + line("M50 190 L20 320 M350 190 L380 320", p.light, 4)
    )


def sleeping_bag(p: Paint) -> str:
    outline = "M142 96 C150 54 250 54 258 96 C288 150 276 260 256 318 Q200 346 144 318 C124 260 112 150 142 96 Z"
    quilt = "".join(
        line(f"M{130 + n // 2} {172 + 34 * n} Q200 {188 + 34 * n} {270 - n // 2} {172 + 34 * n}", p.dark, 4)
        for n in range(4)
    )
    return (
        area(outline, p.main)
        + oval(200, 112, 44, 40, p.deep)
        + oval(200, 122, 34, 28, p.accent)
        + quilt
        + line("M252 150 Q262 230 248 300", p.light, 6)
    )


def sleeping_mat(p: Paint) -> str:
    tubes = "".join(rect(112 + 30 * n, 80, 26, 240, p.main if n % 2 else p.light, 13) for n in range(6))
    return rect(104, 70, 192, 260, p.dark, 34) + tubes + dot(278, 88, 9, INK)


def stove(p: Paint) -> str:
    flames = "".join(
        area(f"M{x} 196 C{x + 22} 164 {x + 10} 146 {x} 124 C{x - 10} 146 {x - 22} 164 {x} 196 Z", c)
        for x, c in ((164, "#4aa3ff"), (200, "#6cc0ff"), (236, "#4aa3ff"))
    )
    return (
        flames
        + line("M120 132 L150 200 M280 132 L250 200 M200 118 V96", STEEL_DARK, 9)
        + rect(140, 194, 120, 24, STEEL, 8)
        + rect(184, 216, 32, 24, STEEL_DARK)
        + rect(132, 238, 136, 90, p.main, 26)
        + rect(132, 268, 136, 26, p.light)
        + line("M216 228 H300", p.deep, 8)
    )


def lantern(p: Paint) -> str:
    return (
        line("M140 130 C140 50 260 50 260 130", STEEL_DARK, 8)
        + rect(138, 116, 124, 34, p.main, 12)
        + rect(148, 150, 104, 120, "#fff1c2", 10)
        + dot(200, 210, 26, "#ffd76a")
        + line("M166 150 V270 M234 150 V270", p.dark, 6)
        + rect(128, 266, 144, 60, p.main, 14)
        + dot(200, 296, 10, p.accent)
    )


def cooler(p: Paint) -> str:
    return (
        line("M110 150 C110 70 290 70 290 150", STEEL_DARK, 12)
        + rect(78, 168, 244, 156, p.main, 18)
        + rect(70, 136, 260, 46, WHITE, 14)
        + rect(176, 168, 48, 30, p.dark, 6)
        + rect(78, 262, 244, 18, p.light)
    )


def backpack(p: Paint) -> str:
    straps = line("M132 130 C84 170 88 290 122 308 M268 130 C316 170 312 290 278 308", p.deep, 18)
    body = area("M124 150 C124 76 276 76 276 150 V300 Q276 330 246 330 H154 Q124 330 124 300 Z", p.main)
    return (
        straps
        + line("M174 92 C174 56 226 56 226 92", p.deep, 10)
        + body
        + rect(146, 218, 108, 92, p.dark, 18)
        + line("M156 244 H244", p.light, 5)
        + line("M140 170 Q200 190 260 170", p.deep, 6)
        + rect(192, 240, 16, 24, p.accent, 5)
        + glass(140, 120, 12, 70, 6)
    )


def bag(p: Paint) -> str:
    return (
        line("M146 178 C146 62 254 62 254 178", p.deep, 14)
        + area("M104 160 H296 L312 312 Q312 330 294 330 H106 Q88 330 88 312 Z", p.main)
        + rect(104, 160, 192, 22, p.dark, 6)
        + dot(150, 172, 8, STEEL)
        + dot(250, 172, 8, STEEL)
        + dot(200, 250, 36, p.light)
    )


def umbrella(p: Paint) -> str:
    return (
        line("M200 190 V300 q0 30 26 30 q24 0 24 -26", INK, 10)
        + area(
            "M70 206 C84 90 316 90 330 206 Q298 178 266 206 Q234 178 200 206 Q166 178 134 206 Q102 178 70 206 Z",
            p.main,
        )
        + area("M134 206 Q150 110 200 104 Q250 110 266 206 Q234 178 200 206 Q166 178 134 206 Z", p.light)
        + line("M200 104 V84", INK, 8)
    )


def belt(p: Paint) -> str:
    strap = line("M70 190 C110 120 290 120 330 190 C300 270 100 270 70 190", p.dark, 16)
    return (
        strap
        + rect(126, 214, 148, 74, p.main, 26)
        + line("M146 232 H254", p.light, 6)
        + rect(250, 226, 12, 24, p.accent, 5)
    )


def rope(p: Paint) -> str:
    cord = line("M120 150 C60 340 190 350 200 230 C210 110 340 200 280 150", p.deep, 8)
    return (
        cord
        + turned(rect(106, 66, 28, 96, p.main, 13), -8, 120, 120)
        + turned(rect(266, 66, 28, 96, p.accent, 13), 8, 280, 120)
    )
