"""Shapes of shoes and clothes."""

from shop_demo.drawings.ink import INK, STEEL, WHITE, Paint, area, dot, line, oval, rect


def running_shoe(p: Paint) -> str:
    sole = area("M52 268 C90 262 200 282 350 258 C364 290 350 312 320 312 H88 Q50 308 52 268 Z", WHITE) + area(
        "M56 292 C140 306 260 306 352 286 Q348 312 320 314 H88 Q62 312 56 292 Z", p.accent
    )
    upper = area(
        "M60 270 C56 226 66 178 88 168 C112 184 140 176 152 150 C168 142 184 146 196 158 "
        "C224 196 270 214 322 226 C346 234 354 250 350 264 C220 286 120 270 60 270 Z",
        p.main,
    )
    swoosh = area("M96 246 C160 256 230 236 262 206 L284 214 C250 258 160 274 98 264 Z", p.light)
    laces = line("M178 166 L204 148 M196 184 L222 166 M216 200 L242 184 M240 212 L264 198", WHITE, 7)
    return (
        upper
        + area("M88 168 C112 184 140 176 152 150 L160 176 C140 206 108 206 86 196 Z", p.deep)
        + swoosh
        + sole
        + laces
    )


def sneaker(p: Paint) -> str:
    upper = area(
        "M64 272 C62 220 72 170 92 158 C120 172 148 160 160 140 C180 136 196 148 206 168 "
        "C232 208 290 212 328 232 C346 244 346 260 344 272 Z",
        p.main,
    )
    toe = area("M262 210 C310 214 348 238 344 272 H268 C274 250 272 230 262 210 Z", p.light)
    return (
        upper
        + toe
        + area("M64 272 C62 240 66 200 78 174 L112 184 L108 272 Z", p.dark)
        + rect(56, 266, 296, 40, WHITE, 16)
        + line("M60 288 H348", p.accent, 5)
        + line("M184 172 L210 158 M198 192 L226 176 M218 208 L246 194", WHITE, 7)
    )


def boot(p: Paint) -> str:
    upper = area(
        "M112 84 H222 C222 150 232 186 262 206 C310 220 340 240 342 282 H104 C96 220 104 150 112 84 Z", p.main
    )
    return (
        upper
        + rect(106, 76, 122, 30, p.deep, 12)
        + area("M262 206 C310 220 340 240 342 282 H270 C280 250 276 226 262 206 Z", p.dark)
        + area("M96 276 H350 V306 l-16 20 h-30 l-8 -12 h-30 l-8 12 h-30 l-8 -12 h-30 l-8 12 H104 Z", INK)
        + line("M196 120 H232 M198 146 H236 M204 172 H248 M216 198 H268", p.accent, 7)
        + dot(196, 120, 6, STEEL)
        + dot(198, 146, 6, STEEL)
        + dot(204, 172, 6, STEEL)
    )


def sandal(p: Paint) -> str:
    return (
        area("M60 276 C110 262 270 262 340 270 Q360 296 330 308 H80 Q52 304 60 276 Z", "#b98a5c")
        + line("M118 268 C120 196 190 196 206 268", p.main, 26)
        + line("M214 268 C226 186 300 200 310 268", p.main, 26)
        + rect(152, 208, 24, 24, STEEL, 5)
        + rect(246, 204, 24, 24, STEEL, 5)
    )


def loafer(p: Paint) -> str:
    return (
        area("M60 276 C56 220 78 184 108 176 C150 206 196 196 232 206 C300 212 346 236 348 280 Z", p.main)
        + area("M108 176 C150 206 196 196 232 206 L222 222 C180 228 130 226 96 200 Z", p.deep)
        + area("M200 200 C210 230 226 246 250 252 L262 212 Z", p.dark)
        + rect(54, 276, 300, 18, "#5f3d2a", 8)
        + rect(54, 290, 70, 20, INK, 4)
    )


def socks(p: Paint) -> str:
    one = "M{0} 80 h62 v130 c0 20 20 34 52 46 c30 12 26 58 -8 58 h-50 c-42 0 -56 -26 -56 -62 Z"
    return (
        area(one.format(110), p.dark)
        + area(one.format(170), p.main)
        + rect(170, 80, 62, 30, p.accent, 4)
        + line("M172 140 H230 M172 164 H230", p.light, 8)
    )


def tshirt(p: Paint) -> str:
    body = area("M148 82 C164 110 236 110 252 82 L340 128 L312 190 L278 172 V322 H122 V172 L88 190 L60 128 Z", p.main)
    return (
        body
        + area("M148 82 C164 110 236 110 252 82 L242 78 C230 96 170 96 158 78 Z", p.deep)
        + line("M278 172 V230 M122 172 V230", p.dark, 4)
        + rect(222, 150, 30, 30, p.light, 6)
    )


def sweater(p: Paint) -> str:
    arms = area("M150 84 L70 140 L52 300 L96 306 L122 190 Z", p.dark) + area(
        "M250 84 L330 140 L348 300 L304 306 L278 190 Z", p.dark
    )
    knit = "".join(
        line(
            f"M{142 + 29 * n} 132 q14 12 0 24 q-14 12 0 24 q14 12 0 24 q-14 12 0 24 q14 12 0 24 q-14 12 0 24",
            p.light,
            4,
        )
        for n in range(5)
    )
    return (
        arms
        + area("M150 84 Q200 112 250 84 L282 132 V318 H118 V132 Z", p.main)
        + knit
        + rect(118, 302, 164, 22, p.deep, 6)
        + line("M152 86 Q200 116 248 86", p.deep, 12)
        + rect(50, 288, 48, 20, p.deep, 6)
        + rect(302, 288, 48, 20, p.deep, 6)
    )


def shirt(p: Paint) -> str:
    arms = area("M146 88 L72 136 L54 288 L98 294 L124 190 Z", p.dark) + area(
        "M254 88 L328 136 L346 288 L302 294 L276 190 Z", p.dark
    )
    body = area("M146 88 L200 120 L254 88 L280 130 V322 H120 V130 Z", p.main)
    collar = area("M146 88 L168 70 L200 112 L174 136 Z", p.pale) + area("M254 88 L232 70 L200 112 L226 136 Z", p.pale)
    buttons = "".join(dot(200, 152 + 34 * n, 5, WHITE) for n in range(5))
    return arms + body + line("M200 116 V320", p.dark, 3) + collar + buttons + rect(222, 160, 40, 44, p.light, 5)


def trousers(p: Paint) -> str:
    return (
        area("M124 76 H276 L296 330 H220 L200 168 L180 330 H104 Z", p.main)
        + rect(122, 70, 156, 26, p.deep, 5)
        + line("M200 96 V168 M150 110 Q140 140 122 146 M250 110 Q260 140 278 146", p.dark, 4)
        + dot(200, 84, 6, "#d8b45a")
        + line("M152 176 L142 326 M248 176 L258 326", p.light, 3)
    )


def shorts(p: Paint) -> str:
    return (
        area("M112 112 H288 L318 286 H216 L200 210 L184 286 H82 Z", p.main)
        + rect(110, 104, 180, 28, p.deep, 6)
        + line("M188 132 v42 M212 132 v36", WHITE, 5)
        + area("M288 132 L318 286 H290 L272 132 Z", p.accent)
        + area("M112 132 L82 286 H110 L128 132 Z", p.accent)
    )


def skirt(p: Paint) -> str:
    return (
        area("M140 96 H260 L326 312 Q200 344 74 312 Z", p.main)
        + rect(136, 84, 128, 26, p.deep, 6)
        + line("M170 112 L140 318 M200 112 V326 M230 112 L260 318", p.dark, 4)
    )


def jacket(p: Paint) -> str:
    arms = area("M142 96 L72 148 L56 302 L104 308 L126 200 Z", p.dark) + area(
        "M258 96 L328 148 L344 302 L296 308 L274 200 Z", p.dark
    )
    hood = oval(200, 100, 66, 44, p.dark) + oval(200, 108, 40, 30, p.deep)
    body = area("M142 96 Q200 150 258 96 L284 140 V324 H116 V140 Z", p.main)
    return (
        arms
        + hood
        + body
        + line("M200 126 V322", p.accent, 7)
        + line("M140 236 L172 224 M260 236 L228 224", p.deep, 7)
        + rect(226, 168, 34, 12, p.light, 4)
        + rect(116, 308, 168, 16, p.deep, 6)
    )


def coat(p: Paint) -> str:
    arms = area("M144 84 L84 136 L70 282 L112 288 L132 190 Z", p.dark) + area(
        "M256 84 L316 136 L330 282 L288 288 L268 190 Z", p.dark
    )
    body = area("M144 84 L200 130 L256 84 L276 130 L298 332 H102 L124 130 Z", p.main)
    lapels = area("M144 84 L166 70 L200 176 L150 150 Z", p.light) + area(
        "M256 84 L234 70 L200 176 L250 150 Z", p.light
    )
    buttons = "".join(dot(x, 206 + 40 * n, 7, p.deep) for n in range(3) for x in (182, 218))
    return arms + body + line("M200 170 V330", p.dark, 4) + lapels + buttons + rect(116, 232, 168, 16, p.deep, 4)


def gloves(p: Paint) -> str:
    hand = (
        "M{0} 320 V190 q0 -14 12 -14 t12 14 V120 q0 -14 12 -14 t12 14 V104 q0 -14 12 -14 "
        "t12 14 V124 q0 -14 12 -14 t12 14 V230 q20 -24 34 -10 q8 10 -6 28 L{1} 320 Z"
    )
    other = area(hand.format(96, 176), p.dark) + rect(92, 286, 88, 34, p.accent, 8)
    moved = f'<g transform="translate(110 10)">{other}</g>'
    return area(hand.format(96, 176), p.main) + rect(92, 296, 88, 34, p.accent, 8) + moved
