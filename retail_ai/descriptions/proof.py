"""Proves texts sentence by sentence: what is not backed is left out. It writes and stores nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from retail_ai.engine.claims_text import HAN, sentences, words
from retail_ai.engine.composer import Composed, Sentence
from retail_ai.engine.grounding import FactBase, check_text, unsupported

_ODD = re.compile(r"[<>{}\[\]|*#_]|https?:|\b(I|we|our|my|as an ai|here is|sure)\b", re.I)
_RELATIONS = frozenset({"number", "object", "material", "colour", "code"})


class _HasBase(Protocol):
    base: FactBase


def proved(composed: Composed, task: _HasBase, again: Callable[[frozenset[str]], Composed] | None = None) -> Composed:
    """The composed text without any sentence that the strict check does not back, at least the product's name.

    ``again`` composes without some facts: where leaving out one fact mends a sentence, the sentence's others stay.
    """
    if not composed.sentences:
        if not unsupported(composed.text, task.base):
            return composed
        return replace(composed, text=composed.plan.name)
    kept = [s for s in composed.sentences if not unsupported(s.text, task.base, strict=True)]
    if len(kept) == len(composed.sentences):
        return composed
    failing = [s for s in composed.sentences if s not in kept]
    if again is not None and len(failing) == 1 and 1 < len(failing[0].fact_ids) < 6:
        for fact in failing[0].fact_ids:
            other = again(frozenset({fact}))
            if not any(unsupported(s.text, task.base, strict=True) for s in other.sentences):
                return replace(other, plan=composed.plan)
    kept = kept or [Sentence(f"{composed.plan.name}.", ("title",))]
    text = "\n".join(f"- {s.text}" for s in kept) if composed.text.startswith("- ") else _joined(kept)
    return replace(composed, text=text, sentences=tuple(kept))


def kept_sentences(text: str, base: FactBase, composed: Composed) -> tuple[list[dict[str, Any]], int]:
    """(the model's sentences that hold, how many it wrote): fully backed, saying a fact, in the text's language."""
    kept: list[dict[str, Any]] = []
    spans = sentences(text)
    for start, end in spans:
        sentence = text[start:end].strip()
        if not _well_formed(sentence, composed.plan.name):
            continue
        verdicts = check_text(sentence, base, strict=True)
        facts = {v.fact.id for v in verdicts if v.fact and v.fact.id.startswith("a") and v.claim.kind in _RELATIONS}
        if all(v.supported for v in verdicts) and facts and _one_fact_a_number(sentence, base):
            kept.append({"text": sentence, "origin": "model", "facts": sorted(facts)})
    return kept, len(spans)


def _well_formed(sentence: str, name: str) -> bool:
    count = len(words(sentence))
    return (
        4 <= count <= 32
        and sentence[-1] in ".!。"
        and not _ODD.search(sentence)
        and not HAN.search(sentence)
        and bool(name)
    )


def _one_fact_a_number(sentence: str, base: FactBase) -> bool:
    """A number in a model's sentence stands near its fact's own name, so that 98 g is not said to be a length."""
    for verdict in check_text(sentence, base):
        fact = verdict.fact
        if verdict.claim.kind == "number" and fact is not None and fact.id.startswith("a"):
            said = sentence.lower()
            names = [w.lower()[:4] for w in re.findall(r"[A-Za-z]{3,}", fact.name)]
            if names and not any(name in said for name in names):
                return False
    return True


def _joined(kept: list[Sentence]) -> str:
    return ("" if any(HAN.search(s.text) for s in kept) else " ").join(s.text for s in kept)
