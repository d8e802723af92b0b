"""A page where anyone, signed in or not, says yes or no to being remembered, and sees what holds now."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from retail_ai.events.tracking import visitor_key
from retail_ai.privacy.models import Consent
from retail_ai.privacy.selectors import consent_of, may_track
from retail_ai.privacy.services import record_consent


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


def _purposes(request: HttpRequest) -> list[str]:
    """Mail is only for customers."""
    everyone = [Consent.Purpose.TRACKING.value]
    return [*everyone, Consent.Purpose.MARKETING.value] if request.user.is_authenticated else everyone


def _person(request: HttpRequest) -> dict[str, Any]:
    if request.user.is_authenticated:
        return {"customer": request.user}
    return {"visitor": visitor_key(request)}


def _state(request: HttpRequest) -> list[dict[str, Any]]:
    state = []
    for purpose in _purposes(request):
        said = consent_of(purpose=purpose, **_person(request))
        granted = may_track(request) if purpose == Consent.Purpose.TRACKING and said is None else said
        state.append({"purpose": purpose, "label": Consent.Purpose(purpose).label, "granted": granted})
    return state
