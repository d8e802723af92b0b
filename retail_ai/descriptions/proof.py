"""Proves texts sentence by sentence: what is not backed is left out. It writes and stores nothing."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Protocol

from retail_ai.descriptions.mending import mendings
from retail_ai.descriptions.slots import Locked, unlock
from retail_ai.engine.claims_text import HAN, sentences, stem, stems, words
from retail_ai.engine.composer import Composed, Sentence
from retail_ai.engine.grounding import FactBase, Verdict, check_text, unsupported
from retail_ai.engine.grounding_amounts import ROLE_WORDS, roles_of
from retail_ai.engine.plan_names import kind_of

_ODD = re.compile(r"[<>{}\[\]|*#_]|https?:|\b(I|we|our|my|as an ai|here is|sure)\b", re.I)
# Small models say the same twice in a sentence, or leave out the verb: "A wall mount, and a warranty."
_TWICE = re.compile(r"\b(\w+(?: \w+){3})\b.*\b\1\b|\b(?:free (?:from|of)) (\w+)\b.*\b\2[ -]free\b", re.I)
_NO_VERB = re.compile(
    r"^An? (?!.*\b(?:is|are|was|were|has|have|can|will|comes?|goes|weighs|makes|lets|keeps)\b).*, and an? ", re.I
)
ROUNDS = 4
# Kinds of facts whose value says what it is about, and words of names that say nothing of their own.
_SPEAK_FOR_THEMSELVES = frozenset(
    """
    colour material noun type os processor compat compat_os origin use inks certificate audience author brand model
    """.split()  # noqa: SIM905
)
_FOR = re.compile(r"\b(?:for|with|to|fits?|suits?|suitable|compatible|supports?|runs?|works?)\b", re.I)
_GENERAL = frozenset(
    stem(w) for w in ["type", "size", "number", "quantity", "count", "value", "total", "maximum", "minimum", "main"]
)
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
    backed = cache(lambda sentence: not unsupported(sentence, task.base, strict=True))
    left_out: frozenset[str] = frozenset()
    current = _with_backed_choices(composed, backed)
    for _ in range(ROUNDS):
        failing = [place[0] for place in current.choices if not backed(place[0].text)]
        blamed = frozenset(i for sentence in failing for i in _blamed(sentence, current, task.base))
        if again is None or not blamed - left_out:
            break
        left_out |= blamed
        current = _with_backed_choices(again(left_out), backed)
    choices = tuple(place for place in current.choices if backed(place[0].text))
    if choices == current.choices == composed.choices:
        return composed
    choices = choices or ((Sentence(f"{composed.plan.name}.", ("title",)),),)
    whole = replace(current, plan=composed.plan, choices=choices)
    return whole.with_sentences([place[0] for place in choices])


def _with_backed_choices(composed: Composed, backed: Callable[[str], bool]) -> Composed:
    """Each sentence's wordings that hold; where none does, the first alone, which fails."""
    places = composed.choices or tuple((s,) for s in composed.sentences)
    return replace(composed, choices=tuple(tuple(s for s in p if backed(s.text)) or p[:1] for p in places))


def _blamed(sentence: Sentence, composed: Composed, base: FactBase) -> set[str]:
    """The facts of a sentence that fail it: those whose point holds the words of a claim, else all of them."""
    points = [p for p in composed.plan.points if set(p.fact_ids) <= set(sentence.fact_ids)]
    claims = [v.claim.text.lower() for v in unsupported(sentence.text, base, strict=True)]
    guilty = [p for p in points if any(claim in " ".join((p.name, *p.values)).lower() for claim in claims)]
    return {i for p in guilty or points for i in p.fact_ids} - {"title", "brand", "category"}


def kept_sentences(text: str, base: FactBase, composed: Composed) -> tuple[list[dict[str, Any]], int]:
    """(the model's sentences that hold, how many it wrote): fully backed, saying a fact, in the text's language.

    One that does not hold is mended by rule where that leaves a sentence that does: its origin is "repaired". One
    that says nothing new is left out.
    """
    kept: list[dict[str, Any]] = []
    said: set[str] = set()
    spans = sentences(text)
    for start, end in spans:
        sentence = text[start:end].strip()
        if sentence[-1:] not in (".", "!", "。"):
            continue  # cut off by the limit of tokens
        for origin, candidate in _as_written_or_mended(sentence, base):
            facts = _facts_said(candidate, base, composed.plan.name)
            if facts and not facts <= said:
                kept.append({"text": candidate, "origin": origin, "facts": sorted(facts)})
                said |= facts
                break
    return kept, len(spans)


def locked_sentences(
    text: str, locked: Locked, sentences_: Sequence[Sentence], base: FactBase, composed: Composed
) -> list[dict[str, Any]]:
    """The sentences that a model reworded with its claims locked, where they hold: they say the same facts."""
    kept = []
    for sentence, homes in unlock(text, locked):
        same = [sentences_[i] for i in sorted(homes)]
        facts = sorted({i for s in same for i in s.fact_ids})
        holds = _well_formed(sentence, composed.plan.name) and not unsupported(sentence, base, strict=True)
        if holds and sentence != " ".join(s.text for s in same):
            kept.append({"text": sentence, "origin": "repaired", "facts": facts})
    return kept


def _as_written_or_mended(sentence: str, base: FactBase) -> Iterator[tuple[str, str]]:
    yield "model", sentence
    for candidate in mendings(sentence, base):
        yield "repaired", candidate


def _facts_said(sentence: str, base: FactBase, name: str) -> set[str]:
    """The facts that a sentence says; empty where it does not hold, or says none."""
    if not _well_formed(sentence, name):
        return set()
    verdicts = check_text(sentence, base, strict=True)
    facts = {v.fact.id for v in verdicts if v.fact and v.fact.id.startswith("a") and v.claim.kind in _RELATIONS}
    holds = all(v.supported for v in verdicts) and bool(facts) and _each_fact_named(sentence, verdicts)
    return facts if holds else set()


def _well_formed(sentence: str, name: str) -> bool:
    count = len(words(sentence))
    return (
        4 <= count <= 32
        and sentence[-1] in ".!。"
        and not _ODD.search(sentence)
        and not _TWICE.search(sentence)
        and not _NO_VERB.search(sentence)
        and not HAN.search(sentence)
        and bool(name)
    )


def _each_fact_named(sentence: str, verdicts: Sequence[Verdict]) -> bool:
    """Each attribute that a model's sentence says is named in it, so that the heel's 7 cm are not the shoe's height.

    A colour or a material needs no name; a weight may be told by "weighs"; a part's words must all be there.
    """
    said = stems(sentence)
    for verdict in verdicts:
        fact = verdict.fact
        if fact is None or not fact.id.startswith("a") or fact.is_flag:
            continue
        # What it is for or goes with must be said so: a case for notebooks does not "feature notebooks".
        if kind_of(fact.name) in ("use", "compat", "compat_os") and not _FOR.search(sentence[: verdict.claim.start]):
            return False
        if kind_of(fact.name) in _SPEAK_FOR_THEMSELVES:
            continue
        if verdict.claim.key in stems(fact.name) and verdict.claim.kind != "number":
            continue
        name = stems(fact.name) - _GENERAL
        if not name - ROLE_WORDS <= said or (name and not (name & said or roles_of(name) & said)):
            return False
    return True
