"""The chat page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def chat(request: HttpRequest) -> HttpResponse:
    """The conversation so far and a form to say more."""
    return render(request, "retail_ai/assistant/chat.html")
