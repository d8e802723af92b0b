"""A slate for a page without a tag, the pixel of browsers without scripts, and what a shopper says of suggestions."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from retail_ai.events.tracking import visitor_key
from retail_ai.exceptions import InvalidInput
from retail_ai.recommendations.asking import person_of, read_question, visible_product
from retail_ai.recommendations.impressions import record_seen
from retail_ai.recommendations.marks import marked_products
from retail_ai.recommendations.services import hide_product, stop_using, unhide_product, use_again
from retail_ai.recommendations.widgets import render_slate

_PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
# What a shopper may say of a product → (service, what is said back).
MARKS: dict[str, Callable[..., bool]] = {
    "hide": hide_product, "show": unhide_product, "stop": stop_using, "use": use_again,
}  # fmt: skip


@require_GET
@never_cache
def slate(request: HttpRequest) -> HttpResponse:
    """One slate, as a part of a page (``part=1``) or as a page of its own."""
    try:
        question = read_question(request, request.GET.dict())
    except (InvalidInput, LookupError) as error:
        return HttpResponse(str(error), status=404, content_type="text/plain; charset=utf-8")
    html = render_slate(request, question)
    if request.GET.get("part"):
        return HttpResponse(html)
    return render(request, "retail_ai/recommendations/page.html", {"slate_html": html})


@require_GET
@never_cache
def seen(request: HttpRequest) -> HttpResponse:
    """Notes that a page without scripts showed a list; answers with a picture of one pixel, whatever came of it."""
    record_seen(request, request.GET)
    return HttpResponse(_PIXEL, content_type="image/gif")


@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """``product``: which; ``mark``: hide, show, stop (using it) or use. Goes back to where it was pressed."""
    change = MARKS.get(request.POST.get("mark", "hide" if not request.POST.get("undo") else "show"))
    try:
        product = visible_product(request.POST.get("product", ""))
    except LookupError:
        return HttpResponse(_("No such product."), status=404)
    if change is None:
        return HttpResponse(_("No such choice."), status=400)
    change(product=product, **{**person_of(request), "visitor": visitor_key(request)})
    messages.success(request, _said(change), fail_silently=True)
    return HttpResponseRedirect(_back(request))


@never_cache
def choices(request: HttpRequest) -> HttpResponse:
    """What this person hid and does not want used, each with a button to take it back."""
    if request.method not in ("GET", "HEAD"):
        raise Http404
    return render(request, "retail_ai/recommendations/choices.html", marked_products(**person_of(request)))


def _said(change: Any) -> str:
    return {
        hide_product: _("We will not suggest it again."),
        unhide_product: _("It may be suggested again."),
        stop_using: _("We will not use it for your suggestions any more."),
        use_again: _("It is used for your suggestions again."),
    }[change]


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if safe else "/"
