"""Puts texts live and takes them back. Every text that was live stays as a TextVersion, the shop's own included.

Nothing is overwritten unseen: each service is told, or knows, which live text the person saw, and raises
LiveTextChanged where another is live now. ``seen`` is a mark (live.mark_of) of the text that they were shown.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.descriptions.live import LiveTextChanged, live_text_of, locked, mark_of
from retail_ai.descriptions.models import Draft, TextVersion
from retail_ai.exceptions import InvalidInput
from retail_ai.stores import StoreAdapter, get_store


def why_unpublishable(*, product: Any, field: str, language: str) -> str:
    """Why the shop has no place for this text; empty when it has one. ``product`` may be the product model."""
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
def publish_draft(*, draft: Draft, reviewer: Any, seen: str | None = None) -> TextVersion:
    """Make a waiting draft's text the live one; what was live is kept. Raises InvalidInput where it cannot be.

    Without ``seen`` the live text must be the one that was live when the draft was written.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if not draft.is_waiting:
        raise InvalidInput(_publishable_no_more(draft))
    product = locked(draft.product)
    if reason := why_unpublishable(product=product, field=draft.field, language=draft.language):
        raise InvalidInput(reason)
    live = _live_as_seen(product, draft.field, draft.language, seen, draft.live_when_written)
    _live_drafts(product, draft.field, draft.language).exclude(pk=draft.pk).update(state=Draft.State.SUPERSEDED)
    now = timezone.now()
    draft.state, draft.previous_text, draft.reviewer = Draft.State.PUBLISHED, live, reviewer
    draft.reviewed_at = draft.published_at = now
    draft.save(update_fields=["state", "previous_text", "reviewer", "reviewed_at", "published_at"])
    return _go_live(product, draft.field, draft.language, draft.text, TextVersion.Origin.DRAFT, reviewer, draft=draft)


@transaction.atomic
def undo_publish(*, draft: Draft, reviewer: Any, seen: str | None = None) -> TextVersion:
    """Put back what was live before a published draft; the draft waits for review again.

    Without ``seen`` the draft's own text must still be the live one.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if not draft.is_live:
        raise InvalidInput(
            _("Only a published text can be taken back; this one: %(state)s.") % {"state": draft.get_state_display()}
        )
    product = locked(draft.product)
    _live_as_seen(product, draft.field, draft.language, seen, draft.text)
    another = Draft.objects.filter(product=product, field=draft.field, language=draft.language, state="draft").exists()
    draft.state = Draft.State.SUPERSEDED if another else Draft.State.DRAFT
    draft.published_at = draft.reviewed_at = None
    draft.live_when_written = draft.previous_text
    draft.save(update_fields=["state", "published_at", "reviewed_at", "live_when_written"])
    return _go_live(
        product, draft.field, draft.language, draft.previous_text, TextVersion.Origin.UNDO, reviewer, draft=draft
    )


@transaction.atomic
def restore_version(*, version: TextVersion, reviewer: Any, seen: str | None = None) -> TextVersion:
    """Make any earlier text live again, as a new version. Without ``seen`` the newest version must be live."""
    product, field, language = locked(version.product), version.field, version.language
    newest = TextVersion.objects.filter(product=product, field=field, language=language).order_by("-number").first()
    _live_as_seen(product, field, language, seen, newest.text if newest else None)
    _live_drafts(product, field, language).update(state=Draft.State.SUPERSEDED)
    return _go_live(product, field, language, version.text, TextVersion.Origin.UNDO, reviewer, source=version)


def _publishable_no_more(draft: Draft) -> str:
    if draft.state == Draft.State.STALE:
        return _("This text is live already; its facts have changed. Draft it anew.")
    return _("Only a waiting draft can be published; this one: %(state)s.") % {"state": draft.get_state_display()}


def _live_drafts(product: Any, field: str, language: str) -> QuerySet[Draft]:
    """Drafts whose text is live: published, or gone stale since. One that went stale while it waited is none."""
    live = Q(state=Draft.State.PUBLISHED) | Q(state=Draft.State.STALE, published_at__isnull=False)
    return Draft.objects.filter(live, product=product, field=field, language=language)


def _live_as_seen(product: Any, field: str, language: str, seen: str | None, expected: str | None) -> str:
    """The live text, which must be the one that the person saw, or the expected one; None expects nothing."""
    live = live_text_of(product, field, language)
    wrong = mark_of(live) != seen if seen else expected is not None and live != expected
    if wrong:
        raise LiveTextChanged(live)
    return live


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
    is_own = TextVersion.objects.filter(**row, origin=TextVersion.Origin.SHOP, text=text).exists()
    _write(store.restore_text if is_own else store.write_text, product, field, language, text)
    return TextVersion.objects.create(
        **row, number=number + 1, text=text, origin=origin, draft=draft, by=by, restored_from=source
    )


def _write(put: Callable[..., None], product: Any, field: str, language: str, text: str) -> None:
    """Through the shop's adapter; a text that the shop's field cannot hold is an error in words."""
    try:
        with transaction.atomic():
            put(product, field, language, text)
    except (DataError, ValidationError) as error:
        why = str(error).splitlines()[0]
        raise InvalidInput(
            _("The shop's field cannot hold this text (%(why)s). Shorten it; nothing was changed.") % {"why": why}
        ) from error
