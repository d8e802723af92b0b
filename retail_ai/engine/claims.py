"""Finds what a text claims about a product: numbers, names, materials, colours, qualities, certificates, uses.

It does not say whether a claim is true; grounding.py does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from retail_ai.engine.claims_plain import is_subject, made_of_plain_words, only_joins
from retail_ai.engine.claims_text import WORD, sentences, stem
from retail_ai.engine.claims_vocabulary import NEUTRAL, PROMISES
from retail_ai.engine.claims_words import GROUPS, IMPLIES, NEGATORS, NEGATORS_ZH, PLACES
from retail_ai.engine.claims_zh import chinese_words
from retail_ai.engine.units import Quantity, canonical_dimension, parse_quantities

_NEUTRAL_STEMS = frozenset(stem(word) for word in NEUTRAL)
_NEGATED = re.compile(
    rf"(?:\b(?:{NEGATORS})\b(?:[\s-]+(?!(?:but|and|though|yet|than)\b)[\w-]+){{0,3}}[\s-]*|(?:{NEGATORS_ZH})[^，。,；、]{{0,3}})$",
    re.I,
)
# A negator says nothing by itself: what it denies is the claim, where one follows.
_NEGATOR = re.compile(rf"(?:{NEGATORS}|free)", re.I)
_GRADE = re.compile(r"\b(?:class|grade|size|rating|category|level|cup|rank) (?:of )?$", re.I)
_DENIED_ZH = re.compile(
    r"(?:没有|不带|不附|未附|不配|无(?!线|铅|糖|需|论|法|级|刷)|不含(?=[\u4e00-\u9fff](?:[，。,;；、]|$)))(?P<thing>[\u4e00-\u9fff]{1,8})"
)
_NEGATED_AMOUNT = re.compile(
    r"\b(?:not|n't|never|cannot|without)\s(?:(?!only|less|more|just|but|and)\w+\s){0,2}$", re.I
)
_OBJECT = re.compile(
    r"\b(?:compatible with|works? with|works? on|fits?|pairs? with|designed for|made for|"
    r"suit(?:ed|able) (?:for|to)|intended for|"
    r"(?:ideal|perfect|great|good|recommended) for|comes? with|includ(?:es?|ing)|supplied with|bundled with|"
    r"equipped with|features?|featuring|supports?|protects? against|resistant to|approved by|tested by|recommended by|"
    r"(?:made|manufactured|produced|assembled|designed|woven|built) (?:of|from|in|by)|inspired by)"
    r"\s+(?P<object>[^.;:!?]{2,120})",
    re.I,
)


_MEASURED = "分辨率|复印|打印|功率|承重|容量|电流|电压|速度|输出|内存|距离|尺寸"
# Chinese words that are no claim within others: "蛋白质" is not white, "蓝牙" not blue, "最大分辨率" no superlative.
_HAN_COLOURS = frozenset("黑白灰红蓝绿黄橙粉紫棕银")
_HAN_GUARDS = {
    "白": "(?<!蛋)白(?=[色款的，,、。;；/和与或]|$)", "可调": "可调(?!光)", "彩色": "彩色(?!墨盒|打印|页)",
    "黑色": "黑色(?!墨盒数|打印页)", "最大": f"最大(?!{_MEASURED})", "最高": f"最高(?!{_MEASURED})",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable thing that a text says. ``key`` is its concept, stem or compact form; offsets are in the text."""

    kind: str
    text: str
    start: int
    end: int
    key: str
    positive: bool = True
    quantity: Quantity | None = None


@lru_cache(maxsize=4096)
def extract_claims(text: str, strict: bool = False) -> tuple[Claim, ...]:
    """Every claim of the text, in order. ``strict`` also claims each word that is not known to say nothing."""
    claims: list[Claim] = []
    for start, end in sentences(text):
        claims += _of_sentence(text, start, end, strict)
    return tuple(sorted(claims, key=lambda claim: (claim.start, claim.end)))


def concepts(text: str) -> Iterator[tuple[str, str, bool, re.Match[str]]]:
    """(kind, concept, positive, match) for each listed phrase of the text, the longest first where they overlap."""
    lowered = text.lower()
    for match in _phrase_pattern().finditer(lowered):
        kind, concept = _phrases()[_norm(match[0])]
        yield kind, concept, not _negated(lowered, match), match
    for match in _place_pattern().finditer(text):
        place = _places()[match[0].lower()]
        yield "place", place, not _NEGATED.search(text[: match.start()].lower()), match


@cache
def implied(concept: str) -> frozenset[str]:
    """The concept and all that it implies: stainless steel → steel → metal."""
    found = {concept}
    for other in IMPLIES.get(concept, "").split("|"):
        if other and other not in found:
            found |= implied(other)
    return frozenset(found)


def _of_sentence(text: str, start: int, end: int, strict: bool) -> Iterator[Claim]:
    sentence = text[start:end]
    taken: list[tuple[int, int]] = []
    for kind, concept, positive, match in concepts(sentence):
        taken.append(match.span())
        yield Claim(
            kind, sentence[match.start() : match.end()], start + match.start(), start + match.end(), concept, positive
        )
    for quantity in parse_quantities(sentence):
        taken.append((quantity.start, quantity.end))
        yield Claim(
            "number", sentence[quantity.start : quantity.end], start + quantity.start, start + quantity.end,
            f"{quantity.value:g} {quantity.unit}".strip(),
            not _NEGATED_AMOUNT.search(sentence[: quantity.start]), quantity,
        )  # fmt: skip
    for match in _DENIED_ZH.finditer(sentence):
        if not any(a < match.end() and match.start("thing") < b for a, b in taken):
            span = match.span("thing")
            taken.append(span)
            yield Claim("word", match["thing"], start + span[0], start + span[1], match["thing"], False)
    for kind, first, last in made_of_plain_words(sentence) if strict else ():
        if not any(a < last and first < b for a, b in taken):
            taken.append((first, last))
            yield Claim(kind, sentence[first:last], start + first, start + last, sentence[first:last].lower())
    for first, last, positive in chinese_words(sentence, taken) if strict else ():
        yield Claim("word", sentence[first:last], start + first, start + last, sentence[first:last], positive)
    for claim in _words(sentence, strict, taken):
        yield Claim(claim.kind, claim.text, start + claim.start, start + claim.end, claim.key, claim.positive)


def _words(sentence: str, strict: bool, taken: list[tuple[int, int]]) -> Iterator[Claim]:
    objects = [match.span("object") for match in _OBJECT.finditer(sentence)]
    for match in WORD.finditer(sentence):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        word = match[0]
        if len(word) == 1 and word.isupper() and _GRADE.search(sentence[: match.start()]):
            yield Claim("code", word, match.start(), match.end(), word)
            continue
        if canonical_dimension(word):
            continue
        if _is_name(word):
            kind = "code" if any(c.isdigit() for c in word) else "name"
        elif any(a <= match.start() < b for a, b in objects):
            kind = "object"
        elif strict:
            kind = "word"
        else:
            continue
        if kind != "code" and _says_nothing(word) and not (strict and _promises(word, sentence, match.start())):
            continue
        if kind == "word" and (is_subject(match, sentence) or only_joins(word, sentence, match.start())):
            continue
        if (
            kind in ("word", "object", "name")
            and _NEGATOR.fullmatch(word)
            and _denies(sentence[match.end() :], taken, match.end())
        ):
            continue
        positive = not _NEGATED.search(sentence[: match.start()].lower())
        yield Claim(kind, word, match.start(), match.end(), stem(word), positive)


def _denies(after: str, taken: list[tuple[int, int]], start: int) -> bool:
    """Whether one of the next three words is a claim of its own."""
    nearest = [match for match, _ in zip(WORD.finditer(after), range(3), strict=False)]
    return any(not _says_nothing(m[0]) or any(a <= start + m.start() < b for a, b in taken) for m in nearest)


def _is_name(word: str) -> bool:
    return word[0].isupper() or any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word)


def _says_nothing(word: str) -> bool:
    """True for words of the neutral vocabulary; an acronym never is."""
    if len(word) > 1 and word.isupper():
        return False
    parts = [part for part in re.split(r"[-/’'.]", word.lower()) if part]
    return all(part in NEUTRAL or stem(part) in _NEUTRAL_STEMS or len(part) == 1 for part in parts)


def _promises(word: str, sentence: str, start: int) -> bool:
    return word.lower() in PROMISES and not only_joins(word, sentence, start)


def _norm(phrase: str) -> str:
    return re.sub(r"[\s-]+", " ", phrase.replace("’", "'"))


def _negated(text: str, match: re.Match[str]) -> bool:
    return bool(_NEGATED.search(text[max(0, match.start() - 40) : match.start()])) or bool(
        re.match(r"[\s-]free\b", text[match.end() :])
    )


@cache
def _phrases() -> dict[str, tuple[str, str]]:
    return {
        _norm(phrase): (kind, concept)
        for kind, table in GROUPS.items()
        for concept, joined in table.items()
        for phrase in joined.split("|")
    }


@cache
def _phrase_pattern() -> re.Pattern[str]:
    ordered = sorted(_phrases(), key=len, reverse=True)
    latin = "|".join(
        re.escape(p).replace(r"\ ", r"[\s-]+").replace("'", "['’]") for p in ordered if p.isascii() or "ü" in p
    )
    han = "|".join(_HAN_GUARDS.get(p, _alone(p)) for p in ordered if not p.isascii() and "ü" not in p)
    return re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])|(?:{han})")


def _alone(phrase: str) -> str:
    """A colour of one sign is a colour only where it stands alone: "红茶" and "银行" say none."""
    lone = len(phrase) == 1 and phrase in _HAN_COLOURS
    return rf"{phrase}(?=[色款的，,、。;；/和与或\s]|$)" if lone else re.escape(phrase)


@cache
def _places() -> dict[str, str]:
    return {name: place for place, joined in PLACES.items() for name in (place, *joined.split("|"))}


@cache
def _place_pattern() -> re.Pattern[str]:
    names = []
    for name in sorted(_places(), key=len, reverse=True):
        written = name.upper() if name in ("uk", "us", "usa", "u.s.", "prc") else name.title()
        names.append(re.escape(written) if not name.isascii() else rf"(?<![A-Za-z]){re.escape(written)}(?![A-Za-z])")
    return re.compile("|".join(names))
