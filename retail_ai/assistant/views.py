"""The chat page: a form that works without JavaScript, and the same as a fragment for the script and the panel."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from retail_ai.assistant.selectors import owner_of, shown_messages
from retail_ai.assistant.services import ask, begin_anew, hand_over
from retail_ai.conf import conf
from retail_ai.exceptions import InvalidInput
from retail_ai.throttling import throttle


def page_language() -> str:
    """The language of the page among those the app writes; the first of them otherwise."""
    language = (get_language() or "").lower()
    return language if language in conf.LANGUAGES else conf.LANGUAGES[0]


@never_cache
@require_http_methods(["GET", "POST"])
def chat(request: HttpRequest) -> HttpResponse:
    """The conversation so far. A POST says something (``text``), asks for a person or begins anew (``action``)."""
    is_fragment = request.headers.get("X-Retail-AI") == "fragment"
    error = _handle(request) if request.method == "POST" else ""
    if request.method == "POST" and not is_fragment:
        if error:
            messages.error(request, error)
        return redirect(f"{request.path}#latest")
    template = "retail_ai/assistant/conversation.html" if is_fragment else "retail_ai/assistant/chat.html"
    return render(request, template, {**_context(request), "error": error})


def _handle(request: HttpRequest) -> str:
    """Do what was posted; the error to show, or nothing."""
    if not throttle("assistant")().allow_request(request, None):  # type: ignore[arg-type]
        return _("That was many messages in a short time. Please wait a minute.")
    owner = owner_of(request, create=True)
    action = request.POST.get("action", "")
    try:
        if action == "human":
            hand_over(owner=owner, page_language=page_language())
        elif action == "anew":
            begin_anew(owner=owner)
        else:
            ask(owner=owner, text=request.POST.get("text", ""), page_language=page_language())
    except InvalidInput as error:
        return str(error)
    return ""


def _context(request: HttpRequest) -> dict[str, Any]:
    return {
        "shown": shown_messages(owner_of(request)),
        "examples": [
            _("I am looking for a present under 50"),
            _("How long does delivery take?"),
            _("How do I return something?"),
            _("Where is my order?"),
        ],
        "login_url": resolve_url(settings.LOGIN_URL),
        "is_guest": not request.user.is_authenticated,
    }
