"""Pages of the admin: choose what to write, a product's texts, publish what is clean. See also review_views.py."""

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
from retail_ai.descriptions.bulk import clean_drafts, start_bulk_job
from retail_ai.descriptions.estimates import rates_of
from retail_ai.descriptions.forms import WriteForm
from retail_ai.descriptions.live import live_text_of, mark_of
from retail_ai.descriptions.models import Draft, TextVersion
from retail_ai.descriptions.prices import price_of
from retail_ai.descriptions.publishing import restore_version
from retail_ai.descriptions.services import start_draft_job
from retail_ai.engine.diff import diff
from retail_ai.exceptions import ConfigurationError, InvalidInput
from retail_ai.jobs.models import Job
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
    return to_job(request, job)


def write_stale(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """The page that starts drafting, for every product with a stale text."""
    if not request.user.has_perm("retail_ai.change_draft"):
        raise PermissionDenied
    stale = Draft.objects.filter(state=Draft.State.STALE).values("product")
    products = get_store().products().filter(pk__in=stale)
    if not products.exists():
        messages.info(
            request, _("No text is marked out of date. Products that were changed in bulk are looked at by night.")
        )
        return HttpResponseRedirect(reverse("admin:retail_ai_draft_changelist"))
    return choose(request, products)


def publish_clean(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Every draft that may go live unread: first how many, then a job."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    drafts = clean_drafts()
    if request.method == "POST":
        return to_job(request, start_bulk_job(kind="descriptions.publish", drafts=drafts, started_by=request.user))
    examples = drafts.select_related("product").order_by("pk")[:20]
    context = _context(request, _("Publish every clean draft")) | {
        "count": drafts.count(), "waiting": selectors.waiting_count(), "examples": examples,
    }  # fmt: skip
    return TemplateResponse(request, f"{FOLDER}/publish.html", context)


def to_job(request: HttpRequest, job: Job) -> HttpResponse:
    """Hand the job to the workers and show its page."""
    enqueue(job)
    messages.success(request, _("Started: %(job)s") % {"job": job})
    return HttpResponseRedirect(reverse("admin:retail_ai_job_change", args=[job.pk]))


def texts(model_admin: Any, request: HttpRequest, key: str) -> HttpResponse:
    """Every text a product ever had, by field, with its difference to the live one and a button to put it back."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    product = _product(key)
    if product is None:
        raise Http404
    if request.method == "POST":
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        _restore(request, product)
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


def _restore(request: HttpRequest, product: Any) -> None:
    number = request.POST.get("version", "")
    version = get_object_or_404(TextVersion, pk=number if number.isdigit() else 0, product=product)
    try:
        restore_version(version=version, reviewer=request.user, seen=request.POST.get("seen") or None)
    except InvalidInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Version %(number)d is live again.") % {"number": version.number})


def _product(key: str) -> Any:
    """The product whose key stands in the address; None for a key that no product can have."""
    try:
        return get_store().products().filter(pk=key).first()
    except (ValueError, ValidationError):
        return None


def _choose_page(request: HttpRequest, form: WriteForm, count: int) -> HttpResponse:
    """The form with what a text of each field takes by each generator; the page adds up what is ticked."""
    aliases = form.fields["generator"].choices  # type: ignore[attr-defined]
    estimates = [_rates(alias, label) for alias, label in aliases if alias in conf.GENERATORS]
    context = _context(request, _("Generate descriptions")) | {
        "form": form, "count": count, "estimates": estimates, "rates": {e["alias"]: e["rates"] for e in estimates},
    }  # fmt: skip
    return TemplateResponse(request, f"{FOLDER}/write.html", context)


def _rates(alias: str, label: str) -> dict[str, Any]:
    rates, problem = rates_of(alias), ""
    try:
        price = price_of(alias)
    except ConfigurationError as error:
        price, problem = None, str(error)
    read, written, currency = price or (0, 0, "")
    return {
        "alias": alias, "label": label, "currency": currency, "problem": problem,
        "measured": sum(rate.measured for rate in rates.values()),
        "rates": {
            field: [r.seconds, r.tokens,
                    (r.prompt_tokens * float(read) + (r.tokens - r.prompt_tokens) * float(written)) / 1e6]
            for field, r in rates.items()
        },
    }  # fmt: skip


def _by_field(product: Any) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for version in selectors.versions_of(product):
        key = (version.field, version.language)
        if key not in rows:
            live = live_text_of(product, *key)
            rows[key] = {
                "label": version.get_field_display(), "language": version.language, "live": live,
                "seen": mark_of(live), "outside": live != version.text, "versions": [],
            }  # fmt: skip
        version.difference = diff(rows[key]["live"], version.text)  # type: ignore[attr-defined]
        rows[key]["versions"].append(version)
    return list(rows.values())


def _context(request: HttpRequest, title: str) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title, "opts": Draft._meta}
