"""Facts → plan → text → proof, for a batch of products. Every sentence that stays is proved; it stores nothing.

A language model's sentences are kept where each word of them is backed; what they leave unsaid the composer says. Of
the composer's wordings of each sentence the model picks the likeliest. With no model the composer writes all.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default

from retail_ai.backends import Generator, get_generator
from retail_ai.descriptions.asking import Asked, ask, tally_of
from retail_ai.descriptions.foreign import Ask, composes, write_foreign
from retail_ai.descriptions.prompts import describe
from retail_ai.descriptions.proof import proved
from retail_ai.descriptions.variety import vary
from retail_ai.descriptions.voiced import in_voice, not_to_say
from retail_ai.descriptions.written import Json, Written, claims_of, contradictions_of
from retail_ai.engine.claims_text import stems
from retail_ai.engine.composer import Composed, compose_text, paragraphs
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.grounding import FactBase
from retail_ai.engine.voice import NO_GUIDE, Guide
from retail_ai.exceptions import RetailAIError

logger = logging.getLogger(__name__)
COMPOSER = "composer/2"
RANKING_PROMPT = "Product description:"
FREE_FIELDS = ("description", "short_description")
# Wordings of a sentence that the model chooses among, orders of a text, and how many nats a token more may cost:
# likelihood alone would take the shortest.
VARIANTS, ORDERS, TOKEN_WORTH = 6, 2, 3.6


@dataclass(slots=True)
class _Task:
    base: FactBase
    field: str
    language: str
    tone: str
    guide: Guide
    asked: Asked | None = None
    composed: Composed | None = None
    scores: dict[str, float | int | str] = default(default_factory=dict)
    unsaid: frozenset[str] = default(init=False)

    def __post_init__(self) -> None:
        self.unsaid = not_to_say(self.base, self.guide, self.language)


def write_texts(
    facts: Sequence[ProductFacts],
    *,
    fields: Sequence[str],
    languages: Sequence[str] = ("en",),
    generator: str | Generator = "default",
    tone: str = "plain",
    voice: Mapping[str, Guide] | None = None,
) -> list[list[Written]]:
    """For each product, one Written a language and field; languages the composer lacks need a model and come last.

    ``voice`` is the shop's guide by language. A text that could not be had says why in ``refused``.
    """
    model, voice = usable_generator(generator), voice or {}
    bases = [FactBase(each) for each in facts]
    asked = [(f, lang, voice.get(lang, NO_GUIDE)) for lang in languages for f in fields]
    own = [[_Task(base, f, lang, tone, g) for f, lang, g in asked if composes(lang)] for base in bases]
    every = [task for group in own for task in group]
    if model is not None:
        _generate(model, every)
        _rank(model, every)
    foreign = [[Ask(base, f, lang, tone, g) for f, lang, g in asked if not composes(lang)] for base in bases]
    rest = iter(write_foreign(model, [ask for group in foreign for ask in group]))
    texts = [
        [in_voice(_write(task, model), task.base, task.guide) for task in mine]
        + [in_voice(next(rest), ask.base, ask.guide) for ask in others]
        for mine, others in zip(own, foreign, strict=True)
    ]
    vary(texts, bases, tone=tone, voice=dict(voice))
    return texts


def usable_generator(alias: str | Generator) -> Generator | None:
    """The language model of that alias; None where the composer is meant or the model cannot work now."""
    if isinstance(alias, Generator):
        return alias
    if alias == "composer":
        return None
    try:
        model = get_generator(alias)
        problems = model.check()
    except (RetailAIError, ImportError) as error:
        logger.warning("Generator %r cannot work, the composer writes instead: %s", alias, error)
        return None
    if problems:
        logger.warning("Generator %r cannot work, the composer writes instead: %s", alias, "; ".join(problems))
        return None
    return None if model.identity.startswith("composer/") else model


def _generate(model: Generator, tasks: list[_Task]) -> None:
    """Ask the model for the fields it writes freely, one batch a field so that lengths are alike."""
    for field in FREE_FIELDS:
        mine = [task for task in tasks if task.field == field and task.language == "en"]
        if not mine or not tally_of(model).worth_asking:
            continue
        for task in mine:
            task.asked = _asked(task)
        ask(model, [task.asked for task in mine if task.asked])


def _asked(task: _Task) -> Asked:
    composed = _compose(task)
    prompt = describe(composed.plan, field=task.field, language="en", tone=task.tone, guide=task.guide)
    return Asked(task.base, task.field, composed, prompt)


def _rank(model: Generator, tasks: list[_Task]) -> None:
    """Let the model choose the wording of each composed sentence, of a few orders the best, all texts in one go."""
    ranked = [t for t in tasks if model.can_score and t.field in FREE_FIELDS and t.language == "en"]
    if not ranked:
        return
    drawn = [[_proved(task, VARIANTS, seed) for seed in range(ORDERS)] for task in ranked]
    for task, texts in zip(ranked, drawn, strict=True):
        task.composed = texts[0]
    every = [text for texts in drawn for text in texts]
    try:
        scored = model.score_choices(RANKING_PROMPT, [[[s.text for s in p] for p in c.choices] for c in every])
    except RetailAIError as error:
        logger.warning("The model could not rank, the composer chooses: %s", error)
        return
    chosen = [_chosen(text, places) for text, places in zip(every, scored, strict=True)]
    for number, task in enumerate(ranked):
        mine = chosen[number * ORDERS : (number + 1) * ORDERS]
        fullest = max(text.coverage for text, _, _ in mine)
        task.composed, _, gain = max((c for c in mine if c[0].coverage == fullest), key=lambda c: c[1])
        places = scored[number * ORDERS : (number + 1) * ORDERS]
        task.scores = {
            "ranked_by": model.identity,
            "variants": sum(len(place) for text in places for place in text),
            "log_likelihood_gain": round(gain, 4),
        }


def _chosen(text: Composed, places: list[list[tuple[float, int]]]) -> tuple[Composed, float, float]:
    """(the text of the best wordings, how good it is a token, nats gained over the default wordings)."""
    values = [[likely + TOKEN_WORTH * length for likely, length in place] for place in places]
    best = [max(range(len(v)), key=v.__getitem__) for v in values]
    said = [place[i] for place, i in zip(places, best, strict=True)]
    gain = sum(likely for likely, _ in said) - sum(place[0][0] for place in places)
    each = sum(likely for likely, _ in said) / max(1, sum(length for _, length in said))
    return text.with_sentences([p[i] for p, i in zip(text.choices, best, strict=True)]), each, gain


def _write(task: _Task, model: Generator | None) -> Written:
    started = time.perf_counter()
    composed = task.composed or _proved(task)
    scores = dict(task.scores)
    sentences, text = _own(composed), composed.text
    asked = task.asked if task.asked and task.asked.seen else None
    if asked:
        scores |= {"model_sentences": asked.seen, "model_kept": len(asked.kept)}
        if asked.kept:
            text, sentences = _blend(composed, asked.kept, task.field)
    scores["coverage"] = round(_coverage(composed, sentences), 3)
    return Written(
        field=task.field,
        language=task.language,
        text=text,
        sentences=sentences,
        claims=claims_of(text, task.base),
        generator=_identity(model, scores),
        contradictions=contradictions_of(task.base),
        scores=scores,
        tokens=asked.completion_tokens + asked.prompt_tokens if asked else 0,
        prompt_tokens=asked.prompt_tokens if asked else 0,
        seconds=round(time.perf_counter() - started + (asked.seconds if asked else 0.0), 4),
    )


def _compose(task: _Task, width: int = 1, without: frozenset[str] = frozenset(), seed: int = 0) -> Composed:
    without |= task.unsaid
    return compose_text(
        task.base, field=task.field, language=task.language, tone=task.tone, seed=seed, without=without, width=width
    )


def _proved(task: _Task, width: int = 1, seed: int = 0) -> Composed:
    return proved(_compose(task, width, seed=seed), task, lambda without: _compose(task, width, without, seed))


def _blend(composed: Composed, kept: list[Json], field: str) -> tuple[str, list[Json]]:
    """The model's proved sentences, then what is left unsaid; first the composer's opening, where the model's own

    first sentence does not name the product or leaves out what the opening says.
    """
    said = {str(i) for sentence in kept for i in sentence["facts"]}
    own = _own(composed)
    opens = bool(stems(str(kept[0]["text"])) & stems(composed.plan.name)) and _facts(own[0]) <= said
    rest = [s for s in own[1:] if not set(s["facts"]) <= said]
    sentences = [*(own[:1] if not opens else []), *kept, *rest]
    if field != "description":
        sentences = sentences[:3]
    return paragraphs([str(s["text"]) for s in sentences], " "), sentences


def _coverage(composed: Composed, sentences: list[Json]) -> float:
    """Share of the planned points that the sentences say."""
    said = {str(i) for sentence in sentences for i in sentence["facts"]}
    points = composed.plan.points
    return sum(set(p.fact_ids) - {"title"} <= said for p in points) / len(points) if points else 1.0


def _facts(sentence: Json) -> set[str]:
    return {str(i) for i in sentence["facts"]} - {"title", "brand", "category"}


def _own(composed: Composed) -> list[Json]:
    return [{"text": s.text, "origin": "composer", "facts": list(s.fact_ids)} for s in composed.sentences]


def _identity(model: Generator | None, scores: dict[str, float | int | str]) -> str:
    if model is None:
        return COMPOSER
    if scores.get("model_kept"):
        return f"{model.identity} + {COMPOSER}"[:200]
    return f"{COMPOSER} (ranked by {model.identity})"[:200] if scores.get("ranked_by") else COMPOSER
