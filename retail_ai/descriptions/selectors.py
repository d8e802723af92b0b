"""Reads of the descriptions room: what the review page shows, what a job will cost, what waits. It changes nothing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, QuerySet, Sum

from retail_ai.descriptions.models import Draft, TextVersion
from retail_ai.descriptions.snapshots import facts_hash, to_facts
from retail_ai.descriptions.written import facts_of_base
from retail_ai.engine.grounding import FactBase
from retail_ai.stores import get_store

# Until drafts of the shop's own say more: seconds and tokens a text, on two cores.
_FIRST_GUESS = {"composer": (0.02, 0.0), "default": (0.3, 40.0)}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a draft's text; ``claim`` numbers it from 1, ``fact`` is the id of the fact behind it."""

    text: str
    claim: int = 0
    kind: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a job will take: seconds on one worker, and tokens; ``measured`` on how many drafts of the shop."""

    seconds: float
    tokens: int
    measured: int


def segments(draft: Draft) -> list[Segment]:
    """The draft's text cut at its claims."""
    found, at = [], 0
    for number, claim in enumerate(draft.claims, start=1):
        if claim["start"] < at:
            continue
        if claim["start"] > at:
            found.append(Segment(draft.text[at : claim["start"]]))
        text = draft.text[claim["start"] : claim["end"]]
        found.append(Segment(text, number, claim["kind"], claim["fact"] or ""))
        at = claim["end"]
    if at < len(draft.text):
        found.append(Segment(draft.text[at:]))
    return found


def fact_rows(draft: Draft) -> list[dict[str, Any]]:
    """The facts the draft saw, each with whether the text says it; said ones first."""
    said = {claim["fact"] for claim in draft.claims}
    rows = [row | {"said": row["id"] in said} for row in facts_of_base(FactBase(to_facts(draft.facts)))]
    return sorted(rows, key=lambda row: not row["said"])


def live_text(draft: Draft) -> str:
    """What the shop shows in the draft's field now."""
    try:
        return get_store().read_text(draft.product, draft.field, draft.language)
    except AttributeError:
        return ""


def next_waiting(draft: Draft) -> Draft | None:
    """The draft to review after this one: the product's other fields first, then the next product's."""
    waiting = Draft.objects.filter(state=Draft.State.DRAFT).exclude(pk=draft.pk)
    return waiting.filter(pk__gt=draft.pk).order_by("pk").first() or waiting.order_by("pk").first()


def waiting_count() -> int:
    return Draft.objects.filter(state=Draft.State.DRAFT).count()


def facts_changed(draft: Draft) -> bool:
    """Whether the catalogue says something else now than when the draft was written."""
    return facts_hash(get_store().facts(draft.product)) != draft.facts_hash


def versions_of(product: Any) -> QuerySet[TextVersion]:
    """Every text that was live for a product, newest first within each field."""
    return (
        TextVersion.objects.filter(product=product)
        .select_related("by", "draft")
        .order_by("field", "language", "-number")
    )


def waiting_of(product: Any) -> list[Draft]:
    return list(Draft.objects.filter(product=product, state=Draft.State.DRAFT).order_by("field"))


def estimate(*, products: int, texts: int, generator: str) -> Estimate:
    """Seconds and tokens for that many products with that many texts each, from the shop's own last drafts."""
    like = Draft.objects.filter(tokens=0) if generator == "composer" else Draft.objects.filter(tokens__gt=0)
    seen = like.order_by("-pk")[:500].aggregate(seconds=Avg("seconds"), tokens=Avg("tokens"), n=Count("pk"))
    guess = _FIRST_GUESS.get(generator, _FIRST_GUESS["default"])
    seconds = seen["seconds"] if seen["seconds"] is not None else guess[0]
    tokens = seen["tokens"] if seen["tokens"] is not None else guess[1]
    return Estimate(round(seconds * products * texts, 1), int(tokens * products * texts), seen["n"] or 0)


def job_report(job_id: int) -> dict[str, Any]:
    """What a drafting job came to, for its page: drafts by state, claims, tokens."""
    drafts = Draft.objects.filter(job=job_id)
    return {
        "states": dict(drafts.values_list("state").annotate(n=Count("pk"))),
        "flagged": drafts.filter(unsupported__gt=0).count(),
        "tokens": drafts.aggregate(total=Sum("tokens"))["total"] or 0,
    }
