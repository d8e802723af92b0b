"""The page behind a mail's unsubscribe link. Looking at it changes nothing: mail scanners follow links."""

from django.contrib.auth import get_user_model
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from retail_ai.campaigns.links import read_token
from retail_ai.campaigns.services import unsubscribe as stop_mail


# Mail programs post here without our cookies (RFC 8058); the signed token is the proof.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST unsubscribes. A customer who is gone gets the same answer as one who is not."""
    try:
        data = read_token(token)
    except signing.BadSignature:
        return render(request, "retail_ai/campaigns/unsubscribe.html", {"step": "broken"}, status=404)
    if request.method == "GET":
        return render(request, "retail_ai/campaigns/unsubscribe.html", {"step": "ask"})
    customer = get_user_model()._default_manager.filter(pk=data["customer"]).first()
    if customer is not None:
        stop_mail(customer=customer.pk, campaign=data["campaign"])
    return render(request, "retail_ai/campaigns/unsubscribe.html", {"step": "done"})
