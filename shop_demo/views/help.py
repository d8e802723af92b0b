"""Policies and frequent questions, in the language of the page where there is a text in it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from shop_demo.models import HelpPage


def index(request: HttpRequest) -> HttpResponse:
    """All help pages: the policies as links, the questions with their answers."""
    pages = _in_language(HelpPage.objects.all())
    kinds = {kind: [page for page in pages if page.kind == kind] for kind in HelpPage.Kind.values}
    return render(request, "shop/help.html", {"policies": kinds["policy"], "questions": kinds["faq"]})


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One help page."""
    found = _in_language(HelpPage.objects.filter(slug=slug))
    if not found:
        raise Http404(slug)
    others = [p for p in _in_language(HelpPage.objects.filter(kind=found[0].kind)) if p.slug != slug]
    return render(request, "shop/help_page.html", {"help_page": found[0], "others": others[:8]})


def _in_language(pages) -> list[HelpPage]:
    """One page a slug: in the language of the page, else in English, else in any."""
    wanted = get_language() or "en"
    rank = {wanted: 2, "en": 1}
    best: dict[str, HelpPage] = {}
    for candidate in pages:
        known = best.get(candidate.slug)
        if known is None or rank.get(candidate.language, 0) > rank.get(known.language, 0):
            best[candidate.slug] = candidate
    return sorted(best.values(), key=lambda p: (p.kind, p.position, p.title))
