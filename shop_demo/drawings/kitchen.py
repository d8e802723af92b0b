"""Shapes of kitchen and household things."""

from shop_demo.drawings.ink import (
    INK,
    STEEL,
    STEEL_DARK,
    WHITE,
    WOOD,
    WOOD_DARK,
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


def coffee_machine(p: Paint) -> str:
    body = rect(110, 70, 180, 250, p.main, 22) + rect(138, 168, 124, 116, p.deep, 10)
    cup = area("M170 236 h52 l-6 40 q-2 8 -10 8 h-20 q-8 0 -10 -8z", WHITE) + line("M222 246 q20 2 2 24", WHITE, 6)
    group = (
        rect(176, 160, 44, 22, STEEL, 6) + line("M192 184 V232", "#6b4630", 5) + line("M204 184 V232", "#6b4630", 5)
    )
    knobs = (
        dot(148, 112, 14, STEEL)
        + dot(252, 112, 14, STEEL)
        + rect(176, 100, 48, 24, INK, 6)
        + word("92°", 200, 118, 15, "#8ef0b5")
    )
    return body + group + cup + knobs + rect(98, 300, 204, 26, p.dark, 10) + glass(120, 84, 10, 200, 5)


def kettle(p: Paint) -> str:
    body = area("M146 132 H248 L278 296 Q280 322 254 322 H142 Q116 322 118 296 Z", p.main)
    spout = area("M256 164 L318 136 L322 150 L268 214 Z", p.dark)
    handle = line("M146 146 C66 130 66 280 122 284", INK, 18)
    return (
        handle
        + spout
        + body
        + area("M150 132 q48 -34 96 0z", p.dark)
        + dot(198, 108, 12, INK)
        + rect(112, 314, 172, 16, INK, 8)
        + glass(146, 150, 14, 140, 7)
    )


def moka(p: Paint) -> str:
    return (
        area("M136 326 L156 226 H244 L264 326 Z", p.main)
        + area("M156 226 L136 112 H264 L244 226 Z", p.light)
        + rect(150, 216, 100, 18, p.dark, 5)
        + area("M140 112 l60 -30 60 30z", p.dark)
        + dot(200, 78, 9, INK)
        + line("M262 130 H318 V220", INK, 16)
        + area("M138 120 l-28 -6 26 30z", p.light)
    )


def grinder(p: Paint) -> str:
    beans = "".join(oval(160 + 26 * (n % 4), 112 + 18 * (n // 4), 10, 7, "#5f3d2a") for n in range(8))
    return (
        area("M138 74 H262 L246 164 H154 Z", "#dfe8ee")
        + beans
        + rect(134, 162, 132, 170, p.main, 16)
        + rect(160, 246, 80, 66, p.deep, 8)
        + dot(200, 204, 18, STEEL)
        + rect(134, 66, 132, 12, INK, 6)
    )


def coffee_bag(p: Paint) -> str:
    bag = area("M128 96 H272 L284 320 Q284 332 272 332 H128 Q116 332 116 320 Z", p.main) + rect(
        122, 74, 156, 30, p.dark, 4
    )
    bean = turned(oval(200, 200, 26, 36, "#5f3d2a") + line("M200 168 q-12 32 0 64", "#8a5a3b", 5), 24)
    return (
        bag
        + dot(200, 200, 56, "#f6efe2")
        + bean
        + word(p.words or "COFFEE", 200, 298, 22, p.on)
        + glass(132, 112, 10, 200, 5)
    )


def tea_tin(p: Paint) -> str:
    leaf = area("M200 172 C244 180 246 232 200 252 C154 232 156 180 200 172 Z", "#4c9a5b") + line(
        "M200 178 V262", "#2f5d43", 4
    )
    return (
        rect(126, 102, 148, 228, p.main, 14)
        + rect(118, 76, 164, 40, p.dark, 10)
        + rect(126, 160, 148, 110, "#f6efe2")
        + leaf
        + word(p.words or "TEA", 200, 306, 22, p.on)
        + glass(136, 120, 10, 200, 5)
    )


def mug(p: Paint) -> str:
    steam = line("M166 96 q-12 -16 0 -32 M200 96 q-12 -16 0 -32 M234 96 q-12 -16 0 -32", "#b9c2cd", 7)
    return (
        steam
        + line("M270 166 C334 160 334 262 266 258", p.dark, 20)
        + area("M122 124 H278 L268 296 Q266 318 244 318 H156 Q134 318 132 296 Z", p.main)
        + oval(200, 126, 78, 14, p.dark)
        + oval(200, 128, 66, 9, "#6b4630")
        + glass(142, 156, 12, 120, 6)
    )


def pan(p: Paint) -> str:
    return (
        line("M258 190 L352 122", INK, 22)
        + oval(176, 232, 124, 66, p.dark)
        + oval(176, 222, 124, 66, p.main)
        + oval(176, 220, 104, 52, p.deep)
        + oval(150, 204, 40, 14, "#ffffff22")
    )


def pot(p: Paint) -> str:
    handles = line("M104 210 H72 V240 H104 M296 210 H328 V240 H296", p.deep, 14)
    return (
        handles
        + rect(98, 170, 204, 150, p.main, 22)
        + rect(90, 156, 220, 20, p.dark, 10)
        + area("M104 156 Q200 84 296 156 Z", p.light)
        + dot(200, 112, 14, INK)
        + glass(114, 190, 12, 110, 6)
    )


def knife(p: Paint) -> str:
    blade = area("M70 214 C110 156 200 142 268 150 L262 206 Z", STEEL) + area(
        "M70 214 C120 200 200 198 262 196 L262 206 Z", STEEL_DARK
    )
    grip = area("M262 146 L344 156 Q358 180 344 206 L260 210 Z", p.main) + "".join(
        dot(288 + 20 * n, 180, 5, STEEL) for n in range(3)
    )
    board = rect(62, 250, 276, 60, WOOD, 14) + line("M92 270 H300 M110 290 H270", WOOD_DARK, 3)
    return board + blade + grip


def board(p: Paint) -> str:
    return (
        rect(96, 96, 208, 232, WOOD, 22)
        + rect(170, 60, 60, 60, WOOD, 20)
        + dot(200, 84, 11, "#f6efe2")
        + line("M126 140 V300 M166 140 V300 M214 140 V300 M262 140 V300", WOOD_DARK, 3)
        + turned(area("M120 250 C150 220 190 214 232 220 L230 244 Z", STEEL) + rect(230, 218, 60, 26, p.main, 10), -24)
    )


def toaster(p: Paint) -> str:
    bread = rect(132, 92, 60, 90, "#e8c48d", 22) + rect(208, 92, 60, 90, "#e8c48d", 22)
    return (
        bread
        + rect(84, 144, 232, 166, p.main, 40)
        + rect(118, 150, 164, 12, INK, 6)
        + rect(296, 200, 18, 46, INK, 8)
        + dot(126, 272, 14, STEEL)
        + rect(106, 304, 188, 14, p.deep, 7)
        + glass(104, 184, 160, 12, 6)
    )


def blender(p: Paint) -> str:
    drink = area("M150 170 H250 L240 238 H160 Z", p.accent)
    return (
        area("M138 74 H262 L242 246 H158 Z", "#dfe8ee")
        + drink
        + rect(146, 62, 108, 18, INK, 8)
        + area("M148 244 H252 L270 324 H130 Z", p.main)
        + dot(200, 284, 20, STEEL)
        + line("M262 96 h28 v96 h-36", "#c7d3dd", 12)
    )


def vacuum(p: Paint) -> str:
    hose = line("M212 214 C330 190 300 70 250 76 L178 92", p.deep, 14)
    return (
        hose
        + oval(160, 262, 100, 66, p.main)
        + dot(108, 300, 30, INK)
        + dot(108, 300, 12, STEEL)
        + dot(216, 300, 30, INK)
        + dot(216, 300, 12, STEEL)
        + oval(150, 232, 54, 22, p.light)
        + line("M178 92 L92 116", INK, 14)
        + rect(60, 106, 60, 26, p.dark, 8)
    )


def robot(p: Paint) -> str:
    return (
        oval(200, 256, 132, 58, p.deep)
        + oval(200, 238, 132, 58, p.main)
        + oval(200, 232, 104, 42, p.light)
        + oval(200, 226, 34, 15, INK)
        + dot(200, 224, 6, "#8ef0b5")
    )


def appliance(p: Paint) -> str:
    return (
        rect(104, 84, 192, 240, p.main, 28)
        + rect(128, 112, 144, 110, p.deep, 16)
        + rect(140, 124, 120, 86, "#f2b56b", 10).replace("/>", ' opacity=".55"/>')
        + dot(150, 266, 18, STEEL)
        + dot(250, 266, 18, STEEL)
        + line("M150 266 V252 M250 266 l10 -8", INK, 4)
        + glass(114, 96, 10, 200, 5)
    )


def lamp(p: Paint) -> str:
    glow = '<path d="M128 190 L70 330 H330 L272 190 Z" fill="#ffe9a8" opacity=".5"/>'
    return (
        glow
        + line("M200 180 V318", STEEL_DARK, 12)
        + area("M160 80 H240 L290 196 H110 Z", p.main)
        + area("M160 80 H180 L146 196 H110 Z", p.light)
        + oval(200, 322, 62, 12, p.deep)
    )


def desk_lamp(p: Paint) -> str:
    arm = line("M150 312 L120 200 L226 118", p.dark, 12) + dot(120, 200, 12, STEEL)
    cone = '<path d="M214 168 L188 312 H340 L286 152 Z" fill="#ffe9a8" opacity=".55"/>'
    return (
        cone
        + arm
        + turned(area("M212 80 H264 L290 160 H186 Z", p.main), -22, 238, 120)
        + oval(150, 318, 66, 14, p.deep)
    )


def bulb(p: Paint) -> str:
    return (
        dot(200, 170, 106, "#fff1c2")
        + dot(200, 170, 82, p.light)
        + area("M160 240 H240 L232 286 H168 Z", "#fff1c2")
        + rect(164, 280, 72, 48, STEEL, 10)
        + line("M166 294 H234 M166 310 H234", STEEL_DARK, 5)
        + line("M178 180 L190 232 M222 180 L210 232 M178 180 q22 -20 44 0", "#eba23a", 5)
    )


def candle(p: Paint) -> str:
    flame = area("M200 68 C228 108 222 132 200 136 C178 132 172 108 200 68 Z", "#f6a83c") + area(
        "M200 96 C212 114 210 128 200 130 C190 128 188 114 200 96 Z", "#fff0b8"
    )
    return (
        flame
        + line("M200 134 V160", INK, 5)
        + rect(124, 158, 152, 170, p.main, 22)
        + rect(144, 216, 112, 62, "#fbf6ea", 6)
        + word(p.words or "candle", 200, 254, 18, INK)
        + glass(136, 172, 10, 140, 5)
    )


def glassware(p: Paint) -> str:
    return (
        rect(140, 70, 120, 256, "#e7f0f5", 16)
        + rect(140, 170, 120, 156, p.main, 16).replace("/>", ' opacity=".7"/>')
        + glass(152, 84, 14, 220, 7)
        + oval(200, 74, 60, 9, WHITE)
    )


def string_lights(p: Paint) -> str:
    spots = ((82, 148), (132, 190), (186, 208), (240, 200), (292, 172), (330, 134))
    glow = "".join(dot(x, y + 22, 30, "#ffe9a8").replace("/>", ' opacity=".6"/>') for x, y in spots)
    bulbs = "".join(
        dot(x, y + 24, 15, p.main if n % 2 else "#f2c230") + rect(x - 6, y, 12, 14, INK, 3)
        for n, (x, y) in enumerate(spots)
    )
    return glow + line("M50 110 Q180 300 350 104", INK, 5) + bulbs
