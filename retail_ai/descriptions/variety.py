"""Keeps texts of one category from reading alike: one too like another gets another of the composer's wordings.

Likeness is that of the words in order, without names and numbers, which differ by product anyway. A text that a model
had a part in is left as it is.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from retail_ai.descriptions.proof import proved
from retail_ai.descriptions.voiced import in_voice, not_to_say
from retail_ai.descriptions.written import Written, claims_of
from retail_ai.engine.composer import Composed, compose_text
from retail_ai.engine.grounding import FactBase
from retail_ai.engine.voice import Guide

FIELDS = ("description", "short_description", "meta_description")
# Share of words in the same order from which two texts read alike, and other wordings tried.
ALIKE, TRIES = 0.85, 8
_WORD = re.compile(r"[a-z]{2,}|[\u4e00-\u9fff]")
_CAPITALS = re.compile(r"(?<![.!?\n] )(?<!^)\b[A-Z]\S*")


@dataclass(slots=True)
class _Based:
    base: FactBase


def vary(texts: Sequence[Sequence[Written]], bases: Sequence[FactBase], *, tone: str, voice: dict[str, Guide]) -> None:
    """Change, in place, the texts that read like an earlier one of the same category, field and language."""
    seen: dict[tuple[object, str, str], list[list[str]]] = defaultdict(list)
    for written, base in zip(texts, bases, strict=True):
        for one in written:
            if one.field in FIELDS and one.text and all(s["origin"] == "composer" for s in one.sentences):
                before = seen[(base.product.category, one.field, one.language)]
                _otherwise(one, base, before, tone, voice.get(one.language))
                before.append(skeleton(one.text))


def skeleton(text: str) -> list[str]:
    """The words of a text in order, without numbers and without names, which begin with a capital in a sentence."""
    return _WORD.findall(_CAPITALS.sub("", text).lower())


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Share of the words that two skeletons have in the same order, 0 to 1."""
    return SequenceMatcher(a=a, b=b, autojunk=False).ratio()


def _otherwise(one: Written, base: FactBase, before: list[list[str]], tone: str, guide: Guide | None) -> None:
    best = _nearest(one.text, before)
    without = not_to_say(base, guide, one.language) if guide else frozenset[str]()
    for seed in range(101, 101 + TRIES):
        if best < ALIKE:
            return
        composed = proved(
            compose_text(base, field=one.field, language=one.language, tone=tone, seed=seed, without=without),
            _Based(base),
        )
        other = _nearest(composed.text, before)
        if other < best and composed.coverage >= float(one.scores.get("coverage", 0)):
            _replace(one, composed, base, guide)
            best = _nearest(one.text, before)


def _nearest(text: str, before: list[list[str]]) -> float:
    mine = skeleton(text)
    return max((likeness(mine, other) for other in before), default=0.0)


def _replace(one: Written, composed: Composed, base: FactBase, guide: Guide | None) -> None:
    one.text = composed.text
    one.sentences = [{"text": s.text, "origin": "composer", "facts": list(s.fact_ids)} for s in composed.sentences]
    one.claims = claims_of(one.text, base)
    one.scores |= {"varied": True}
    if guide:
        in_voice(one, base, guide)
