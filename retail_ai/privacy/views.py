"""A page where anyone, signed in or not, says yes or no to being remembered, takes their data or deletes it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from retail_ai.events.tracking import SESSION_KEY, visitor_key
from retail_ai.privacy.models import Consent
from retail_ai.privacy.selectors import consent_of, may_track
from retail_ai.privacy.services import (
    erase_customer,
    erase_visitor,
    export_customer,
    export_visitor,
    record_consent,
)


@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """GET shows, POST with ``tracking`` or ``marketing`` = yes/no records."""
    if request.method == "POST":
        for purpose, answer in request.POST.items():
            if purpose in _purposes(request) and answer in ("yes", "no"):
                record_consent(purpose=purpose, granted=answer == "yes", source="privacy page", **_person(request))
        messages.success(request, _("Your choice was saved."), fail_silently=True)
        return HttpResponseRedirect(reverse("retail_ai:privacy"))
    return render(request, "retail_ai/privacy/choices.html", {"choices": _state(request)})


@require_POST
def data(request: HttpRequest) -> HttpResponse:
    """POST ``do=download`` gives all that is kept of the asker as a file; ``do=delete`` with ``sure`` deletes it."""
    if request.POST.get("do") == "download":
        kept = export_visitor(**_visitor(request)) if _is_guest(request) else export_customer(customer=request.user)
        response = JsonResponse(kept, json_dumps_params={"indent": 1, "ensure_ascii": False})
        response["Content-Disposition"] = 'attachment; filename="my-data.json"'
        response["Cache-Control"] = "no-store"
        return response
    if request.POST.get("do") == "delete" and request.POST.get("sure"):
        messages.success(request, _delete(request), fail_silently=True)
    return HttpResponseRedirect(reverse("retail_ai:privacy"))


def _delete(request: HttpRequest) -> str:
    """Delete, and say what was done. Staff may not blot out who decided what."""
    if _is_guest(request):
        erase_visitor(**_visitor(request))
    elif request.user.is_staff:
        return _("You work in this shop, so its owner has to delete your data.")
    else:
        erase_customer(customer=request.user)
    request.session.pop(SESSION_KEY, None)
    return _("What we kept of you for suggestions and answers is deleted. Your orders and your account stay.")


def _is_guest(request: HttpRequest) -> bool:
    return not request.user.is_authenticated


def _visitor(request: HttpRequest) -> dict[str, str]:
    return {"visitor": visitor_key(request, create=False)}


def _purposes(request: HttpRequest) -> list[str]:
    """Mail is only for customers."""
    everyone = [Consent.Purpose.TRACKING.value]
    return [*everyone, Consent.Purpose.MARKETING.value] if request.user.is_authenticated else everyone


def _person(request: HttpRequest, *, create: bool = True) -> dict[str, Any]:
    """Who asks. A visitor gets a key where they say something, not where they only look (``create=False``)."""
    if request.user.is_authenticated:
        return {"customer": request.user}
    return {"visitor": visitor_key(request, create=create)}


def _state(request: HttpRequest) -> list[dict[str, Any]]:
    state = []
    for purpose in _purposes(request):
        said = consent_of(purpose=purpose, **_person(request, create=False))
        granted = may_track(request) if purpose == Consent.Purpose.TRACKING and said is None else said
        state.append({"purpose": purpose, "label": Consent.Purpose(purpose).label, "granted": granted})
    return state
