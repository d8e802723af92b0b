"""Proves texts sentence by sentence: what is not backed is left out. It writes and stores nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from retail_ai.engine.claims_text import HAN, sentences, words
from retail_ai.engine.composer import Composed, Sentence
from retail_ai.engine.grounding import FactBase, check_text, unsupported

_ODD = re.compile(r"[<>{}\[\]|*#_]|https?:|\b(I|we|our|my|as an ai|here is|sure)\b", re.I)
ROUNDS = 4
_RELATIONS = frozenset({"number", "object", "material", "colour", "code"})


class _HasBase(Protocol):
    base: FactBase


def proved(composed: Composed, task: _HasBase, again: Callable[[frozenset[str]], Composed] | None = None) -> Composed:
    """The composed text and its choices without any sentence that the strict check does not back.

    ``again`` composes without some facts: where a sentence fails, it is written anew without the facts that fail it.
    """
    if not composed.sentences:
        if not unsupported(composed.text, task.base):
            return composed
        return replace(composed, text=composed.plan.name)
    left_out: frozenset[str] = frozenset()
    current = _with_backed_choices(composed, task.base)
    for _ in range(ROUNDS):
        failing = [place[0] for place in current.choices if not _backed(place[0], task.base)]
        blamed = frozenset(i for sentence in failing for i in _blamed(sentence, current, task.base))
        if again is None or not blamed - left_out:
            break
        left_out |= blamed
        current = _with_backed_choices(again(left_out), task.base)
    choices = tuple(place for place in current.choices if _backed(place[0], task.base))
    if choices == current.choices == composed.choices:
        return composed
    choices = choices or ((Sentence(f"{composed.plan.name}.", ("title",)),),)
    whole = replace(current, plan=composed.plan, choices=choices)
    return whole.with_sentences([place[0] for place in choices])


def _with_backed_choices(composed: Composed, base: FactBase) -> Composed:
    """Each sentence's wordings that hold; where none does, the first alone, which fails."""
    places = composed.choices or tuple((s,) for s in composed.sentences)
    return replace(composed, choices=tuple(tuple(s for s in p if _backed(s, base)) or p[:1] for p in places))


def _backed(sentence: Sentence, base: FactBase) -> bool:
    return not unsupported(sentence.text, base, strict=True)


def _blamed(sentence: Sentence, composed: Composed, base: FactBase) -> set[str]:
    """The facts of a sentence that fail it: those whose point holds the words of a claim, else all of them."""
    points = [p for p in composed.plan.points if set(p.fact_ids) <= set(sentence.fact_ids)]
    claims = [v.claim.text.lower() for v in unsupported(sentence.text, base, strict=True)]
    guilty = [p for p in points if any(claim in " ".join((p.name, *p.values)).lower() for claim in claims)]
    return {i for p in guilty or points for i in p.fact_ids} - {"title", "brand", "category"}


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
