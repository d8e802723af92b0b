"""Rules that look at the sentence around a claim: what a "no" of the catalogue denies, and where what is done.

It finds no claims of its own but for things that a flag denies ("a cable is included" where "cable included: no").
"""

import re
from collections.abc import Iterator

from retail_ai.engine.claims import Claim
from retail_ai.engine.claims_names_zh import NAMES
from retail_ai.engine.claims_text import HAN, compact, stem
from retail_ai.engine.claims_words import NEGATORS, NEGATORS_ZH
from retail_ai.engine.grounding_facts import Fact, FactBase

_GIVEN = re.compile(
    r"^(.+?) (?:included|integrated|built[ -]in|supplied|provided|installed)$|^(?:built[ -]in|integrated) (.+)$", re.I
)
_HAS = (
    r"(?:includ(?:es?|ing)|comes? with|supplied with|equipped with|has|have|having|with|features?|featuring|offers?)"
)
_NOT = re.compile(rf"\b(?:{NEGATORS})\b", re.I)
_MADE = re.compile(
    r"\b(?:made|manufactured|produced|assembled|built|woven|sewn|brewed|baked)\b[^.;]*$|(?:产自|产地|制造)[^。;]*$",
    re.I,
)
_DESIGNED = re.compile(r"\bdesign\w*\b[^.;]*$|设计[^。;]*$", re.I)
_DESIGN_FACT = re.compile(r"design|设计|headquarter|brand", re.I)
_FREE = re.compile(r"(?:no |without |free (?:of|from) )?(?P<thing>.+?)(?:[\s-]free)?", re.I)


def denied(text: str, span: tuple[int, int], base: FactBase) -> Iterator[Claim]:
    """Things that the sentence says the product has and that a flag of the catalogue denies."""
    sentence = text[slice(*span)]
    yield from _denied_in_chinese(sentence, span[0], base)
    if _NOT.search(sentence):
        return
    lowered = sentence.lower()
    for fact in base.known:
        match = _GIVEN.match(" ".join(fact.name.replace("_", " ").split())) if fact.polarity is False else None
        thing = (match[1] or match[2]).lower() if match else ""
        if not thing or thing not in lowered:
            continue
        thing = re.escape(thing)
        given = rf"\b{_HAS} (?:an?|the|its|one|two|\d+) {thing}s?\b(?=[.,;]|$| and\b| as\b)"
        said = rf"{given}|\b{thing}s? (?:is|are) included\b"
        if found := re.search(said, sentence, re.I):
            start, end = span[0] + found.start(), span[0] + found.end()
            yield Claim("object", found[0], start, end, stem(found[0].split()[-1]))


def _denied_in_chinese(sentence: str, offset: int, base: FactBase) -> Iterator[Claim]:
    for fact in base.known if HAN.search(sentence) else ():
        thing = NAMES.get(fact.name.replace("_", " ").lower(), "") if fact.polarity is False and fact.is_flag else ""
        thing = re.sub(r"^(?:附|可|支持|不含)", "", thing)
        for match in re.finditer(re.escape(thing), sentence) if len(thing) > 1 else ():
            if not re.search(rf"(?:{NEGATORS_ZH})[^，。,;；]{{0,4}}$", sentence[: match.start()]):
                yield Claim("object", thing, offset + match.start(), offset + match.end(), thing)


def is_same_deed(before: str, fact: Fact) -> bool:
    """Whether a fact on a place speaks of what the sentence does: made there, or designed there."""
    if not fact.id.startswith("a"):
        return True
    of_design = bool(_DESIGN_FACT.search(fact.name))
    return of_design if _DESIGNED.search(before) else not (of_design and _MADE.search(before))


def free_of(claim: Claim, base: FactBase) -> Fact | None:
    """The flag that denies what the claim says it is free of: "no added sugar" by "added sugar: no"."""
    match = _FREE.fullmatch(" ".join(claim.text.split()))
    thing = compact(match["thing"]) if match and match["thing"].lower() != claim.text.lower() else ""
    return next((f for f in base.known if thing and f.polarity is False and compact(f.name) == thing), None)
