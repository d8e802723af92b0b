"""How the writer is asked for one sentence, and whether what it answers holds. It trains nothing."""

import random
from collections.abc import Sequence

from retail_ai.backends import Message, Prompt
from retail_ai.descriptions.proof import _facts_said
from retail_ai.engine.composer import Composed, Sentence
from retail_ai.engine.composer_en_draw import Draw
from retail_ai.engine.plan import Plan, Point

SYSTEM = "Say these facts in one sentence."
MAX_TOKENS = 56


def facts_of(plan: Plan, sentence: Sentence) -> list[Point]:
    """The points of the plan that a sentence says; none where it is a list, or long, or says only what it is."""
    said = set(sentence.fact_ids)
    points = [p for p in plan.points if set(p.fact_ids) - {"title"} <= said]
    return points if len(points) < 5 and ":" not in sentence.text[:40] else []


def prompt_of(draw: Draw, points: Sequence[Point]) -> Prompt:
    """What the writer is given: how the product may be called there, then a line a fact."""
    kind = f" ({draw.plan.noun})" if draw.place == 0 and draw.plan.noun else ""
    lines = [f"{p.name}: {'yes' if p.kind == 'flag' else ', '.join(p.values[:5])}" for p in points]
    text = "\n".join([" / ".join(draw.subjects()) + kind, *lines])
    return Prompt(messages=(Message("system", SYSTEM), Message("user", text)), facts=draw.plan.base.product)


def draw_of(text: Composed, place: int, sentence: str) -> Draw:
    """Where a sentence stands; the brand is there where the sentence has it before the name."""
    plan = text.plan
    branded = place == 0 and sentence.startswith(f"The {plan.brand} {plan.name}")
    last = place == len(text.sentences) - 1
    return Draw(plan, random.Random(0), "plain", place, plan.brand if branded else "", last)


def holds(written: str, draw: Draw, points: Sequence[Point]) -> bool:
    """Whether the app would let the sentence stand, and it says each of these facts and no other."""
    wanted = {i for p in points for i in p.fact_ids if i.startswith("a")}
    noun = {i for i in draw.plan.noun_ids if i.startswith("a")}
    said = _facts_said(written, draw.plan.base, draw.plan.name)
    return written.startswith(tuple(draw.subjects())) and wanted - noun <= said <= wanted | noun
