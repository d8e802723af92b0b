"""Shapes of toys, games, books and writing things, and the parcel that stands for anything else."""

from shop_demo.drawings.ink import INK, STEEL, WHITE, WOOD, WOOD_DARK, Paint, area, dot, line, oval, rect, turned, word


def _block(x: float, y: float, fill: str, letter: str) -> str:
    return (
        rect(x, y, 92, 92, fill, 12)
        + rect(x + 12, y + 12, 68, 68, "#ffffff", 8).replace("/>", ' opacity=".82"/>')
        + word(letter, x + 46, y + 66, 54, fill)
    )


def blocks(p: Paint) -> str:
    return (
        _block(84, 232, p.main, "A")
        + _block(188, 232, p.accent, "B")
        + turned(_block(136, 132, "#4c9a5b", "C"), -6, 182, 178)
        + area("M270 160 l52 0 -26 -48z", "#f2c230")
    )


def toy_train(p: Paint) -> str:
    wheels = "".join(dot(x, 296, 28, INK) + dot(x, 296, 12, WOOD) for x in (122, 196, 272))
    return (
        rect(84, 176, 90, 106, p.main, 10)
        + rect(102, 196, 54, 40, "#dfeaf8", 6)
        + rect(72, 160, 114, 22, p.dark, 8)
        + rect(168, 206, 140, 76, p.accent, 24)
        + rect(262, 156, 30, 56, p.deep, 6)
        + rect(254, 142, 46, 20, INK, 6)
        + dot(282, 118, 15, "#ffffffcc")
        + dot(308, 98, 20, "#ffffffcc")
        + wheels
        + rect(70, 270, 250, 14, WOOD_DARK, 6)
    )


def rocket(p: Paint) -> str:
    return (
        area("M176 290 L200 348 L224 290 Z", "#f6a83c")
        + area("M150 210 L104 286 L158 276 Z", p.accent)
        + area("M250 210 L296 286 L242 276 Z", p.accent)
        + area("M200 56 C264 120 264 230 240 294 H160 C136 230 136 120 200 56 Z", p.main)
        + dot(200, 168, 32, WHITE)
        + dot(200, 168, 22, "#79b4e3")
        + rect(160, 272, 80, 22, p.deep, 6)
    )


def board_game(p: Paint) -> str:
    box = (
        rect(76, 116, 248, 190, p.main, 12)
        + rect(76, 290, 248, 26, p.dark, 8)
        + rect(96, 140, 208, 60, "#fbf6ea", 8)
        + word(p.words, 200, 178, 22, INK, 190)
    )
    die = turned(
        rect(118, 216, 58, 58, WHITE, 10)
        + dot(134, 232, 6, INK)
        + dot(160, 232, 6, INK)
        + dot(147, 245, 6, INK)
        + dot(134, 258, 6, INK)
        + dot(160, 258, 6, INK),
        -12,
        147,
        245,
    )
    pawn = dot(246, 224, 17, p.accent) + area("M246 232 L270 280 H222 Z", p.accent)
    return box + die + pawn


def puzzle(p: Paint) -> str:
    piece = "M{0} {1} h38 c-8 -30 44 -30 36 0 h38 v38 c30 -8 30 44 0 36 v38 h-112 Z"
    return (
        area(piece.format(86, 200), p.main)
        + area("M204 200 h38 c-8 -30 44 -30 36 0 h38 v112 h-112 v-38 c30 8 30 -44 0 -36 Z", p.accent)
        + turned(area(piece.format(150, 96), "#4c9a5b"), 16, 206, 140)
    )


def cards(p: Paint) -> str:
    face = (
        rect(138, 96, 130, 190, WHITE, 14)
        + word(p.words, 203, 128, 16, p.dark, 132)
        + area("M203 160 C222 128 262 160 203 220 C144 160 184 128 203 160 Z", p.main)
        + line("M170 250 H236", p.accent, 6)
    )
    return (
        turned(rect(138, 96, 130, 190, p.dark, 14), -20, 203, 300)
        + turned(rect(138, 96, 130, 190, p.accent, 14), -4, 203, 300)
        + turned(face, 14, 203, 300)
    )


def cube(p: Paint) -> str:
    colours = ("#d2373b", "#3b74c9", "#f2c230", "#4c9a5b", "#ee7d31", "#f1f2f4")
    tiles = "".join(
        rect(110 + 62 * (n % 3), 118 + 62 * (n // 3), 56, 56, colours[(n * 5 + p.seed) % 6], 9) for n in range(9)
    )
    return rect(100, 108, 200, 200, INK, 22) + tiles


def chess(p: Paint) -> str:
    squares = "".join(
        rect(84 + 29 * c, 284 + 12 * r, 29, 12, WOOD if (c + r) % 2 else WOOD_DARK) for r in range(3) for c in range(8)
    )
    knight = area(
        "M150 276 C150 220 190 210 186 176 C170 190 150 196 138 188 C150 150 176 110 214 "
        "98 L222 82 L236 104 C276 130 276 220 262 276 Z",
        p.main,
    ) + dot(200, 140, 7, WHITE)
    return squares + knight + rect(134, 266, 144, 22, p.dark, 8)


def book(p: Paint) -> str:
    words = p.words.split()
    lines, row = [], ""
    for text in words:
        if row and len(row) + len(text) > 11:
            lines, row = [*lines, row], text
        else:
            row = f"{row} {text}".strip()
    title = "".join(word(text, 208, 140 + 32 * n, 24, p.on, 170) for n, text in enumerate([*lines, row][:4]))
    pages = area("M112 316 H300 V334 H120 Q104 330 112 316 Z", "#f3eee2")
    return (
        pages
        + rect(106, 64, 194, 258, p.main, 10)
        + rect(106, 64, 20, 258, p.dark, 8)
        + title
        + line("M150 274 H266", p.accent, 8)
        + dot(208, 296, 9, p.accent)
    )


def notebook(p: Paint) -> str:
    rings = "".join(rect(96, 86 + 26 * n, 30, 8, STEEL, 4) for n in range(9))
    return (
        rect(116, 64, 186, 268, "#f3eee2", 12)
        + rect(110, 60, 186, 268, p.main, 12)
        + rect(262, 60, 12, 268, p.deep)
        + rect(146, 108, 92, 52, "#fbf6ea", 6)
        + line("M160 126 H224 M160 142 H206", "#9aa3ae", 4)
        + rings
    )


def pen(p: Paint) -> str:
    body = (
        rect(184, 60, 32, 60, p.dark, 12)
        + rect(210, 72, 10, 74, STEEL, 4)
        + rect(184, 116, 32, 150, p.main, 4)
        + rect(184, 256, 32, 14, STEEL)
        + area("M184 270 H216 L200 326 Z", p.deep)
    )
    scribble = line("M84 318 q26 -36 46 0 t46 0 t40 2", p.accent, 6)
    return scribble + turned(body, 32)


def parcel(p: Paint) -> str:
    return (
        area("M84 160 L200 112 L316 160 L200 210 Z", "#e2bd8c")
        + area("M84 160 L200 210 V334 L84 280 Z", WOOD)
        + area("M316 160 L200 210 V334 L316 280 Z", "#b98a5c")
        + area("M142 136 L258 186 V226 L236 236 V196 L122 146 Z", p.main)
        + rect(102, 238, 64, 36, "#fbf6ea", 4, 24)
        + word(p.words.split()[0] if p.words.split() else "", 200, 96, 24, p.deep, 190)
    )


def ornament(p: Paint) -> str:
    star = "M200 84 L232 166 L320 172 L252 228 L274 314 L200 266 L126 314 L148 228 L80 172 L168 166 Z"
    return (
        line("M200 84 V56", p.dark, 6)
        + area(star, p.main)
        + area("M200 84 L200 266 L126 314 L148 228 L80 172 L168 166 Z", p.light)
        + dot(200, 208, 22, p.accent)
    )


def bear(p: Paint) -> str:
    ears = (
        dot(140, 106, 34, p.dark) + dot(260, 106, 34, p.dark) + dot(140, 106, 18, p.pale) + dot(260, 106, 18, p.pale)
    )
    body = oval(200, 276, 84, 62, p.dark) + dot(110, 270, 30, p.main) + dot(290, 270, 30, p.main)
    face = dot(200, 158, 88, p.main) + oval(200, 190, 42, 34, p.pale) + oval(200, 172, 16, 11, INK)
    eyes = dot(164, 142, 10, INK) + dot(236, 142, 10, INK) + line("M186 198 q14 14 28 0", INK, 5)
    return (
        body
        + oval(200, 286, 46, 38, p.pale)
        + ears
        + face
        + eyes
        + area("M200 240 l-34 -14 v28z M200 240 l34 -14 v28z", p.accent)
    )


def bike(p: Paint) -> str:
    wheels = "".join(
        line(f"M{x - 52} 268 a52 52 0 1 1 104 0 a52 52 0 1 1 -104 0", INK, 12) + dot(x, 268, 9, STEEL)
        for x in (122, 284)
    )
    frame = line("M122 268 L166 174 H256 L284 268 M166 174 L214 262 L256 174 M256 174 L246 124 H282", p.main, 15)
    return (
        wheels
        + frame
        + line("M160 174 L152 146", STEEL, 9)
        + rect(122, 132, 66, 18, p.accent, 9)
        + dot(288, 124, 10, INK)
    )


def doll_house(p: Paint) -> str:
    rooms = "".join(rect(120 + 86 * c, 186 + 72 * r, 74, 60, p.pale, 4) for r in range(2) for c in range(2))
    things = (
        rect(132, 214, 40, 24, p.accent, 4)
        + dot(246, 212, 14, "#f2c230")
        + rect(226, 288, 24, 30, p.deep, 3)
        + line("M136 316 V290 H172 V316", p.dark, 6)
    )
    return (
        rect(108, 172, 184, 156, p.main, 4)
        + area("M86 180 L200 76 L314 180 Z", p.accent)
        + dot(200, 140, 18, WHITE)
        + rooms
        + things
    )


def rings(p: Paint) -> str:
    colours = ("#d2373b", "#ee7d31", "#f2c230", "#4c9a5b", "#3b74c9")
    stack = "".join(rect(152 - 13 * n, 118 + 38 * n, 96 + 26 * n, 34, c, 17) for n, c in enumerate(colours))
    return rect(192, 76, 16, 240, WOOD, 8) + dot(200, 92, 24, p.main) + stack + rect(92, 306, 216, 22, WOOD_DARK, 10)


def tiles(p: Paint) -> str:
    def tile(x: int, y: int, c: str) -> str:
        return rect(x, y, 74, 74, c, 8) + rect(x + 9, y + 9, 56, 56, "#ffffff55", 5)

    roof = area("M118 170 L200 74 L282 170 Z", "#d2373b") + area("M146 158 L200 96 L254 158 Z", "#ffffff55")
    return (
        roof
        + tile(122, 174, "#3b74c9")
        + tile(204, 174, "#f2c230")
        + tile(122, 254, "#4c9a5b")
        + tile(204, 254, "#ee7d31")
    )


def marble_run(p: Paint) -> str:
    posts = "".join(rect(x, 96, 14, 234, WOOD_DARK, 5) for x in (92, 294))
    slopes = "".join(
        line(d, c, 18)
        for d, c in (("M98 120 L296 160", p.main), ("M304 196 L104 236", p.accent), ("M98 272 L296 312", p.main))
    )
    return posts + slopes + dot(150, 112, 13, "#3b74c9") + dot(232, 190, 13, "#d2373b") + dot(190, 272, 13, "#f2c230")
