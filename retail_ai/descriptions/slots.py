"""Lets a model reword composed sentences while what they claim is locked: each claim becomes a mark such as [1].

What comes back is taken sentence by sentence, where each mark in it is one that was given and stands nowhere else.
Whether a sentence holds, filled in, is for proof.py to say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retail_ai.backends import Message, Prompt
from retail_ai.engine.claims import extract_claims
from retail_ai.engine.claims_text import sentences
from retail_ai.engine.composer import Sentence
from retail_ai.engine.grounding import FactBase

_MARK = re.compile(r"\[(\d{1,3})\]")
_SYSTEM = (
    "You make product texts read well. Marks such as [1] stand for facts: use each mark exactly once, never change or "
    "explain one, and claim nothing besides. Answer with the text alone."
)


@dataclass(frozen=True, slots=True)
class Locked:
    """The text with marks, and what each mark stands for; ``homes``: the sentence that each mark is from."""

    text: str
    words: tuple[str, ...]
    homes: tuple[int, ...]


def lock(composed: Sequence[Sentence]) -> Locked:
    """Every claim of the sentences replaced by a mark; words next to each other share one."""
    words: list[str] = []
    homes: list[int] = []
    lines = []
    for number, sentence in enumerate(composed):
        line, end = "", 0
        for start, stop in _spans(sentence.text):
            words.append(sentence.text[start:stop])
            homes.append(number)
            line += f"{sentence.text[end:start]}[{len(words)}]"
            end = stop
        lines.append(line + sentence.text[end:])
    return Locked(" ".join(lines), tuple(words), tuple(homes))


def prompt_for(locked: Locked, base: FactBase) -> Prompt:
    """What the model is asked; the supplier's words do not stand in it."""
    return Prompt(
        messages=(Message("system", _SYSTEM), Message("user", f"Reword this text:\n{locked.text}")),
        facts=base.product,
        hints={"field": "description", "language": "en", "tone": "plain"},
    )


def unlock(written: str, locked: Locked) -> list[tuple[str, frozenset[int]]]:
    """(filled sentence, the composed sentences it stands for) for each sentence that used its marks rightly.

    A composed sentence must come back whole: all of its marks in one sentence, once, and no mark of another's.
    """
    spans = [written[a:b].strip() for a, b in sentences(written)]
    counts = [int(m) for m in _MARK.findall(written)]
    found = []
    for text in spans:
        marks = [int(m) for m in _MARK.findall(text)]
        if not marks or any(not 1 <= m <= len(locked.words) or counts.count(m) > 1 for m in marks):
            continue
        homes = frozenset(locked.homes[m - 1] for m in marks)
        if {i + 1 for i, home in enumerate(locked.homes) if home in homes} == set(marks):
            found.append((_MARK.sub(lambda m: locked.words[int(m[1]) - 1], text), homes))
    return found


def _spans(text: str) -> list[tuple[int, int]]:
    """Where claims stand, those with nothing but a blank between them as one."""
    spans: list[tuple[int, int]] = []
    for claim in extract_claims(text, strict=True):
        if spans and text[spans[-1][1] : claim.start] in ("", " ", "-", ", "):
            spans[-1] = (spans[-1][0], max(claim.end, spans[-1][1]))
        elif not spans or claim.start >= spans[-1][1]:
            spans.append((claim.start, claim.end))
    return spans
