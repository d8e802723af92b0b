"""What a model can learn the shop's voice from: approved texts, apart in three by product. It trains nothing.

A product always falls in the same part, so that no release was ever trained on the texts that judge the next one.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db.models import QuerySet

from retail_ai.backends.trainers.base import Example
from retail_ai.descriptions.guides import guides_for
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.prompts import describe
from retail_ai.descriptions.snapshots import to_facts
from retail_ai.engine.grounding import FactBase
from retail_ai.engine.plan import make_plan
from retail_ai.engine.voice import NO_GUIDE

FIELDS = ("description", "short_description")
FEWEST, MOST = 40, 5_000
# Of ten products: seven to train on, one and a half each to stop by and to judge with.
_PARTS = (("training", 0.70), ("validation", 0.85), ("held_out", 1.0))
_POINTS = {"description": 12, "short_description": 4}


@dataclass(slots=True)
class Lessons:
    """Examples by part, the products that judge, the days the texts are from, and what was left out, by why."""

    parts: dict[str, list[Example]] = field(default_factory=lambda: {name: [] for name, _ in _PARTS})
    judges: list[Any] = field(default_factory=list)
    since: datetime | None = None
    until: datetime | None = None
    edited: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return sum(map(len, self.parts.values()))

    @property
    def is_enough(self) -> bool:
        return self.count >= FEWEST and all(len(part) >= 2 for part in self.parts.values())


def approved_texts() -> QuerySet[Draft]:
    """Texts that a person published, newest first; those since taken back or rejected are none."""
    approved = Draft.objects.filter(published_at__isnull=False, field__in=FIELDS).exclude(
        state__in=[Draft.State.DRAFT, Draft.State.REJECTED]
    )
    return approved.order_by("-published_at", "-pk")


def lesson_counts() -> tuple[int, int]:
    """(texts there are to learn from, edited ones among them), counted without reading them."""
    fit = approved_texts().filter(unsupported=0).order_by()
    each = ("product", "field", "language")
    return (
        min(MOST, fit.values(*each).distinct().count()),
        fit.filter(edited_at__isnull=False).values(*each).distinct().count(),
    )


def lessons() -> Lessons:
    """The newest approved text of each product, field and language; at most MOST of them.

    A text with a claim that no fact backs is left out, although a person let it pass: it would teach inventing.
    """
    found = Lessons()
    drafts = list(approved_texts()[: 2 * MOST])
    guides = guides_for({draft.language for draft in drafts})
    seen: set[tuple[Any, str, str]] = set()
    for draft in drafts:
        key = (draft.product_id, draft.field, draft.language)
        if why := _unfit(draft, key in seen):
            found.left_out[why] += 1
            continue
        seen.add(key)
        _add(found, draft, _example(draft, guides.get(draft.language, NO_GUIDE)))
        if found.count == MOST:
            break
    return found


def part_of(product: Any) -> str:
    """The part that a product's texts fall in, decided by its key alone."""
    place = int.from_bytes(blake2b(str(product).encode(), digest_size=8).digest(), "big") / 2**64
    return next(name for name, end in _PARTS if place < end)


def _unfit(draft: Draft, is_known: bool) -> str:
    if is_known:
        return "older_version"
    if draft.unsupported:
        return "claims_without_a_fact"
    return "" if draft.facts else "no_facts_kept"


def _example(draft: Draft, guide: Any) -> Example:
    """The draft's own facts asked for as its writer is asked, and the text as it was approved."""
    plan = make_plan(FactBase(to_facts(draft.facts)), limit=_POINTS[draft.field])
    prompt = describe(plan, field=draft.field, language=draft.language, tone=draft.tone or "plain", guide=guide)
    return Example(prompt, draft.text)


def _add(found: Lessons, draft: Draft, example: Example) -> None:
    part = part_of(draft.product_id)
    found.parts[part].append(example)
    if part == "held_out" and draft.product_id not in found.judges:
        found.judges.append(draft.product_id)
    found.edited += draft.edited_at is not None
    moment = draft.published_at
    if moment is not None:
        found.since = min(found.since or moment, moment)
        found.until = max(found.until or moment, moment)
