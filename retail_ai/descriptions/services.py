"""Writes of the descriptions room: start a job, draft, edit, reject, flag stale. publishing.py puts texts live.

Nothing here enqueues; the doors do.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.catalog.selectors import facts_of
from retail_ai.descriptions.checking import check_text_of, tidy
from retail_ai.descriptions.guides import guides_for
from retail_ai.descriptions.live import live_text_of
from retail_ai.descriptions.models import Draft, TextField
from retail_ai.descriptions.pipeline import write_texts
from retail_ai.descriptions.prompts import PROMPT_VERSION
from retail_ai.descriptions.snapshots import bounded, facts_hash, snapshot
from retail_ai.descriptions.voice_releases import writer_for
from retail_ai.descriptions.written import Written
from retail_ai.engine.composer import TONES
from retail_ai.engine.facts import ProductFacts
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
    facts = {key: bounded(each) for key, each in facts_of(list(products.values())).items()}
    counts: Counter[str] = Counter()
    drafts: list[Draft] = []
    texts = write_texts(
        list(facts.values()), fields=fields, languages=languages, generator=writer_for(generator), tone=tone,
        voice=guides_for(languages),
    )  # fmt: skip
    for (key, product), written in zip(products.items(), texts, strict=True):
        if refused := [f"{TextField(one.field).label}: {one.refused}" for one in written if one.refused]:
            failures[key] = " ".join(refused)
        for one in written:
            if not one.refused:
                drafts.append(_draft(product, facts[product.pk], one, tone, job))
            counts.update(_count(one))
    _supersede(drafts)
    return Draft.objects.bulk_create(drafts), counts, failures


def edit_draft(*, draft: Draft, text: str, reviewer: Any) -> Draft:
    """Replace the text of a waiting draft and check it anew; claims without a fact are a warning, never an error.

    Raises InvalidInput for an empty text and for one of more than LONGEST_TEXT characters; the draft stays as it was.
    """
    if not draft.is_waiting:
        raise InvalidInput(_("Only a waiting draft can be edited; this one: %(state)s.") % _state(draft))
    text = tidy(text)
    if text != draft.text:
        checked = check_text_of(draft, text)
        draft.text, draft.edited_at, draft.reviewer = text, timezone.now(), reviewer
        draft.claims, draft.unsupported, draft.style = checked.claims, checked.unsupported, checked.style
        draft.save(update_fields=["text", "edited_at", "reviewer", "claims", "unsupported", "style"])
    return draft


def reject_draft(*, draft: Draft, reviewer: Any, reason: str = "") -> Draft:
    """Put a waiting draft aside; it stays in the history."""
    if not draft.is_waiting:
        raise InvalidInput(_("Only a waiting draft can be rejected; this one: %(state)s.") % _state(draft))
    draft.state, draft.reviewer, draft.reviewed_at, draft.reason = (
        Draft.State.REJECTED,
        reviewer,
        timezone.now(),
        reason[:300],
    )
    draft.save(update_fields=["state", "reviewer", "reviewed_at", "reason"])
    return draft


def _supersede(drafts: Sequence[Draft]) -> None:
    """Waiting drafts of the same fields give way, those that went stale while they waited included."""
    for field, language in {(d.field, d.language) for d in drafts}:
        products = [d.product_id for d in drafts if (d.field, d.language) == (field, language)]
        waiting = Q(state=Draft.State.DRAFT) | Q(state=Draft.State.STALE, published_at=None)
        old = Draft.objects.filter(waiting, product__in=products, field=field, language=language)
        old.update(state=Draft.State.SUPERSEDED)


def _draft(product: Any, facts: ProductFacts, one: Written, tone: str, job: Job | None) -> Draft:
    return Draft(
        product=product, field=one.field, language=one.language, text=one.text, written_text=one.text,
        facts=snapshot(facts), facts_hash=facts_hash(facts), sentences=one.sentences, claims=one.claims,
        contradictions=one.contradictions, generator=one.generator, prompt_version=PROMPT_VERSION, tone=tone,
        scores=one.scores, tokens=one.tokens, prompt_tokens=one.prompt_tokens, seconds=one.seconds,
        unsupported=one.unsupported, guide=one.guide, style=one.style, job=job,
        live_when_written=live_text_of(product, one.field, one.language),
    )  # fmt: skip


def _state(draft: Draft) -> dict[str, Any]:
    return {"state": draft.get_state_display()}


def _count(one: Written) -> Counter[str]:
    return Counter(
        drafted=int(not one.refused),
        refused=int(bool(one.refused)),
        fallen_back=int(one.fell_back),
        flagged=int(bool(one.unsupported)),
        off_guide=int(bool(one.style)),
        contradictions=int(bool(one.contradictions)),
        model_sentences=int(one.scores.get("model_sentences", 0)),
        model_sentences_kept=int(one.scores.get("model_kept", 0)),
    )


def _keys(products: Iterable[Any]) -> list[str]:
    if isinstance(products, QuerySet):
        return [str(key) for key in products.order_by("pk").values_list("pk", flat=True)]
    return [str(getattr(product, "pk", product)) for product in products]
