"""The rules by which a fact supports a claim: listed concepts, names and words; amounts are grounding_amounts.py's. It finds no claims."""
# ruff: noqa: E501 (tables read better in long rows)

import re

from retail_ai.engine.claims import Claim
from retail_ai.engine.claims_kin import is_able, kin_of
from retail_ai.engine.claims_text import HAN, STOP, compact, stem, stems, words
from retail_ai.engine.grounding_amounts import stated_amount
from retail_ai.engine.grounding_context import free_of, is_same_deed
from retail_ai.engine.grounding_facts import Fact, FactBase
from retail_ai.engine.grounding_relations import may_back
from retail_ai.engine.grounding_zh import in_chinese

_DENIED_BEHIND = re.compile(
    r"\s*(?:(?!is\b|are\b|was\b|were\b|and\b|but\b)[\w-]+\s+){0,2}(?:is|are|was|were)(?: not|n't)\b(?:\s+(?:included|required|needed|supplied|part)\b|[.,;]|$)",
    re.I,
)
_CAN_BE = re.compile(r"\b(?:can|may|cannot|can't|can not) (?:\w+ly )?be (?:\w+ (?:and|or) )?$", re.I)
_EXACT_PHRASE = {"puffery", "health", "service"}


def find_support(claim: Claim, base: FactBase, text: str, span: tuple[int, int]) -> Fact | None:
    """The fact that supports the claim where it stands in the text; None when none does or facts disagree."""
    if fact := _verbatim(claim, base, text, span):
        return fact
    if claim.kind == "number":
        return stated_amount(claim, base, text, span)
    if claim.kind in ("name", "code", "object", "word"):
        return _word(claim, base, text, span)
    return _concept(claim, base, text[span[0] : claim.start], text[claim.end : span[1]])


def _verbatim(claim: Claim, base: FactBase, text: str, span: tuple[int, int]) -> Fact | None:
    """The fact that holds the claim's very words together with the word before them, as a product's name does."""
    previous = re.search(r"[\w.&'+-]+[\s-]+$", text[span[0] : claim.start])
    if previous is None or (claim.kind == "number" and (claim.quantity is None or base.is_contested(claim.quantity))):
        return None
    if claim.kind == "colour" and base.contested:
        return None
    said = previous[0] + text[claim.start : claim.end]
    if claim.kind == "number" and not re.search(r"[A-Za-z]{2}", previous[0]):
        return None
    whole = rf"(?<![\w]){re.escape(said)}(?![\w])"
    holding = (f for f in base.known if f.polarity and not f.is_flag and said in f.value)
    return next((f for f in holding if re.search(whole, f.value)), None)


def _concept(claim: Claim, base: FactBase, before: str, after: str) -> Fact | None:
    if claim.kind in _EXACT_PHRASE and claim.key != "warranty":
        phrase = " ".join(words(claim.text.lower())) or claim.text
        return next(
            (
                f
                for f in base.known
                if (f.polarity is claim.positive and f" {phrase} " in f.phrases)
                or (not phrase.isascii() and phrase in f.value)
            ),
            None,
        )
    if any(
        other == claim.key
        for said, _, fact in base.contested
        for other in (said, *fact.concepts)
        if claim.kind == "colour"
    ):
        return None
    if claim.positive and (fact := free_of(claim, base)):
        return fact
    # In Chinese the deed stands behind the place: "瑞典设计，波兰制造".
    deed = after[:3] if HAN.search(claim.text) and re.match(r"设计|制造|生产", after) else before
    stated = [
        f
        for f in base.attributes_first
        if claim.key in f.concepts and (claim.kind != "place" or is_same_deed(deed, f))
    ]
    flags = (f for f in stated if f.is_flag and len(f.name.split()) < 4 and claim.key != "certified")
    if any(f.concepts[claim.key] is not claim.positive for f in flags):
        return None
    agreeing = (f for f in stated if f.concepts[claim.key] is claim.positive)
    found = next((f for f in agreeing if may_back(claim, f, base, before, after)), None)
    return found or (_split(claim, base) if claim.positive else None)


def _split(claim: Claim, base: FactBase) -> Fact | None:
    """ "wireless charging" by "charging: wireless": a listed phrase whose last word is the attribute's name."""
    *first, last = [stem(w) for w in words(claim.text)] or [""]
    facts = (f for f in base.known if first and f.polarity and not f.is_flag and f.id.startswith("a"))
    return next((f for f in facts if stems(f.name) == {last} and set(first) <= stems(f.value)), None)


def _word(claim: Claim, base: FactBase, text: str, span: tuple[int, int]) -> Fact | None:
    """A word is a fact's when that fact states it; a negated one when a fact denies it."""
    if HAN.search(claim.text):
        return in_chinese(claim, base)
    if fact := _free_of(claim, base):
        return fact
    joined = compact(claim.text)
    before, after = text[span[0] : claim.start], text[claim.end : span[1]]
    positive = claim.positive and not _DENIED_BEHIND.match(after)
    if stated := next(
        (f for f in base.known if f.is_flag and before.endswith(f"{f.name}: ") and claim.text == f.value), None
    ):
        return stated  # "Magnetisch: ja" as the catalogue has it
    if claim.kind == "code" and len(claim.text) == 1:
        own = (f for f in base.attributes_first if f.polarity and claim.text in re.split(r"[\s,/+–—-]+", f.value))
        return next((f for f in own if stems(f.name) & stems(before)), None)
    kin, can_be = kin_of(claim.key), bool(_CAN_BE.search(before))
    for fact in base.attributes_first:
        if (
            fact.polarity is positive
            and (
                (claim.key in STOP and claim.text.lower() in re.split(r"[\s-]+", fact.spoken.lower()))
                or claim.key in fact.stems
                or not kin.isdisjoint(fact.kin)
                or (can_be and is_able(claim.key, fact.stems))
                or (len(joined) > 3 and joined in fact.compact and _whole(claim.text, fact))
            )
            and may_back(claim, fact, base, before, after)
        ):
            return fact
    parts = [stem(part) for part in re.split(r"[-/&+.]", claim.text) if part]
    if len(parts) > 1:
        return next(
            (f for f in base.known if f.polarity is claim.positive and all(p in f.stems or p in STOP for p in parts)),
            None,
        )
    return None


def _free_of(claim: Claim, base: FactBase) -> Fact | None:
    """ "free of PFOA" by "PFOA free: yes" or "PFOA-free"; "PFOA-free" by "PFOA: no"."""
    if claim.positive:
        return free_of(claim, base)
    thing = re.escape(claim.text.lower().removesuffix("s"))
    said = re.compile(rf"(?<!\w){thing}s?[\s-]free\b|\b(?:free (?:of|from)|without|no) (?:added )?{thing}s?\b", re.I)
    return next((f for f in base.known if f.polarity and said.search(f.spoken)), None)


def _whole(word: str, fact: Fact) -> bool:
    """The word, however hyphenated, begins and ends where words of the fact do ("WiFi" in "Wi-Fi 5")."""
    letters = r"[\W_]*".join(re.escape(c) for c in compact(word))
    return bool(re.search(rf"(?<![0-9A-Za-z]){letters}(?![0-9A-Za-z])", fact.spoken, re.I))
