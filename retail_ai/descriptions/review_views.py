"""The review page of one draft: claims beside facts, the difference to the live text, and its buttons. Each calls one
service. Typed text is never lost: what cannot be saved comes back on the page with the reason."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from retail_ai.descriptions import selectors
from retail_ai.descriptions.bulk import why_not_clean
from retail_ai.descriptions.checking import LONGEST_TEXT, Checked, check_text_of, remarks_on, style_in_words, tidy
from retail_ai.descriptions.live import mark_of
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.publishing import publish_draft, undo_publish, why_unpublishable
from retail_ai.descriptions.services import edit_draft, reject_draft
from retail_ai.engine.composer import LIMITS
from retail_ai.engine.diff import diff
from retail_ai.exceptions import InvalidInput
from retail_ai.stores import get_store


def review(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """A draft with its claims, facts and difference; POST accepts, saves, rejects or takes back."""
    draft = _draft(model_admin, request, object_id)
    if request.method != "POST":
        return _page(model_admin, request, draft)
    if not model_admin.has_change_permission(request, draft):
        raise PermissionDenied
    try:
        return HttpResponseRedirect(_act(request, draft))
    except InvalidInput as error:
        messages.error(request, str(error))
        draft.refresh_from_db()
        return _page(model_admin, request, draft, typed=request.POST.get("text"))


def check(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """What is known of the text that is being typed, as JSON. It stores nothing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    draft = _draft(model_admin, request, object_id)
    try:
        text = tidy(request.POST.get("text", ""))
    except InvalidInput as error:
        return JsonResponse({"error": str(error)})
    checked = check_text_of(draft, text)
    return JsonResponse(
        {
            "segments": [[s.text, s.claim, s.fact] for s in selectors.segments(text, checked.claims)],
            "diff": [[p.kind, p.text] for p in diff(selectors.live_text(draft), text)],
            "verdict": _verdict(checked),
            "good": not checked.unsupported,
            "notes": [style_in_words(f) for f in checked.style] + checked.remarks,
        }
    )


def _draft(model_admin: Any, request: HttpRequest, object_id: str) -> Draft:
    draft = get_object_or_404(Draft.objects.select_related("product", "reviewer"), pk=object_id)
    if not model_admin.has_view_or_change_permission(request, draft):
        raise PermissionDenied
    return draft


def _act(request: HttpRequest, draft: Draft) -> str:
    """One button of the page; the address to go to next. What a page shows as live goes with the click."""
    action, seen, here = request.POST.get("action"), request.POST.get("seen") or None, _url(draft)
    following = selectors.next_waiting(draft)
    onward = _url(following) if following else here
    if action in ("save", "accept") and "text" in request.POST:
        draft = edit_draft(draft=draft, text=request.POST["text"], reviewer=request.user)
    if action == "accept":
        publish_draft(draft=draft, reviewer=request.user, seen=seen)
        messages.success(request, _("Live now: %(draft)s") % {"draft": draft})
        return onward
    if action == "reject":
        reject_draft(draft=draft, reviewer=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, _("Rejected: %(draft)s") % {"draft": draft})
        return onward
    if action == "undo":
        undo_publish(draft=draft, reviewer=request.user, seen=seen)
        messages.success(request, _("The text from before is live again; this one waits for review."))
    elif action == "save":
        _tell_saved(request, draft)
    return here


def _tell_saved(request: HttpRequest, draft: Draft) -> None:
    if draft.unsupported or draft.style:
        messages.warning(request, _("Saved. Not all of it is backed; see the marks below. You decide."))
    else:
        messages.success(request, _("Saved. Every claim is backed by a fact."))


def _verdict(checked: Checked) -> str:
    """Claims and the backed ones in a few words."""
    if bad := checked.unsupported:
        names = ", ".join(f"“{c['text']}”" for c in checked.claims if c["fact"] is None)[:300]
        text = ngettext("%(n)d claim without a fact: %(names)s", "%(n)d claims without a fact: %(names)s", bad)
        return text % {"n": bad, "names": names}
    count = len(checked.claims)
    return ngettext("%(n)d claim, backed", "%(n)d claims, all backed", count) % {"n": count}


def _page(model_admin: Any, request: HttpRequest, draft: Draft, typed: str | None = None) -> HttpResponse:
    live = selectors.live_text(draft)
    context = _about(draft) | {
        **admin.site.each_context(request),
        "title": _("Review"),
        "opts": Draft._meta,
        "draft": draft,
        "live": live,
        "seen": mark_of(live),
        "live_changed": selectors.live_changed(draft, live),
        "difference": diff(draft.text if draft.is_live else live, live if draft.is_live else draft.text),
        "typed": draft.text if typed is None else typed,
        "can_change": model_admin.has_change_permission(request, draft),
        "longest": LONGEST_TEXT,
    }
    return TemplateResponse(request, "admin/retail_ai/draft/review.html", context)


def _about(draft: Draft) -> dict[str, Any]:
    following, before = selectors.next_waiting(draft), selectors.previous_waiting(draft)
    # By the guide as it is now: the job that notes it in the drafts may not have come here yet.
    draft.style = check_text_of(draft, draft.text).style
    return {
        "segments": selectors.segments(draft.text, draft.claims),
        "facts": selectors.fact_rows(draft),
        "verdict": _verdict(Checked(draft.claims, draft.style)),
        "notes": [style_in_words(f) for f in draft.style] + remarks_on(draft, draft.text),
        "changed": selectors.facts_changed(draft),
        "look_at": why_not_clean(draft),
        "siblings": [(number, one, _url(one)) for number, one in enumerate(selectors.siblings(draft), start=1)],
        "next_url": _url(following) if following else "",
        "previous_url": _url(before) if before else "",
        "waiting": selectors.waiting_count(),
        "blocked": why_unpublishable(product=draft.product, field=draft.field, language=draft.language),
        "product_url": get_store().product_url(draft.product),
        "limit": LIMITS.get(draft.field),
        "rows": 3 if len(draft.text) < 200 else 9,
    }


def _url(draft: Draft) -> str:
    return reverse("admin:retail_ai_draft_change", args=[draft.pk])
