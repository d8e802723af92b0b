"""Writes of the descriptions room: start a job, draft, edit, reject, flag stale. publishing.py puts texts live.

Nothing here enqueues; the doors do.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.catalog.selectors import facts_of
from retail_ai.descriptions.models import Draft, TextField
from retail_ai.descriptions.pipeline import write_texts
from retail_ai.descriptions.prompts import PROMPT_VERSION
from retail_ai.descriptions.snapshots import facts_hash, snapshot, to_facts
from retail_ai.descriptions.written import Written, claims_of
from retail_ai.engine.composer import TONES
from retail_ai.engine.grounding import FactBase
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.stores import get_store

DEFAULT_FIELDS = ("description", "short_description", "seo_title", "meta_description")


def start_draft_job(
    *,
    products: Iterable[Any],
    started_by: Any = None,
    fields: Sequence[str] = DEFAULT_FIELDS,
    languages: Sequence[str] = ("en",),
    generator: str = "default",
    tone: str = "plain",
) -> Job:
    """A queued job that drafts texts for the products (a queryset, or products or keys). The caller enqueues it.

    Raises InvalidInput for an unknown field or tone, or none.
    """
    if not fields or set(fields) - set(TextField.values):
        raise InvalidInput(f"fields must be some of {', '.join(TextField.values)}; got {list(fields)}")
    if tone not in TONES:
        raise InvalidInput(f"tone must be one of {', '.join(TONES)}; got {tone!r}")
    keys = _keys(products)
    return create_job(
        kind="descriptions.draft",
        title=_("Write descriptions for %(count)d products") % {"count": len(keys)},
        keys=keys,
        started_by=started_by,
        params={"fields": list(fields), "languages": list(languages), "generator": generator, "tone": tone},
    )


@transaction.atomic
def draft_products(
    *,
    keys: Sequence[Any],
    fields: Sequence[str],
    languages: Sequence[str] = ("en",),
    generator: str = "default",
    tone: str = "plain",
    job: Job | None = None,
) -> tuple[list[Draft], Counter[str], dict[str, str]]:
    """(drafts, counts, failures by key). A draft that waited for review on the same field is superseded."""
    store = get_store()
    products = {str(p.pk): p for p in store.products().filter(pk__in=keys)}
    failures = {str(key): _("The product is no longer in the shop.") for key in keys if str(key) not in products}
    facts = list(facts_of(list(products.values())).values())
    counts: Counter[str] = Counter()
    drafts: list[Draft] = []
    texts = write_texts(facts, fields=fields, languages=languages, generator=generator, tone=tone)
    for product, written in zip(products.values(), texts, strict=True):
        for one in written:
            drafts.append(_draft(product, one, store, tone, job))
            counts += _count(one)
    Draft.objects.filter(
        product__in=products.values(), field__in=fields, language__in=languages, state=Draft.State.DRAFT
    ).update(state=Draft.State.SUPERSEDED)
    return Draft.objects.bulk_create(drafts), counts, failures


def edit_draft(*, draft: Draft, text: str, reviewer: Any) -> Draft:
    """Replace the text of a waiting draft and check it anew; claims without a fact are a warning, never an error."""
    text = text.strip().replace("\r\n", "\n")
    if draft.state not in (Draft.State.DRAFT, Draft.State.STALE):
        raise InvalidInput(f"Only a waiting draft can be edited; this one is {draft.get_state_display()}.")
    if not text:
        raise InvalidInput("A draft cannot be empty. Reject it instead.")
    if text != draft.text:
        draft.text, draft.edited_at, draft.reviewer = text, timezone.now(), reviewer
        draft.claims = claims_of(text, FactBase(to_facts(draft.facts)))
        draft.unsupported = sum(claim["fact"] is None for claim in draft.claims)
        draft.save(update_fields=["text", "edited_at", "reviewer", "claims", "unsupported"])
    return draft


def reject_draft(*, draft: Draft, reviewer: Any, reason: str = "") -> Draft:
    """Put a waiting draft aside; it stays in the history."""
    if draft.state not in (Draft.State.DRAFT, Draft.State.STALE):
        raise InvalidInput(f"Only a waiting draft can be rejected; this one is {draft.get_state_display()}.")
    draft.state, draft.reviewer, draft.reviewed_at, draft.reason = (
        Draft.State.REJECTED,
        reviewer,
        timezone.now(),
        reason[:300],
    )
    draft.save(update_fields=["state", "reviewer", "reviewed_at", "reason"])
    return draft


def flag_stale(*, products: QuerySet[Any] | None = None) -> int:
    """Mark published and waiting drafts whose product's facts have changed since; the number of drafts marked."""
    store = get_store()
    drafts = Draft.objects.filter(state__in=[Draft.State.DRAFT, Draft.State.PUBLISHED])
    if products is not None:
        drafts = drafts.filter(product__in=products)
    marked = 0
    keys = list(drafts.order_by("product").values_list("product", flat=True).distinct())
    for start in range(0, len(keys), 500):
        now = {
            k: facts_hash(f) for k, f in facts_of(store.products().filter(pk__in=keys[start : start + 500])).items()
        }
        key: Any
        for key, current in now.items():
            marked += drafts.filter(product_id=key).exclude(facts_hash=current).update(state=Draft.State.STALE)
    return marked


def _draft(product: Any, one: Written, store: Any, tone: str, job: Job | None) -> Draft:
    facts = store.facts(product)
    return Draft(
        product=product,
        field=one.field,
        language=one.language,
        text=one.text,
        written_text=one.text,
        facts=snapshot(facts),
        facts_hash=facts_hash(facts),
        sentences=one.sentences,
        claims=one.claims,
        contradictions=one.contradictions,
        generator=one.generator,
        prompt_version=PROMPT_VERSION,
        tone=tone,
        scores=one.scores,
        tokens=one.tokens,
        seconds=one.seconds,
        unsupported=one.unsupported,
        job=job,
    )


def _count(one: Written) -> Counter[str]:
    return Counter(
        drafted=1,
        fallen_back=int(one.fell_back),
        flagged=int(bool(one.unsupported)),
        contradictions=int(bool(one.contradictions)),
        model_sentences=int(one.scores.get("model_sentences", 0)),
        model_sentences_kept=int(one.scores.get("model_kept", 0)),
    )


def _keys(products: Iterable[Any]) -> list[str]:
    if isinstance(products, QuerySet):
        return [str(key) for key in products.order_by("pk").values_list("pk", flat=True)]
    return [str(getattr(product, "pk", product)) for product in products]
