"""A shop's voice: its guide, where a text breaks it, and the text mended. Pure; it proves no claims.

What stands inside ``protected`` texts (a product's name, its brand) is a name and is never touched.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from retail_ai.engine.voice_spelling import SPELLINGS, other_spelling

__all__ = ["NO_GUIDE", "PERSONS", "SPELLINGS", "Finding", "Guide", "brief", "findings", "mended"]

Kind = Literal["banned", "preferred", "spelling", "person"]
PERSONS = ("", "second", "formal", "third")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_ADDRESS = re.compile(r"(?<!\w)(?:you|your|yours|yourself)(?!\w)", re.I)
_SHOP_ITSELF = re.compile(r"(?<!\w)(?:we|our|ours|us|I|my)(?!\w)")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Guide:
    """How a shop writes. ``preferred`` holds (not this, but this); ``person`` is one of PERSONS, "" meaning any."""

    name: str = ""
    banned: tuple[str, ...] = ()
    preferred: tuple[tuple[str, str], ...] = ()
    spelling: str = ""
    person: str = ""
    examples: tuple[str, ...] = ()


NO_GUIDE = Guide()


class Finding(NamedTuple):
    """A place that breaks the guide: ``text[start:end]``; ``say`` is what to write instead, "" where nobody knows."""

    kind: Kind
    start: int
    end: int
    text: str
    say: str


def findings(text: str, guide: Guide, language: str = "en", protected: Sequence[str] = ()) -> list[Finding]:
    """Every place where the text breaks the guide, in reading order, names left out."""
    found = [*_banned(text, guide), *_preferred(text, guide), *_person(text, guide, language)]
    if language.lower().startswith("en") and guide.spelling:
        found += _spelling(text, guide.spelling)
    names = list(_spans(text, protected))
    free = [f for f in found if not any(start <= f.start and f.end <= end for start, end in names)]
    kept: list[Finding] = []
    for finding in sorted(free, key=lambda f: (f.start, -f.end)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def mended(text: str, guide: Guide, language: str = "en", protected: Sequence[str] = ()) -> str:
    """The text with every finding replaced whose replacement is known; the others stay."""
    for finding in reversed(findings(text, guide, language, protected)):
        if finding.say:
            text = text[: finding.start] + finding.say + text[finding.end :]
    return text


def brief(guide: Guide) -> str:
    """The guide as lines for a model's instructions; empty for a guide that asks nothing."""
    persons = {
        "second": "Address the reader as you.",
        "formal": "Address the reader formally (Sie, vous, 您).",
        "third": "Never address the reader.",
    }
    lines = [persons.get(guide.person, "")]
    lines += [f"Use {SPELLINGS[guide.spelling]} spelling."] if guide.spelling else []
    lines += [f"Never use these words: {', '.join(guide.banned)}."] if guide.banned else []
    lines += [f"Say “{say}”, not “{instead}”." for instead, say in guide.preferred]
    lines += [f"An example of the style: {example}" for example in guide.examples[:2]]
    return "\n".join(line for line in lines if line)


def _banned(text: str, guide: Guide) -> Iterator[Finding]:
    for phrase in guide.banned:
        for match in _pattern(phrase).finditer(text):
            yield Finding("banned", match.start(), match.end(), match[0], "")


def _preferred(text: str, guide: Guide) -> Iterator[Finding]:
    for instead, say in guide.preferred:
        kept = list(_spans(text, [say])) if instead.lower() in say.lower() else []
        for match in _pattern(instead, plural=True).finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in kept):
                new = say + ("s" if match.groupdict().get("plural") else "")
                yield Finding("preferred", match.start(), match.end(), match[0], _like(match[0], new))


def _spelling(text: str, wanted: str) -> Iterator[Finding]:
    for match in _WORD.finditer(text):
        inside = match.start() > 0 and not re.search(r"(?:^|[.!?\n]\s*|- )$", text[: match.start()][-3:])
        if match[0][1:] != match[0][1:].lower() or (match[0][0].isupper() and inside):
            continue
        if say := other_spelling(match[0].lower(), wanted):
            yield Finding("spelling", match.start(), match.end(), match[0], _like(match[0], say))


def _person(text: str, guide: Guide, language: str) -> Iterator[Finding]:
    if language.lower().startswith("zh"):
        wrong, say = {"second": ("您", "你"), "formal": ("你", "您"), "third": ("[你您]", "")}.get(
            guide.person, ("", "")
        )
        for match in re.finditer(wrong, text) if wrong else ():
            yield Finding("person", match.start(), match.end(), match[0], say)
    elif guide.person and language.lower().startswith("en"):
        for pattern in (_SHOP_ITSELF, *([_ADDRESS] if guide.person == "third" else [])):
            for match in pattern.finditer(text):
                yield Finding("person", match.start(), match.end(), match[0], "")


def _pattern(phrase: str, *, plural: bool = False) -> re.Pattern[str]:
    """The phrase as whole words, in any case, however its blanks are set; Chinese wherever it stands."""
    words = r"\s+".join(map(re.escape, phrase.split()))
    if _HAN.search(phrase):
        return re.compile(words)
    return re.compile(rf"(?<!\w){words}{'(?P<plural>s)?' if plural else ''}(?!\w)", re.I)


def _spans(text: str, phrases: Iterable[str]) -> Iterator[tuple[int, int]]:
    for phrase in phrases:
        if phrase.strip():
            yield from (match.span() for match in _pattern(phrase).finditer(text))


def _like(old: str, new: str) -> str:
    """The new word with the old one's capitals."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
