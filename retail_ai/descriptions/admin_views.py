"""Pages of the admin: choose what to write, review a draft, a product's texts. Each view calls one service."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from retail_ai.conf import conf
from retail_ai.descriptions import selectors
from retail_ai.descriptions.forms import WriteForm
from retail_ai.descriptions.models import Draft, TextVersion
from retail_ai.descriptions.publishing import publish_draft, restore_version, undo_publish, why_unpublishable
from retail_ai.descriptions.services import edit_draft, reject_draft, start_draft_job
from retail_ai.engine.diff import diff
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.tasks import enqueue
from retail_ai.stores import get_store

FOLDER = "admin/retail_ai/draft"


def choose(request: HttpRequest, products: QuerySet[Any]) -> HttpResponse:
    """The page between the action and the job: what to write, and what it will take."""
    keys = [str(key) for key in products.order_by("pk").values_list("pk", flat=True)]
    return _choose_page(request, WriteForm(initial={"keys": ",".join(keys)}), len(keys))


def write(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Start the job that the form describes."""
    if not request.user.has_perm("retail_ai.change_draft"):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:retail_ai_draft_changelist"))
    form = WriteForm(request.POST)
    if not form.is_valid():
        return _choose_page(request, form, len([k for k in request.POST.get("keys", "").split(",") if k]))
    given = form.cleaned_data
    job = start_draft_job(
        products=given["keys"],
        started_by=request.user,
        fields=given["fields_"],
        languages=given["languages"],
        generator=given["generator"],
        tone=given["tone"],
    )
    enqueue(job)
    messages.success(request, _("Started: %(job)s") % {"job": job})
    return HttpResponseRedirect(reverse("admin:retail_ai_job_change", args=[job.pk]))


def review(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """A draft with its claims, facts and difference; POST accepts, saves, rejects or takes back."""
    draft = get_object_or_404(Draft.objects.select_related("product", "reviewer"), pk=object_id)
    if not model_admin.has_view_or_change_permission(request, draft):
        raise PermissionDenied
    if request.method == "POST":
        if not model_admin.has_change_permission(request, draft):
            raise PermissionDenied
        return _act(request, draft)
    return _review_page(model_admin, request, draft)


def texts(model_admin: Any, request: HttpRequest, key: str) -> HttpResponse:
    """Every text a product ever had, by field, with a button that puts one back."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    product = _product(key)
    if product is None:
        raise Http404
    if request.method == "POST":
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        version = get_object_or_404(TextVersion, pk=request.POST.get("version"), product=product)
        restore_version(version=version, reviewer=request.user)
        messages.success(request, _("Version %(number)d is live again.") % {"number": version.number})
        return HttpResponseRedirect(request.path)
    drafts = Draft.objects.filter(product=product).select_related("reviewer")[:50]
    context = _context(request, _("Texts of %(product)s") % {"product": product}) | {
        "product": product,
        "fields": _by_field(product),
        "drafts": drafts,
        "can_change": model_admin.has_change_permission(request),
        "product_url": get_store().product_url(product),
    }
    return TemplateResponse(request, f"{FOLDER}/texts.html", context)


def _product(key: str) -> Any:
    """The product whose key stands in the address; None for a key that no product can have."""
    try:
        return get_store().products().filter(pk=key).first()
    except (ValueError, ValidationError):
        return None


def _act(request: HttpRequest, draft: Draft) -> HttpResponse:
    """One button of the review page."""
    action, here = request.POST.get("action"), reverse("admin:retail_ai_draft_change", args=[draft.pk])
    following = selectors.next_waiting(draft)
    onward = reverse("admin:retail_ai_draft_change", args=[following.pk]) if following else here
    try:
        if action in ("save", "accept") and "text" in request.POST:
            draft = edit_draft(draft=draft, text=request.POST["text"], reviewer=request.user)
        if action == "accept":
            publish_draft(draft=draft, reviewer=request.user)
            messages.success(request, _("Live now: %(draft)s") % {"draft": draft})
            return HttpResponseRedirect(onward)
        if action == "reject":
            reject_draft(draft=draft, reviewer=request.user, reason=request.POST.get("reason", ""))
            messages.success(request, _("Rejected: %(draft)s") % {"draft": draft})
            return HttpResponseRedirect(onward)
        if action == "undo":
            undo_publish(draft=draft, reviewer=request.user)
            messages.success(request, _("The text from before is live again; this one waits for review."))
        elif action == "save":
            _tell_saved(request, draft)
    except InvalidInput as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(here)


def _tell_saved(request: HttpRequest, draft: Draft) -> None:
    if draft.unsupported:
        messages.warning(
            request,
            _("Saved. %(count)d claims have no fact behind them; they are marked below. You decide.")
            % {"count": draft.unsupported},
        )
    else:
        messages.success(request, _("Saved. Every claim is backed by a fact."))


def _review_page(model_admin: Any, request: HttpRequest, draft: Draft) -> HttpResponse:
    live = selectors.live_text(draft)
    following = selectors.next_waiting(draft)
    waiting = draft.state == Draft.State.DRAFT or (draft.state == Draft.State.STALE and not draft.published_at)
    context = _context(request, _("Review")) | {
        "draft": draft,
        "segments": selectors.segments(draft),
        "facts": selectors.fact_rows(draft),
        "difference": diff(live, draft.text),
        "live": live,
        "changed": selectors.facts_changed(draft),
        "next_url": reverse("admin:retail_ai_draft_change", args=[following.pk]) if following else "",
        "waiting": selectors.waiting_count(),
        "can_change": model_admin.has_change_permission(request, draft),
        "is_waiting": waiting,
        "blocked": why_unpublishable(product=draft.product, field=draft.field, language=draft.language),
        "product_url": get_store().product_url(draft.product),
        "rows": 2 if len(draft.text) < 160 else 10,
    }
    return TemplateResponse(request, f"{FOLDER}/review.html", context)


def _choose_page(request: HttpRequest, form: WriteForm, count: int) -> HttpResponse:
    """The form with an estimate a generator, for one text a product; the page multiplies as boxes are ticked."""
    estimates = [
        {"alias": alias, "label": label, "one": selectors.estimate(products=count, texts=1, generator=alias)}
        for alias, label in form.fields["generator"].choices  # type: ignore[attr-defined]
        if alias in conf.GENERATORS
    ]
    context = _context(request, _("Generate descriptions")) | {"form": form, "count": count, "estimates": estimates}
    return TemplateResponse(request, f"{FOLDER}/write.html", context)


def _by_field(product: Any) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    store = get_store()
    for version in selectors.versions_of(product):
        row = rows.setdefault(
            (version.field, version.language),
            {"label": version.get_field_display(), "language": version.language, "versions": []},
        )
        if not row["versions"]:
            row["live"] = store.read_text(product, version.field, version.language)
        row["versions"].append(version)
    return list(rows.values())


def _context(request: HttpRequest, title: str) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title, "opts": Draft._meta}
