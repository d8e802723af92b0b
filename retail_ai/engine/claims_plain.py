"""Claims that plain words make together: comparisons, spans of time without a number, "all devices", "free" of charge.

Each word says nothing by itself, so the lists of words miss them. It does not say whether a claim is true.
"""
# ruff: noqa: E501 (patterns and word lists)

import re
from collections.abc import Iterator

from retail_ai.engine.claims_text import WORD
from retail_ai.engine.units import canonical_dimension

_NUMBER = r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|a)"
# (kind of claim, what makes it)
_MADE_BY: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        (
            "puffery",
            rf"(?<!no )(?<!not )(?<!or )\b(?:more|less|fewer)\b(?! than {_NUMBER})(?! or less| about| information| details)",
        ),
        ("puffery", r"(?<!at )\bmost\b"),
        ("puffery", rf"\b[a-z]{{3,}}er than\b(?! {_NUMBER})|\bas (?!well\b|per\b)[a-z]+ as (?!{_NUMBER})[a-z]+"),
        (
            "puffery",
            r"\b(?:all|any|every|no matter)\b(?! of (?:the|its|them))(?: (?:other|kinds? of|types? of))? [a-z-]+",
        ),
        ("puffery", rf"\b(?:only|just|merely)\b(?! (?:over |under |about |up to )?{_NUMBER})(?= [a-z])"),
        ("puffery", r"(?<![\w-])free\b(?! (?:of|from)\b)(?=\s[a-z])(?!-)"),
        ("puffery", r"\b(?:all|year)[\s-](?:day|night|year|week|round)(?:[\s-]long)?\b"),
    )
)
# Long words for units: one without a number promises a span ("lasts for hours", "in minutes").
_SPAN = re.compile(
    r"(?:\b(?:for|in|within|over|after|of|through|by the) )?(?:many |several |a few |some )?"
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|miles?|kilomet(?:re|er)s?|lit(?:re|er)s?|gallons?)\b"
    r"(?: of [a-z]+)?",
    re.I,
)
_SIZED = frozenset(["high", "wide", "long", "deep", "tall", "thick"])


def made_of_plain_words(sentence: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of each claim of the sentence that only its words together make."""
    for kind, pattern in _MADE_BY:
        yield from ((kind, *match.span()) for match in pattern.finditer(sentence))
    yield from (("puffery", *match.span()) for match in _SPAN.finditer(sentence))


def only_joins(word: str, sentence: str, start: int) -> bool:
    """Whether a word that may promise something does not here: "70 cm high", "as well as", "good for"."""
    after = sentence[start + len(word) :]
    if word.lower() in ("older", "over", "above", "up", "upwards", "under", "below", "younger"):
        return bool(re.search(rf"{_NUMBER}[\w +-]{{0,12}} (?:and|or) $", sentence[:start], re.I))
    if word.lower() == "enough":
        return bool(re.match(rf" for (?:up to |about )?{_NUMBER}", after))
    if word.lower() == "well":
        return bool(re.search(r"\bas $", sentence[:start]))
    return (word.lower() == "good" and after.startswith(" for ")) or _belongs_to_number(word, sentence, start)


# What shops call things, whatever they are: "the bag holds 12 kg".
_GENERIC = frozenset(
    """
    story text cloth piece tin drive unit model edition volume title record film system package shoe boot hat top dress coat shirt bed chair
    table rug towel blanket clock ring necklace bracelet ball racket board bar ham cheese wine beer tea coffee oil sauce soup snack powder
    liquid tablet capsule soap paint glue tape plant seed tree tyre part engine pump hammer saw drill brush mat tray rack stand holder
    bag pack bottle tube jar tin can box pot set kit tool device appliance machine instrument garment toy game book bike vehicle lamp
    food drink cream lotion gel supplement treat mixture blend gadget equipment furniture container vessel sachet pouch carton
    """.split()  # noqa: SIM905
)
_VERB = r"\s+(?:is|are|was|has|have|can|comes?|[a-z]{2,}(?<!s)s)\b"


def is_subject(match: re.Match[str], sentence: str) -> bool:
    """Whether the word is what the product is called where the sentence begins: "This pot holds…", "The bag weighs…"."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    this = re.fullmatch(r"\W*(?:this|these)\s+", before, re.I)
    the = re.fullmatch(r"\W*(?:the)\s+", before, re.I) and match[0].lower().removesuffix("s") in _GENERIC
    return bool(this or the) and bool(
        re.match(_VERB, after) or (this and match[0].endswith("s") and re.match(r"\s+[a-z]", after))
    )


def _belongs_to_number(word: str, sentence: str, start: int) -> bool:
    """ "70 cm high": whether a word for a side stands right behind its amount."""
    before = sentence[:start].rstrip()
    last = WORD.findall(before)[-1:]
    return word.lower() in _SIZED and bool(
        (last and (canonical_dimension(last[0]) or re.search(r"\d", last[0]))) or before.endswith(('"', "″", "”"))
    )
