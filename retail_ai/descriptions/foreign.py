"""Texts in languages that the composer does not write: a capable model writes, and what can be proved is proved.

There the checker knows numbers, units, codes and names only, so each such text says that it was partly checked and a
person has to read it. A text in another language than the one asked for is refused, with the reason.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from retail_ai.backends import Generation, Generator
from retail_ai.descriptions.prompts import describe
from retail_ai.descriptions.written import Json, Written, claims_of, contradictions_of
from retail_ai.engine.claims_text import sentences
from retail_ai.engine.composer import LIMITS
from retail_ai.engine.grounding import FactBase
from retail_ai.engine.languages import other_language
from retail_ai.engine.plan import make_plan
from retail_ai.engine.voice import NO_GUIDE, Guide
from retail_ai.exceptions import RetailAIError

PROVABLE = ("number", "code")
_POINTS, _TOKENS = {"description": 12, "bullets": 8}, {"description": 260, "bullets": 160}


@dataclass(frozen=True, slots=True)
class Ask:
    """One text to write in a language that the composer lacks."""

    base: FactBase
    field: str
    language: str
    tone: str
    guide: Guide = NO_GUIDE


def composes(language: str) -> bool:
    """Whether the composer writes it: English and Simplified Chinese."""
    code = language.lower()
    return code.split("-")[0] == "en" or (
        code.split("-")[0] == "zh" and not any(part in code for part in ("hant", "-tw", "-hk", "-mo"))
    )


def language_name(code: str) -> str:
    """A language's name in the language of the page; the code where Django does not know it."""
    for known in (code, code.split("-")[0]):
        try:
            return str(get_language_info(known.lower())["name_translated"])
        except KeyError:
            continue
    return code


def write_foreign(model: Generator | None, asks: list[Ask]) -> list[Written]:
    """One text an ask, in order; ``refused`` says why there is none."""
    if not asks:
        return []
    if model is None:
        return [_refused(a, _("no language model is at work here that could write it")) for a in asks]
    prompts = [
        describe(
            make_plan(a.base, limit=_POINTS.get(a.field, 5)), field=a.field, language=a.language, tone=a.tone,
            guide=a.guide,
        )
        for a in asks
    ]  # fmt: skip
    try:
        made = model.generate(prompts, max_tokens=max(_TOKENS.get(a.field, 90) for a in asks), temperature=0.0)
    except RetailAIError as error:
        return [_refused(a, str(error)) for a in asks]
    return [_written(a, g, model) for a, g in zip(asks, made, strict=True)]


def _written(ask: Ask, made: Generation, model: Generator) -> Written:
    text = made.text.strip()
    spent: dict[str, Any] = {
        "generator": model.identity, "tokens": made.prompt_tokens + made.completion_tokens,
        "prompt_tokens": made.prompt_tokens, "seconds": made.seconds,
    }  # fmt: skip
    if not text:
        return _refused(ask, _("the model wrote nothing"), **spent)
    if other := other_language(text, ask.language):
        return _refused(ask, _("the model answered in %(language)s") % {"language": language_name(other)}, **spent)
    spans = sentences(text)
    kept = _kept(text, ask)
    if not kept:
        return _refused(ask, _("no sentence of the model held against the facts"), **spent)
    text = "\n".join(f"- {s['text']}" for s in kept) if ask.field == "bullets" else " ".join(s["text"] for s in kept)
    scores = {"model_sentences": len(spans), "model_kept": len(kept), "partly_checked": True}
    return Written(
        ask.field, ask.language, text, kept, _claims(text, ask.base), contradictions=contradictions_of(ask.base),
        scores=scores, **spent,
    )  # fmt: skip


def _kept(text: str, ask: Ask) -> list[Json]:
    """The sentences without a number or code that no fact backs, as many as the field's length takes."""
    kept: list[Json] = []
    room = LIMITS.get(ask.field, 4_000)
    for start, end in sentences(text):
        sentence = text[start:end].strip(" -–•*\t")
        claims = _claims(sentence, ask.base)
        if sentence and all(c["fact"] for c in claims) and len(sentence) <= room:
            kept.append({"text": sentence, "origin": "model", "facts": sorted({c["fact"] for c in claims})})
            room -= len(sentence) + 1
    return kept


def _claims(text: str, base: FactBase) -> list[Json]:
    return [c for c in claims_of(text, base) if c["fact"] or c["kind"] in PROVABLE]


def _refused(ask: Ask, why: str, **spent: Any) -> Written:
    reason = _("%(language)s was not written: %(why)s.") % {"language": language_name(ask.language), "why": why}
    return Written(ask.field, ask.language, "", [], [], **({"generator": ""} | spent), refused=reason)
