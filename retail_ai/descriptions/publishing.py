"""Puts texts live and takes them back. Every text that was live stays as a TextVersion, the shop's own included."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.descriptions.models import Draft, TextVersion
from retail_ai.exceptions import InvalidInput
from retail_ai.stores import StoreAdapter, get_store


def why_unpublishable(*, product: Any, field: str, language: str) -> str:
    """Why the shop has no place for this text; empty when it has one."""
    store = get_store()
    if type(store).write_text is not StoreAdapter.write_text:
        return ""
    try:
        product._meta.get_field(store.text_field(field))
    except FieldDoesNotExist:
        return _("The shop has no field for this text. Override write_text in its adapter.")
    if language.split("-")[0] != settings.LANGUAGE_CODE.split("-")[0]:
        return _("The shop keeps one language in this field. Override read_text and write_text in its adapter.")
    return ""


@transaction.atomic
def publish_draft(*, draft: Draft, reviewer: Any) -> TextVersion:
    """Make a waiting draft's text the live one; what was live is kept. Raises InvalidInput where it cannot be."""
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.state not in (Draft.State.DRAFT, Draft.State.STALE):
        raise InvalidInput(f"Only a waiting draft can be published; this one is {draft.get_state_display()}.")
    if draft.published_at:
        raise InvalidInput("This text is live already; its facts have changed. Draft it anew.")
    if reason := why_unpublishable(product=draft.product, field=draft.field, language=draft.language):
        raise InvalidInput(reason)
    live = get_store().read_text(draft.product, draft.field, draft.language)
    Draft.objects.filter(
        product=draft.product, field=draft.field, language=draft.language, state__in=["published", "stale"]
    ).exclude(pk=draft.pk).update(state=Draft.State.SUPERSEDED)
    now = timezone.now()
    draft.state, draft.previous_text, draft.reviewer = Draft.State.PUBLISHED, live, reviewer
    draft.reviewed_at = draft.published_at = now
    draft.save(update_fields=["state", "previous_text", "reviewer", "reviewed_at", "published_at"])
    return _go_live(
        draft.product, draft.field, draft.language, draft.text, TextVersion.Origin.DRAFT, reviewer, draft=draft
    )


def publish_many(*, drafts: Iterable[Draft], reviewer: Any, only_backed: bool = True) -> tuple[int, list[str]]:
    """Publish each waiting draft by itself; (number published, why others were not). Unbacked claims hold one back."""
    done, problems = 0, []
    for draft in drafts:
        if only_backed and draft.unsupported:
            problems.append(
                _("%(draft)s: %(count)d claims without a fact") % {"draft": draft, "count": draft.unsupported}
            )
            continue
        try:
            publish_draft(draft=draft, reviewer=reviewer)
            done += 1
        except InvalidInput as error:
            problems.append(f"{draft}: {error}")
    return done, problems


@transaction.atomic
def undo_publish(*, draft: Draft, reviewer: Any) -> TextVersion:
    """Put back what was live before a published draft; the draft waits for review again."""
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.state != Draft.State.PUBLISHED:
        raise InvalidInput(f"Only a published text can be taken back; this one is {draft.get_state_display()}.")
    if Draft.objects.filter(product=draft.product, field=draft.field, language=draft.language, state="draft").exists():
        draft.state = Draft.State.SUPERSEDED
    else:
        draft.state = Draft.State.DRAFT
    draft.published_at = draft.reviewed_at = None
    draft.save(update_fields=["state", "published_at", "reviewed_at"])
    return _go_live(
        draft.product, draft.field, draft.language, draft.previous_text, TextVersion.Origin.UNDO, reviewer, draft=draft
    )


@transaction.atomic
def restore_version(*, version: TextVersion, reviewer: Any) -> TextVersion:
    """Make any earlier text live again, as a new version."""
    Draft.objects.filter(
        product=version.product, field=version.field, language=version.language, state=Draft.State.PUBLISHED
    ).update(state=Draft.State.SUPERSEDED)
    return _go_live(
        version.product,
        version.field,
        version.language,
        version.text,
        TextVersion.Origin.UNDO,
        reviewer,
        source=version,
    )


def _go_live(
    product: Any, field: str, language: str, text: str, origin: str, by: Any,
    *, draft: Draft | None = None, source: TextVersion | None = None,
) -> TextVersion:  # fmt: skip
    """Keep what is live now if it is not kept yet, write the text to the shop, and record it."""
    store = get_store()
    row = {"product": product, "field": field, "language": language}
    latest = TextVersion.objects.select_for_update().filter(**row).order_by("-number").first()
    number = latest.number if latest else 0
    live = store.read_text(product, field, language)
    if latest is None or latest.text != live:
        number += 1
        TextVersion.objects.create(**row, number=number, text=live, origin=TextVersion.Origin.SHOP)
    store.write_text(product, field, language, text)
    return TextVersion.objects.create(
        **row, number=number + 1, text=text, origin=origin, draft=draft, by=by, restored_from=source
    )
