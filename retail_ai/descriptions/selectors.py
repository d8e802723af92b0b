"""Reads of the descriptions room: what the review page shows and what waits. It changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.descriptions.live import live_text_of
from retail_ai.descriptions.models import Draft, TextField, TextVersion
from retail_ai.descriptions.snapshots import facts_hash, to_facts
from retail_ai.descriptions.written import facts_of_base
from retail_ai.engine.grounding import FactBase
from retail_ai.stores import get_store


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a draft's text; ``claim`` numbers it from 1, ``fact`` is the id of the fact behind it."""

    text: str
    claim: int = 0
    kind: str = ""
    fact: str = ""


def segments(text: str, claims: Sequence[dict[str, Any]]) -> list[Segment]:
    """A text cut at its claims."""
    found, at = [], 0
    for number, claim in enumerate(claims, start=1):
        if claim["start"] < at:
            continue
        if claim["start"] > at:
            found.append(Segment(text[at : claim["start"]]))
        found.append(Segment(text[claim["start"] : claim["end"]], number, claim["kind"], claim["fact"] or ""))
        at = claim["end"]
    if at < len(text):
        found.append(Segment(text[at:]))
    return found


def fact_rows(draft: Draft) -> list[dict[str, Any]]:
    """The facts the draft saw, each with whether the text says it; said ones first."""
    said = {claim["fact"] for claim in draft.claims}
    said |= {fact for each in draft.sentences if each["text"] in draft.text for fact in each["facts"]}
    rows = [row | {"said": row["id"] in said} for row in facts_of_base(FactBase(to_facts(draft.facts)))]
    return sorted(rows, key=lambda row: not row["said"])


def live_text(draft: Draft) -> str:
    """What the shop shows in the draft's field now."""
    return live_text_of(draft.product, draft.field, draft.language)


def live_changed(draft: Draft, live: str) -> bool:
    """Whether the live text is another than when the draft was written (or, once published, than the draft)."""
    known = draft.text if draft.is_live else draft.live_when_written
    return known is not None and live != known


def next_waiting(draft: Draft) -> Draft | None:
    """The draft to review after this one: the product's other fields first, then the next product's."""
    waiting = Draft.objects.filter(state=Draft.State.DRAFT).exclude(pk=draft.pk)
    return waiting.filter(pk__gt=draft.pk).order_by("pk").first() or waiting.order_by("pk").first()


def previous_waiting(draft: Draft) -> Draft | None:
    """The draft that waits before this one."""
    return Draft.objects.filter(state=Draft.State.DRAFT, pk__lt=draft.pk).order_by("-pk").first()


def siblings(draft: Draft) -> list[Draft]:
    """The newest draft of each of the product's fields in the draft's language, in the fields' order; this one too."""
    rows = Draft.objects.filter(product=draft.product, language=draft.language).exclude(
        state__in=[Draft.State.SUPERSEDED, Draft.State.REJECTED]
    )
    newest = {row.field: row for row in rows.order_by("pk")} | {draft.field: draft}
    return [newest[field] for field in TextField.values if field in newest]


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


def contradictions_of_job(job_id: int, most: int = 20) -> list[str]:
    """Where the catalogue contradicts itself, as lines for a job's report; each product once."""
    found: dict[Any, str] = {}
    drafts = Draft.objects.filter(job=job_id).exclude(contradictions=[]).select_related("product").order_by("pk")
    for draft in drafts.iterator(chunk_size=200):
        first = draft.contradictions[0]
        found.setdefault(
            draft.product_id,
            _("%(product)s: “%(title)s” and “%(name)s: %(value)s” contradict each other")
            % {**first, "product": draft.product},
        )
        if len(found) == most:
            break
    return list(found.values())
