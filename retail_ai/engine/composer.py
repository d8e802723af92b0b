"""Writes every kind of text from a product's facts, with no model: always the same for a product, never an invention.

``compose`` is what the composer backend calls. English and Simplified Chinese; other languages raise ValueError.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from retail_ai.engine.composer_en import Writer as EnglishWriter
from retail_ai.engine.composer_en_draw import Sentence
from retail_ai.engine.composer_fields import alt_text, bullets, seo_title, within
from retail_ai.engine.composer_zh import Writer as ChineseWriter
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.grounding_facts import FactBase
from retail_ai.engine.plan import Plan, make_plan

__all__ = ["LIMITS", "TONES", "Composed", "Sentence", "compose", "compose_text", "languages"]

LIMITS = {"short_description": 240, "seo_title": 60, "meta_description": 155, "alt_text": 125}
TONES = ("plain", "friendly", "concise")
_POINTS = {
    "description": 12,
    "short_description": 4,
    "meta_description": 5,
    "bullets": 8,
    "seo_title": 6,
    "alt_text": 6,
}


@dataclass(frozen=True, slots=True)
class Composed:
    """A text, the sentences it is made of, and the plan it says.

    ``choices``: for each sentence all wordings of it that were asked for, the one in the text among them.
    """

    text: str
    sentences: tuple[Sentence, ...]
    plan: Plan
    choices: tuple[tuple[Sentence, ...], ...] = ()
    field: str = "description"
    blank: str = " "

    @property
    def coverage(self) -> float:
        """Share of the planned points that the text says."""
        said = {i for sentence in self.sentences for i in sentence.fact_ids}
        points = self.plan.points
        return sum(set(p.fact_ids) - {"title"} <= said for p in points) / len(points) if points else 1.0

    def with_sentences(self, sentences: Sequence[Sentence]) -> "Composed":
        """The same text of other sentences, cut to the field's length."""
        kept = list(sentences)
        if self.text.startswith("- "):
            return replace(self, text="\n".join(f"- {s.text}" for s in kept), sentences=tuple(kept))
        if self.field in LIMITS:
            kept = within(kept, LIMITS[self.field], self.blank)
        return replace(self, text=paragraphs([s.text for s in kept], self.blank), sentences=tuple(kept))


def languages() -> tuple[str, ...]:
    """Languages that can be composed without a model."""
    return ("en", "zh-hans")


def compose(
    facts: ProductFacts, *, field: str = "description", language: str = "en", tone: str = "plain", **_: str
) -> str:
    """The text alone; see compose_text."""
    return compose_text(facts, field=field, language=language, tone=tone).text


def compose_text(
    facts: ProductFacts | FactBase,
    *,
    field: str = "description",
    language: str = "en",
    tone: str = "plain",
    seed: int = 0,
    without: frozenset[str] = frozenset(),
    width: int = 1,
) -> Composed:
    """Text for one field. ``seed`` picks another wording; facts named in ``without`` are not said.

    ``width``: how many wordings of each sentence to offer in ``choices`` (English only).

    Raises ValueError for other languages.
    """
    if language.lower().split("-")[0] not in ("en", "zh"):
        raise ValueError(f"The composer writes {', '.join(languages())}, not {language!r}.")
    chinese = language.lower().startswith("zh")
    base = facts if isinstance(facts, FactBase) else FactBase(facts)
    limit = _POINTS.get(field, 8) - (3 if tone == "concise" and field == "description" else 0)
    plan = make_plan(base, limit=limit, without=without)
    rng = random.Random(blake2b(f"{base.product.key}|{field}|{tone}|{seed}".encode(), digest_size=8).digest())  # noqa: S311
    if field == "seo_title":
        return Composed(seo_title(plan, LIMITS[field], chinese), (), plan)
    if field == "alt_text":
        return Composed(alt_text(plan, LIMITS[field], chinese), (), plan)
    if field == "bullets":
        lines = bullets(plan, chinese)
        return Composed("\n".join(f"- {line.text}" for line in lines), tuple(lines), plan)
    blank = "" if chinese else " "
    if chinese:
        places = [[sentence] for sentence in ChineseWriter(plan, rng, tone).sentences()]
    else:
        places = EnglishWriter(plan, rng, tone).places(width)
    whole = Composed("", (), plan, tuple(map(tuple, places)), field, blank)
    return whole.with_sentences([place[0] for place in places])


def paragraphs(texts: Sequence[str], blank: str) -> str:
    """One paragraph, or two of like length when there are many sentences."""
    if len(texts) < 5:
        return blank.join(texts)
    half = (len(texts) + 1) // 2
    return blank.join(texts[:half]) + "\n\n" + blank.join(texts[half:])
