"""Claims in words that say nothing by themselves, held against the facts: counts of one, denials, empty sentences.

Each is a claim that no fact backs; what a fact backs is not told of. Strict checks only.
"""
# ruff: noqa: E501 (patterns)

import re
from collections.abc import Iterator, Sequence

from retail_ai.engine.claims import Claim
from retail_ai.engine.claims_text import HAN, STOP, WORD, stem, stems, words
from retail_ai.engine.grounding_facts import FactBase
from retail_ai.engine.units import parse_quantities

_ONE = re.compile(
    r"(?:\b(?:has|have|having|with|features?|includes?|contains?|offers?|there is|and) (?:only |just )?one|\ba single|\ba lone)\s+(?:[\w-]+\s+){0,2}?(?P<thing>[a-z-]+)",
    re.I,
)
_COUNTED = re.compile(r"(?<![\w.,])(\d{1,3}) ?(?:[x×] ?)?([A-Za-z][A-Za-z-]+)")
_DENIAL = re.compile(
    r"\b(?P<no>no|without(?: an?| any)?|lacks?(?: an?| any)?|lacking|free (?:of|from)|not(?: an?| any)?|n't|neither|nor|never)\b[\s-]+(?!only|just|more|less|later|fewer|merely)(?P<what>(?:[\w-]+\s*){1,4})",
    re.I,
)
_CLAUSE = re.compile(
    r"[,;–—]\s*(?:and|but|so|which|that|while|making it)?\s+|\b(?:and|but|so that|so|which|that|while|because)\s+(?=(?:it|they|can|will|may|is|are|has|have|[a-z]+s)\b)"
)
_VERB = re.compile(
    r"\b(?:is|are|was|has|have|can|will|may|it|they|(?!this\b|its\b|less\b|plus\b|thus\b)[a-z]{2,}s)\b", re.I
)
# How a denial is put, and not what it denies.
_HOW = stems("included required needed necessary built built-in supplied yes no none")


def said_plainly(text: str, span: tuple[int, int], claims: Sequence[Claim], base: FactBase) -> Iterator[Claim]:
    """What the sentence says in plain words and no fact backs."""
    sentence = text[slice(*span)]
    taken = [(claim.start - span[0], claim.end - span[0]) for claim in claims]
    yield from _miscounted(sentence, span[0], base)
    yield from _denied_in_vain(sentence, span[0], taken, base)
    yield from _empty(sentence, span[0], taken, base)


def _miscounted(sentence: str, offset: int, base: FactBase) -> Iterator[Claim]:
    """ "one pocket", where a fact counts six."""
    for match in _ONE.finditer(sentence):
        thing = stem(match["thing"])
        counted = [
            f.quantities[0].value for f in base.known
            if f.id.startswith("a") and f.polarity and len(f.quantities) == 1 and not f.quantities[0].unit
            and thing in stems(f.name) and re.fullmatch(r"[\d.,]+", f.value)
        ]  # fmt: skip
        counted += [
            float(n) for f in base.known if f.id.startswith("a") and f.polarity
            for n, named in _COUNTED.findall(f.value) if stem(named) == thing
        ]  # fmt: skip
        if counted and 1 not in counted:
            yield Claim("number", match[0], offset + match.start(), offset + match.end(), "1")


def _denied_in_vain(sentence: str, offset: int, taken: list[tuple[int, int]], base: FactBase) -> Iterator[Claim]:
    """ "no setup needed", "the cable is not included": a denial of plain words that no fact denies."""
    said = stems(sentence)
    for match in _DENIAL.finditer(sentence):
        what = match.span("what")
        if any(a < what[1] and what[0] < b for a, b in taken):
            continue
        if any(f" {' '.join(words(match[0].lower())[:2])} " in f.phrases for f in base.known):
            continue
        if not any(told <= said for told in _denied(base)):
            yield Claim("word", match[0].strip(), offset + match.start(), offset + match.end(), stem(words(match["what"])[0]), False)  # fmt: skip


def _denied(base: FactBase) -> list[frozenset[str]]:
    """What each fact that denies something denies: the stems of its words."""
    facts = (f for f in base.known if f.polarity is False or _says_none(f.value))
    return [told for f in facts if (told := stems(f.name if f.is_flag else f.text) - _HOW)]


def _says_none(value: str) -> bool:
    return bool(re.search(r"\b(?:no|not|none|non|without|free)\b", value, re.I))


def _empty(sentence: str, offset: int, taken: list[tuple[int, int]], base: FactBase) -> Iterator[Claim]:
    """A clause with a verb in which nothing is a fact's: "and it stays in place"."""
    if HAN.search(sentence):
        return
    start = 0
    for cut in [*_CLAUSE.finditer(sentence), None]:
        end = cut.start() if cut else len(sentence)
        clause = sentence[start:end]
        backed = any(a < end and start < b for a, b in taken) or parse_quantities(clause)
        if len(words(clause)) > 1 and not backed and _VERB.search(clause):
            plain = {stem(m[0]) for m in WORD.finditer(clause)} - STOP
            if not plain & base.evidence:
                yield Claim("word", clause.strip(" .!"), offset + start, offset + end, stem(words(clause)[-1]))
        start = cut.end() if cut else end
