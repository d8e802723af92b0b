"""The "not interested" button for pages without JavaScript: hides a product and goes back to where it was pressed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from rest_framework.exceptions import NotFound

from retail_ai.events.tracking import visitor_key
from retail_ai.recommendations.api import find_product
from retail_ai.recommendations.services import hide_product, unhide_product


@require_POST
def not_interested(request: HttpRequest) -> HttpResponse:
    """``product``: which. ``undo``: show it again."""
    try:
        product = find_product(request.POST.get("product", ""))
    except NotFound:
        return HttpResponse(_("No such product."), status=404)
    undo = bool(request.POST.get("undo"))
    (unhide_product if undo else hide_product)(product=product, **_person(request))
    _say(request, _("It may be suggested again.") if undo else _("We will not suggest it again."))
    return HttpResponseRedirect(_back(request))


def _person(request: HttpRequest) -> dict[str, Any]:
    customer = request.user if request.user.is_authenticated else None
    return {"customer": customer, "visitor": visitor_key(request)}


def _say(request: HttpRequest, text: str) -> None:
    messages.success(request, text, fail_silently=True)


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if safe else "/"
