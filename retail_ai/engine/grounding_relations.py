"""Whether a fact that holds a claim's words may back it where it stands: of which part, for what, from where, by whom.

"language: German" backs no "made in Germany", a handle of beech no "beech lid", a phone that a cable fits no "comes
with a phone". It finds no claims and no facts.
"""
# ruff: noqa: E501 (word lists)

import re
from collections.abc import Iterable
from functools import lru_cache

from retail_ai.engine.claims import Claim
from retail_ai.engine.claims_names_zh import NAMES
from retail_ai.engine.claims_text import HAN, STOP, stem, stems, words
from retail_ai.engine.grounding_facts import Fact, FactBase
from retail_ai.engine.plan_names import kind_of
from retail_ai.engine.units import Quantity, same

# What the sentence says last before the claim → kinds of facts that say something else.
_ELSE: dict[str, frozenset[str]] = {
    said: frozenset(kinds.split())
    for said, kinds in {
        "contents": "compat compat_os use audience age origin",
        "compat": "contents origin colour material part_material part_colour scent author care certificate ingredients",
        "material": "colour part_colour inks scent compat compat_os use audience style",
        "purpose": "contents origin colour material part_material part_colour scent author certificate",
        "approval": "brand author origin compat compat_os use",
    }.items()
}
_VERBS = re.compile(
    r"(?P<contents>\b(?:comes? with|include[sd]?|including|supplied with|bundled with|delivered with|in the box)\b|附送|附带|内含)"
    r"|(?P<compat>\b(?:compatible with|works? (?:with|on)|fits|pairs? with|connects? to|for use with)\b|兼容|适配)"
    r"|(?P<material>\b(?:made|built|crafted|constructed|woven|knitted|produced|manufactured|consists?|composed|fashioned)\s(?:\w+ly )?(?:of|from|out of)\b|采用)"
    r"|(?P<purpose>\b(?:suitable|suited|intended|meant|recommended|designed|made|good) for\b|适合|适用于)"
    r"|(?P<approval>\b(?:certified|approved|tested|awarded|recommended) by\b)"
    r"|(?P<other>\b(?:is|are|was|were|has|have|comes?|made|available|manufactured|produced|weighs?|measures?|carries|carry|features?|runs?|uses?|supports?|prints?|offers?|designed|powered|contains?|provides?)\b|为|重|支持|产自)",
    re.I,
)
_BY = re.compile(r"\b(?:made|produced|manufactured|published|built|written|designed) by (?:the )?$", re.I)
_MAKER = re.compile(r"brand|manufact|maker|author|design|publish|artist|producer|writer|label|by$", re.I)
_ORIGIN = re.compile(r"origin|\bmade\b|manufactur|produc|country|assembl|brew|roast|bak|harvest|grown|woven|sewn|产地|制造|原产", re.I)  # fmt: skip
_MADE_IN = re.compile(r"\b(?:made|manufactured|produced|assembled|built|woven|sewn|brewed|grown|comes?|hails?|from)\b[^.;,]*$|产自|产地|制造|来自", re.I)  # fmt: skip
# Nouns for a part, of whatever product: what is said of one is not said of the whole.
_PARTS = frozenset(
    stem(w)
    for w in """
    handle lid strap base frame lining sole upper sleeve collar zip zipper button case cover display screen cord plug lens band dial
    interior inside blade leg seat back shelf drawer door cap pump bottle box bag hood pocket wheel heel insole filling keyboard
    cushion buckle cable jacket coating rim bezel hinge knob top bottom edge trim stitching logo pattern tip grip body
    """.split()  # noqa: SIM905
)
_WHOLE = frozenset(
    stem(w)
    for w in "material fabric colour color finish shade body construction design version model look housing surface outside exterior tone composition shell".split()  # noqa: SIM905
)
_SUBJECT = re.compile(r"\b(?:the|its|their|an?|with|of)\s+(?:[\w-]+\s+){0,3}?([a-z-]+)\s*$", re.I)
_LINK = re.compile(r"\b(?:is|are|was|were|comes?|consists?)\b", re.I)
_HEAD = re.compile(r"[\s-]+([a-z]+)\b(?:\s+([a-z]+)\b)?")
# What is spoken of in Chinese and is not the product: no table may know it.
_HAN_SUBJECT = re.compile(r"(?:^|[，,;；])\s*(?!这款|该|本|它|产品|采用)[\u4e00-\u9fff]{1,4}采用$")
_HAN_PART = re.compile(r"([\u4e00-\u9fff]{1,4})(?:材质|颜色)?(?:为|是|采用|由|用)$")


def may_back(claim: Claim, fact: Fact, base: FactBase, before: str, after: str) -> bool:
    """Whether the fact speaks of what the sentence does around the claim."""
    kind = fact.id if not fact.id.startswith("a") else kind_of(fact.name)
    if claim.positive and kind in _ELSE.get(_said_last(before), ()):
        return False
    if kind in ("part_material", "part_colour") and _said_last(before) == "material":
        around = before + after
        spoken_of = stems(around) & stems(fact.name) or any(zh in around for zh in in_zh(fact.name))
        if not spoken_of and not _HAN_SUBJECT.search(before):
            return False
    if claim.kind == "place":
        return _of_origin(fact, before, after)
    if claim.kind in ("name", "code", "object") and _BY.search(before):
        return fact.id in ("brand", "title") or bool(_MAKER.search(fact.name))
    return claim.kind not in ("material", "colour") or not _of_another_part(fact, base, before, after)


def in_zh(name: str) -> list[str]:
    """What an attribute's name, or a word of it, is in Chinese, two signs at least."""
    found = [NAMES.get(each, "") for each in (name.lower(), *(w.lower() for w in words(name)))]
    return [zh for zh in found if len(zh) > 1]


@lru_cache(maxsize=10_000)
def _said_last(before: str) -> str:
    if HAN.search(before):  # a Chinese comma ends what a verb governs
        before = re.split(r"[，,;；]", before)[-1]
    return next((match.lastgroup or "" for match in reversed(list(_VERBS.finditer(before)))), "")


def of_another(quantity: Quantity, fact: Fact, base: FactBase, near: set[str]) -> bool:
    """Whether the words around an amount name another fact of the dimension, with another amount, and not this one."""
    own, titled = stems(fact.name), stems(base.product.title)
    if not quantity.dimension or own & near or not fact.id.startswith("a"):
        return False
    rivals = (f for f in base.known if f is not fact and f.id.startswith("a") and f.polarity and not f.is_flag)
    return any(
        near & (stems(f.name) - own - titled - STOP) and _states_another(quantity, f.quantities) for f in rivals
    )


def counts_another(quantity: Quantity, fact: Fact, after: str) -> bool:
    """ "2 % cotton" of "98 % cotton, 2 % elastane": whether the fact gives what is said here another amount."""
    said = re.match(r"\s*(?:of )?((?:[A-Za-z][\w-]*\s?){1,2})", after)
    parts = [q for q in fact.quantities if fact.value[q.start : q.end] == q.text or q.text in fact.value]
    if not said or len(parts) < 2 or not fact.id.startswith("a"):
        return False
    things = stems(said[1])
    ends = [*(q.start for q in parts[1:]), len(fact.value)]
    told = [(q, stems(fact.value[q.end : end])) for q, end in zip(parts, ends, strict=True)]
    of_these = [q for q, words_ in told if things & words_]
    return (
        bool(of_these)
        and all(q.dimension == quantity.dimension for q in of_these)
        and not any(same(quantity, q) for q in of_these)
    )


def measures_another(fact: Fact, base: FactBase, after: str) -> bool:
    """ "10 g of fat" where the fact is on protein and another is on fat."""
    said = re.match(r"\s*of ([a-z]+)", after)
    thing = stem(said[1]) if said else ""
    if not thing or not fact.id.startswith("a") or thing in fact.stems or thing in STOP:
        return False
    return any(thing in stems(f.name) for f in base.known if f.id.startswith("a") and f is not fact)


def _states_another(quantity: Quantity, stated: Iterable[Quantity]) -> bool:
    mine = [q for q in stated if q.dimension == quantity.dimension]
    return bool(mine) and not any(same(quantity, q) for q in mine)


def _of_origin(fact: Fact, before: str, after: str) -> bool:
    """A place as the product's: by a fact on its origin, by its names, or where the fact's own words stand around it."""
    if not fact.id.startswith("a") or _ORIGIN.search(fact.name):
        return True
    if NAMES.get(fact.name.lower(), "-") in before or (after.startswith("设计") and "design" in fact.name.lower()):
        return True
    if _MADE_IN.search(before):
        return "design" in fact.name.lower() and bool(re.search("design|设计", before, re.I))
    around = {stem(w) for w in (*words(before)[-5:], *words(after)[:3])}
    return bool(around & (fact.stems - STOP))


def _of_another_part(fact: Fact, base: FactBase, before: str, after: str) -> bool:
    """Whether the claim is said of a part that this fact does not speak of."""
    if match := _HAN_PART.search(before):
        names = (fact.name, NAMES.get(fact.name.lower(), "-"))
        others = {NAMES.get(f.name.lower(), f.name) for f in base.known if f.id.startswith("a") and f is not fact}
        return not any(name in match[1] for name in names) and any(len(o) > 1 and o in match[1] for o in others)
    nouns = (f for f in base.known if not f.id.startswith("a") or kind_of(f.name) in ("noun", "type"))
    own = fact.stems | {s for f in nouns for s in f.stems} | _WHOLE
    named = {s for f in base.known if f.id.startswith("a") for s in stems(f.name)} | _PARTS
    link = next(reversed(list(_LINK.finditer(before))), None)
    subject = _SUBJECT.search(before[: link.start()]) if link else None
    said = [subject[1]] if subject else []
    if head := _HEAD.match(after):
        said += [w for w in head.groups() if w] if stem(head[1]) not in STOP else []
    return any(s in named and s not in own and s not in STOP for s in map(stem, said))
