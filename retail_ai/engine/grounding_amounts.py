"""The rules by which a fact supports an amount: the same amount, of the same thing. It reads words around numbers."""
# ruff: noqa: E501 (tables read better in long rows)

import re
from collections.abc import Set as AbstractSet

from retail_ai.engine.claims import Claim
from retail_ai.engine.claims_names_zh import NAMES
from retail_ai.engine.claims_text import HAN, STOP, compact, stem, words
from retail_ai.engine.grounding_facts import Fact, FactBase
from retail_ai.engine.grounding_relations import counts_another, measures_another, of_another
from retail_ai.engine.grounding_zh import COUNT_NAME
from retail_ai.engine.plan_names import kind_of
from retail_ai.engine.units import Quantity, same

# What a number is said to be → stems in a fact's name that speak of the same. Where both are known they must meet.
_ROLES: dict[str, frozenset[str]] = {
    role: frozenset(stem(word) for word in joined.split())
    for role, joined in {
        "weight": "weight weighs weigh weighing heavy mass 重 重量", "width": "width wide 宽 宽度", "height": "height tall high 高 高度",
        "depth": "depth deep thick thickness thin 厚 厚度 深", "length": "length long 长 长度", "screen": "screen display diagonal 屏幕 显示屏",
        "battery": "battery 电池", "storage": "storage drive ssd hdd 存储 硬盘", "memory": "memory ram 内存", "load": "load hold carry supports 承重 载重",
        "camera": "camera 摄像头 相机", "cache": "cache", "warranty": "warranty guarantee 保修 质保", "diameter": "diameter 直径", "volume": "capacity volume holds holding 容量 容积",
    }.items()
}  # fmt: skip
ROLE_WORDS = frozenset().union(*_ROLES.values())
_ROLE_DIMENSION = {
    "weight": "mass", "width": "length", "height": "length", "depth": "length", "length": "length", "diameter": "length",
    "screen": "length", "battery": "charge", "camera": "pixels", "volume": "volume",
    "storage": "data", "memory": "data", "cache": "data", "warranty": "calendar", "load": "mass",
}  # fmt: skip
_SIDES = {"width", "height", "depth", "length", "diameter"}
_PACKAGING = re.compile(r"\b(packag\w*|pallet|carton|master|shipping|outer case|包装)\b", re.I)
_BELOW = re.compile(
    r"(?:\b(?:less than|lighter than|shorter than|under|below|not more than)|不到|少于|低于)\s*$", re.I
)
_ABOVE = re.compile(
    r"(?:\b(?:over|more than|at least|exceed(?:s|ing)?|in excess of|beyond|above)|超过|不少于)\s*$", re.I
)
_ABOUT = re.compile(r"(?:\b(?:about|around|roughly|approximately|approx\.?|nearly|almost|circa|close to)|约|约为|大约|近)\s*$", re.I)  # fmt: skip
_COUNTERS = "个件只张片粒支枚颗袋包盒瓶条块页人层档口根"
_NOTHING: frozenset[str] = frozenset()


def roles_of(name: AbstractSet[str]) -> set[str]:
    """All words that speak of what an attribute's name speaks of: "weighs" and "heavy" for "weight"."""
    return {cue for cues in _ROLES.values() if cues & name for cue in cues}


def stated_amount(claim: Claim, base: FactBase, text: str, span: tuple[int, int]) -> Fact | None:
    """The fact that states the claim's amount of what the sentence speaks of; None when none does."""
    quantity = claim.quantity
    if quantity is None or not claim.positive or base.is_contested(quantity):
        return None
    before, after = text[span[0] : claim.start], text[claim.end : span[1]]
    if not quantity.unit and (fact := _numbered_name(claim, base, before)):
        return fact
    literal = text[max(span[0], claim.start - 5) : claim.end]
    if len(literal) > len(claim.text) + 3 and (
        fact := next((f for f in base.known if f.polarity and literal in f.value), None)
    ):
        return fact
    counter = text[claim.start : claim.end + 1]
    if HAN.search(counter[-1:]) and (fact := next((f for f in base.known if f.polarity and counter in f.value), None)):
        return fact
    beyond = bool(_ABOVE.search(before))
    near, counted = _near(before, after), _NOTHING if quantity.unit else _counted(after)
    close = _near(re.split(r"\band\b|,", before)[-1], re.split(r"\band\b|,", after)[0])
    for fact in base.attributes_first:
        if (
            fact.polarity
            and any(_alike(quantity, q, before) for q in fact.quantities)
            and _fits(quantity, fact, near, close, text[slice(*span)], counted, after)
            and not of_another(quantity, fact, base, close)
            and not counts_another(quantity, fact, after)
            and not measures_another(fact, base, after)
        ):
            if beyond and not re.search(r"over|above|more than|at least|min|exceed|>|\+|超过|以上", fact.text, re.I):
                continue
            return fact
        if (
            fact.polarity
            and _within_bound(quantity, before, fact)
            and _fits(quantity, fact, near, close, text[slice(*span)])
        ):
            return fact
    return None


def _within_bound(quantity: Quantity, before: str, fact: Fact) -> bool:
    """ "less than 120 g" of 112 g: whether the fact's only amount of the dimension lies on the side that is said."""
    own = [q.base for q in fact.quantities if q.dimension == quantity.dimension]
    if not quantity.dimension or len(own) != 1:
        return False
    return bool(
        (_BELOW.search(before) and own[0] < quantity.base) or (_ABOVE.search(before) and own[0] > quantity.base)
    )


def _alike(said: Quantity, stated: Quantity, before: str) -> bool:
    """The same amount, or one as near as "about" allows."""
    if same(said, stated):
        return True
    near = said.dimension == stated.dimension and abs(said.base - stated.base) <= 0.05 * abs(stated.base)
    return near and bool(_ABOUT.search(before))


def _numbered_name(claim: Claim, base: FactBase, before: str) -> Fact | None:
    """ "iPhone 13", "USB 2.0", "Windows 7": the word before and the number stand together in a fact."""
    if han := re.search(r"([\u4e00-\u9fff]{2,})\s*$", before):
        named = (f for f in base.attributes_first if f.polarity and claim.text in words(f.value))
        return next((f for f in named if any(han[1].endswith(NAMES.get(w.lower(), "-")) for w in words(f.name))), None)
    previous = words(before)[-2:]
    if not previous or not before.rstrip().endswith(previous[-1]) or stem(previous[-1]) in STOP:
        return None
    joined = compact(previous[-1] + claim.text)
    return next((f for f in base.attributes_first if f.polarity and joined in f.compact), None)


def _counted(after: str) -> set[str]:
    """Stems of what a bare number counts, which stands right behind it: "four RGB ports and two pages" → rgb, port."""
    phrase = re.match(
        r"[\s-]+((?!and\b|or\b|to\b|with\b|of\b|in\b|is\b|are\b|for\b|x\b)[A-Za-z][\w-]*(?:\s(?!and\b|or\b|with\b)[A-Za-z][\w-]*)*)",
        after,
    )
    return (
        {stem(part) for word in words(phrase[1])[:5] for part in (word, *word.split("-"))} - STOP if phrase else set()
    )


def _fits(
    quantity: Quantity,
    fact: Fact,
    near: set[str],
    close: set[str],
    sentence: str,
    counted: AbstractSet[str] = _NOTHING,
    after: str = "",
) -> bool:
    if _PACKAGING.search(fact.name) and not _PACKAGING.search(sentence):
        return False
    name = {stem(word) for word in words(fact.name)} | set(re.findall(r"[\u4e00-\u9fff]+", fact.name))
    roles = {
        role: cues
        for role, cues in _ROLES.items()
        if _ROLE_DIMENSION.get(role, quantity.dimension) == quantity.dimension
    }
    wanted = {role for role, cues in roles.items() if cues & close}
    stated = {role for role, cues in roles.items() if cues & name}
    if "weight" in stated and name & {"max", "maximum"}:  # "max child weight": what it carries
        stated.add("load")
    if wanted and stated and not wanted & stated:
        return False
    # Which of "70 x 32 x 25 cm" is the width, only its own words could say.
    sides = {cue for role in wanted & _SIDES for cue in _ROLES[role]}
    if sides and not stated and len(fact.quantities) > 1 and not sides & fact.stems:
        return bool(wanted) and _side_of_two(quantity, fact, wanted)
    if quantity.dimension:
        return True
    own = fact.stems if not fact.is_flag else set()
    if near & own - STOP and (not counted or counted & own):
        return True
    chinese = NAMES.get(fact.name.lower()) or NAMES.get(COUNT_NAME.sub("", fact.name.lower())) or fact.name
    if counter := re.match(rf"([{_COUNTERS}])(?![\u4e00-\u9fff])", after):
        return re.fullmatch(r"[\d.,]+", fact.value) is not None and (
            counter[1] in chinese or kind_of(fact.name) in ("pack", "count") or bool(COUNT_NAME.search(fact.name))
        )
    pairs = {chinese[i : i + 2] for i in range(len(chinese) - 1)} - {"数量"}
    return any(pair in word for word in near if not word.isascii() for pair in pairs)


def _side_of_two(quantity: Quantity, fact: Fact, wanted: set[str]) -> bool:
    """Of "160 x 200 cm" the longer side is the length and the shorter the width."""
    sides = sorted(q.base for q in fact.quantities if q.dimension == "length")
    if len(sides) not in (2, 3) or not re.search(r"\d\s*[x×]\s*\d", fact.value):
        return False
    shorter = sides[0] if len(sides) == 2 and wanted & {"width", "depth"} else None
    meant = sides[-1] if "length" in wanted else shorter
    return meant is not None and abs(meant - quantity.base) < 1e-6 * meant


def _near(before: str, after: str) -> set[str]:
    """Stems of the words around a number, within its clause: six before, five after; Chinese runs as they stand."""
    before = re.split(r"[;()]|,\s(?=and\b|with\b|it\b)|[，、；]", before)[-1]
    after = re.split(r"[;()]|,\s|[，、；]|\band (?=\w+ (?:is|are|has|weighs|measures)\b)", after)[0]
    found = {stem(part) for word in (*words(before)[-6:], *words(after)[:5]) for part in (word, *word.split("-"))}
    han = re.findall(r"[\u4e00-\u9fff]+", before[-12:] + " " + after[:8])
    cues = {cue for role in _ROLES.values() for cue in role if not cue.isascii()}
    return found | set(han) | {cue for cue in cues if any(cue in run for run in han)}
