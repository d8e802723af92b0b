"""Many drafts at once: which are clean, publish, take back. Each draft is done by itself; reasons are kept."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.descriptions.models import Draft, TextVersion
from retail_ai.descriptions.publishing import publish_draft, undo_publish, why_unpublishable
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.stores import get_store


def clean_drafts() -> QuerySet[Draft]:
    """Waiting drafts that may be published unread: each claim has a fact, none was left unchecked, the guide is
    kept, the catalogue does not contradict itself, and the shop has a place for the text."""
    waiting = Draft.objects.filter(state=Draft.State.DRAFT, unsupported=0, style=[], contradictions=[])
    return waiting.exclude(scores__has_key="partly_checked").filter(pk__in=_with_a_place(waiting).values("pk"))


def _with_a_place(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Those of the fields and languages that the shop can show."""
    model = get_store().product_model
    for field, language in drafts.order_by().values_list("field", "language").distinct():
        if why_unpublishable(product=model, field=field, language=language):
            drafts = drafts.exclude(field=field, language=language)
    return drafts


def why_not_clean(draft: Draft) -> str:
    """What a person should look at before this draft goes live; empty for a clean one."""
    if draft.unsupported:
        return _("%(count)d claims without a fact") % {"count": draft.unsupported}
    if draft.style:
        return _("%(count)d places break the style guide") % {"count": len(draft.style)}
    if draft.contradictions:
        return _("the catalogue contradicts itself")
    if "partly_checked" in draft.scores:
        return _("only partly checked in this language")
    return ""


def publish_many(*, drafts: Iterable[Draft], reviewer: Any, only_clean: bool = True) -> tuple[int, dict[str, str]]:
    """Publish each waiting draft by itself; (number published, by key why others were not)."""
    return _each(
        drafts, lambda draft: publish_draft(draft=draft, reviewer=reviewer), why_not_clean if only_clean else None
    )


def undo_many(*, drafts: Iterable[Draft], reviewer: Any) -> tuple[int, dict[str, str]]:
    """Put back what was live before each published draft; (number taken back, by key why others were not)."""
    return _each(drafts, lambda draft: undo_publish(draft=draft, reviewer=reviewer))


def start_bulk_job(*, kind: str, drafts: QuerySet[Draft], started_by: Any) -> Job:
    """A queued job that publishes ("descriptions.publish") or takes back ("descriptions.undo") the drafts."""
    title = {
        "descriptions.publish": _("Publish %(count)d texts"),
        "descriptions.undo": _("Take %(count)d texts back"),
    }[kind]
    keys = [str(key) for key in drafts.order_by("product", "field", "pk").values_list("pk", flat=True)]
    return create_job(kind=kind, title=title % {"count": len(keys)}, keys=keys, started_by=started_by)


def _each(
    drafts: Iterable[Draft],
    act: Callable[[Draft], TextVersion],
    objection: Callable[[Draft], str] | None = None,
) -> tuple[int, dict[str, str]]:
    done, problems = 0, {}
    for draft in drafts:
        try:
            if why := objection(draft) if objection else "":
                raise InvalidInput(why)
            act(draft)
            done += 1
        except InvalidInput as error:
            problems[str(draft.pk)] = f"{draft}: {error}"
    return done, problems
