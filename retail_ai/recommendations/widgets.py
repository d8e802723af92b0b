"""Renders a slate as HTML, for a template tag or a request of its own. What is in it, the slates decide."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from retail_ai.recommendations.asking import Question, answer_request, person_of
from retail_ai.recommendations.selectors import recommend, slate_title
from retail_ai.recommendations.wishes import Recommendation
from retail_ai.stores import get_store

TEMPLATE = "retail_ai/recommendations/slate.html"
LAZY_TEMPLATE = "retail_ai/recommendations/slate_lazy.html"


def render_slate(request: HttpRequest | None, question: Question, title: str = "") -> SafeString | str:
    """The slate's section; empty when there is nothing to show. Nothing is written: browsers report what was seen."""
    if request is None:
        shown = recommend(slate=question.slate, product=question.product, limit=question.limit)
    else:
        shown = answer_request(request, question)
    if not shown:
        return ""
    return render_to_string(TEMPLATE, _context(request, question, shown, title), request=request)


def render_lazy(request: HttpRequest, question: Question, title: str = "") -> SafeString:
    """A place that a script fills when it comes into view; without scripts it is a link to the slate's own page."""
    context = {
        "title": title or slate_title(question.slate, []),
        "url": f"{reverse('retail_ai:slate')}?{question.as_query()}",
        "nonce": nonce_of(request),
    }
    return render_to_string(LAZY_TEMPLATE, context, request=request)


def nonce_of(request: HttpRequest | None) -> str:
    """The nonce of the page's content security policy, where the project has one (django-csp, Django 6)."""
    return str(getattr(request, "csp_nonce", "") or "")


def _context(
    request: HttpRequest | None, question: Question, shown: list[Recommendation], title: str
) -> dict[str, Any]:
    slate = shown[0].shown_as or question.slate
    return {
        "slate": slate,
        "list": uuid4().hex[:16],
        "title": title or slate_title(question.slate, shown),
        "cards": [_card(item, place) for place, item in enumerate(shown)],
        "keys": ",".join(str(item.product.pk) for item in shown),
        "known": request is not None and any(person_of(request).values()),
        "query": question.as_query(),
        "nonce": nonce_of(request),
    }


def _card(item: Recommendation, place: int) -> dict[str, Any]:
    store = get_store()
    return {
        "product": item.product,
        "title": store.title(item.product),
        "url": store.product_url(item.product),
        "image": store.image_url(item.product),
        "price": store.price(item.product),
        "reason": item.reason,
        "causes": [{"text": c.text, "percent": round(100 * c.share), "product": c.product} for c in item.causes],
        "position": place,
    }
