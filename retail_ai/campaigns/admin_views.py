"""The admin's pages of one campaign: prepare, look at mails, test, approve, send; and "Add to campaign"."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from retail_ai.campaigns.audience import audience_of
from retail_ai.campaigns.clearing import draft_for
from retail_ai.campaigns.models import Campaign, CampaignRecipient
from retail_ai.campaigns.services import (
    MOST_FEATURED,
    approve_campaign,
    feature_products,
    send_test,
    start_prepare_job,
    start_send_job,
    withdraw_approval,
)
from retail_ai.exceptions import RetailAIError
from retail_ai.jobs.models import Job
from retail_ai.jobs.tasks import enqueue
from retail_ai.stores.users import email_of

PER_PAGE = 50


def choose_campaign(request: HttpRequest, queryset: Any) -> HttpResponse:
    """The product action's intermediate page: which campaign, or a new one."""
    keys = list(queryset.values_list("pk", flat=True)[: MOST_FEATURED + 1])
    if len(keys) > MOST_FEATURED:
        messages.error(request, _("Select at most %(most)d products for a campaign.") % {"most": MOST_FEATURED})
        return HttpResponseRedirect(request.get_full_path())
    drafts = Campaign.objects.filter(state__in=Campaign.EDITABLE)
    context = {"title": _("Add to campaign"), "keys": keys, "products": queryset, "campaigns": drafts}
    return _page(request, "choose", context)


def draft_wanted(request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """The product action that finds the audience: a segment and a draft, and how many it would reach."""
    keys = list(queryset.values_list("pk", flat=True)[: MOST_FEATURED + 1])
    try:
        campaign = draft_for(products=keys, created_by=request.user)
    except RetailAIError as error:
        messages.error(request, str(error))
        return None
    assert campaign.segment is not None
    audience = audience_of(campaign.segment)
    found = {"matching": audience.matching, "contacts": audience.contacts}
    said = _("%(matching)d customers would want these products; %(contacts)d of them may be mailed.") % found
    level = messages.SUCCESS if audience.contacts else messages.WARNING
    messages.add_message(request, level, f"{said} {_('Look at the draft, then prepare its mails.')}")
    return _to(campaign)


@require_POST
def feature(request: HttpRequest) -> HttpResponse:
    _require(request, "change")
    if request.POST.get("campaign"):
        campaign = get_object_or_404(Campaign, pk=request.POST["campaign"])
    else:
        _require(request, "add")
        name = request.POST.get("name", "").strip()[:120] or _("New campaign")
        campaign = Campaign.objects.create(name=name, created_by_id=request.user.pk)
    try:
        count = feature_products(campaign=campaign, products=request.POST.getlist("product"))
        messages.success(request, _("%(count)d products were added.") % {"count": count})
    except RetailAIError as error:
        messages.error(request, str(error))
    except (ValueError, ValidationError):
        messages.error(request, _("The product is no longer in the shop."))
    return _to(campaign)


def _does(permission: str, change: Callable[[HttpRequest, Campaign], Any]) -> Callable[..., HttpResponse]:
    """A POST-only view of a campaign: does the change, says what came of it, goes to the job it started or back."""

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        _require(request, permission)
        campaign = get_object_or_404(Campaign, pk=pk)
        try:
            result = change(request, campaign)
        except RetailAIError as error:
            messages.error(request, str(error))
            return _to(campaign)
        if isinstance(result, Job):
            enqueue(result)
            messages.success(request, _("Started: %(job)s") % {"job": result})
            return HttpResponseRedirect(reverse("admin:retail_ai_job_change", args=[result.pk]))
        messages.success(request, _("Done."))
        return _to(campaign)

    return view


prepare = _does("change", lambda request, campaign: start_prepare_job(campaign=campaign, started_by=request.user))
approve = _does("change", lambda request, campaign: approve_campaign(campaign=campaign, approved_by=request.user))
withdraw = _does("change", lambda request, campaign: withdraw_approval(campaign=campaign))
send = _does("change", lambda request, campaign: start_send_job(campaign=campaign, started_by=request.user))


def recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gets a mail, page by page, found by a part of name or address."""
    _require(request, "view")
    campaign, words = get_object_or_404(Campaign, pk=pk), request.GET.get("q", "").strip()
    rows = campaign.mails
    if words:
        rows = rows.filter(email__icontains=words) | rows.filter(name__icontains=words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return _page(request, "recipients", {"title": campaign.name, "campaign": campaign, "page": page, "q": words})


def recipient(request: HttpRequest, pk: int, recipient: int) -> HttpResponse:
    """One mail as its reader will see it; POST sends it to the asker as a test."""
    _require(request, "view")
    row = get_object_or_404(get_object_or_404(Campaign, pk=pk).mails.select_related("campaign"), pk=recipient)
    if request.method == "POST":
        _require(request, "change")
        address = email_of(request.user)
        try:
            send_test(recipient=row, to=address)
            messages.success(request, _("A test was sent to %(email)s.") % {"email": address})
        except Exception as error:
            messages.error(request, _("The test was not sent: %(error)s") % {"error": error})
        return HttpResponseRedirect(request.path)
    return _page(request, "recipient", {"title": row.subject, "campaign": row.campaign, "recipient": row})


@xframe_options_sameorigin
def recipient_html(request: HttpRequest, pk: int, recipient: int) -> HttpResponse:
    """The mail's HTML for the preview's sandboxed frame; nothing in it can run or reach the admin."""
    _require(request, "view")
    row = get_object_or_404(CampaignRecipient, pk=recipient, campaign=pk)
    return HttpResponse(row.html, headers={"Content-Security-Policy": "sandbox; script-src 'none'"})


def _require(request: HttpRequest, what: str) -> None:
    if not request.user.has_perm(f"retail_ai.{what}_campaign"):
        raise PermissionDenied


def _to(campaign: Campaign) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:retail_ai_campaign_change", args=[campaign.pk]))


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> TemplateResponse:
    context = {**admin.site.each_context(request), "opts": Campaign._meta, **context}
    return TemplateResponse(request, f"admin/retail_ai/campaign/{name}.html", context)


ROUTES: tuple[tuple[str, Callable[..., HttpResponse], str], ...] = (
    ("feature/", feature, "feature"),
    ("<int:pk>/prepare/", prepare, "prepare"),
    ("<int:pk>/approve/", approve, "approve"),
    ("<int:pk>/withdraw/", withdraw, "withdraw"),
    ("<int:pk>/send/", send, "send"),
    ("<int:pk>/recipients/", recipients, "recipients"),
    ("<int:pk>/recipients/<int:recipient>/", recipient, "recipient"),
    ("<int:pk>/recipients/<int:recipient>/html/", recipient_html, "recipient_html"),
)
