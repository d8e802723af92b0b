"""Completes what a shopper is typing: products that can be bought now, categories, brands, and searches of others."""

from dataclasses import dataclass

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Length
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from retail_ai.catalog.models import CatalogEntry
from retail_ai.catalog.search_models import FacetValue, SearchLog
from retail_ai.catalog.timeouts import TooSlow, time_limit
from retail_ai.engine.need_text import is_cjk
from retail_ai.engine.text import fold
from retail_ai.stores import get_store

SHORTEST = 2
MOST_WORDS, MOST_SEARCHES = 3, 3
# So many people must have made a search before it is shown to others: a rare one may be somebody's own affair.
LEAST_PEOPLE = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion; ``kind`` is product, category, brand or search; ``url`` is a product's page, else empty."""

    text: str
    kind: str
    url: str = ""
    highlight: str = ""


def suggest(typed: str, *, limit: int = 8) -> list[Suggestion]:
    """Up to ``limit`` completions: categories and brands first, then searches of others, then products."""
    text = fold(typed)[:100].strip()
    if len(text) < (1 if is_cjk(text) else SHORTEST):
        return []
    try:
        with time_limit():
            found = [*_words(text), *_searches(text)][: max(limit // 2, 1)]
            found += _products(text, limit - len(found), forgiving=not found)
    except TooSlow:
        return []
    return [Suggestion(one.text, one.kind, one.url, _marked(one.text, text)) for one in found]


def _words(text: str) -> list[Suggestion]:
    """Categories and brands with a name that begins so."""
    named = FacetValue.objects.filter(kind__in=["brand", "category"], is_understood=True, entries__gt=0)
    begins = named.filter(value__istartswith=text) | named.filter(value__icontains=f" {text}")
    if is_cjk(text):
        begins |= named.filter(aliases__icontains=text)
    found = []
    for row in begins.order_by("-entries", "value")[:MOST_WORDS]:
        alias = next((name for name in row.aliases if is_cjk(text) and text in name), "")
        found.append(Suggestion(alias or row.value, row.kind))
    return found


def _searches(text: str) -> list[Suggestion]:
    """What several people have searched for and found."""
    made = SearchLog.objects.filter(folded__startswith=text, is_poor=False, total__gt=0).values("folded")
    people = Count("event__customer", distinct=True) + Count("event__visitor", distinct=True)
    often = made.annotate(people=people).filter(people__gt=LEAST_PEOPLE).order_by("-people", "folded")
    return [Suggestion(row["folded"], "search") for row in often[:MOST_SEARCHES]]


def _products(text: str, limit: int, *, forgiving: bool) -> list[Suggestion]:
    """Titles that begin with the text, then those that hold it; only where nothing does, and none of the other kinds
    did, those that are spelled like it.
    """
    entries = CatalogEntry.objects.filter(product__in=get_store().sellable().order_by().values("pk"))
    keys: dict[object, None] = {}
    for exact in (entries.filter(title__startswith=text), entries.filter(title__contains=text)):
        if len(keys) < limit:
            ordered = exact.order_by(Length("title"), "title")
            keys |= dict.fromkeys(ordered.values_list("pk", flat=True)[: limit * 2])
    if forgiving and not keys:
        keys = dict.fromkeys(_alike(entries, text).values_list("pk", flat=True)[: limit * 2])
    store = get_store()
    rows = store.products().in_bulk(list(keys)[: limit * 2])
    found = {store.facts(rows[key]).title: store.product_url(rows[key]) for key in reversed(list(keys)) if key in rows}
    return [Suggestion(title, "product", url) for title, url in reversed(found.items())][: max(limit, 0)]


def _alike(entries: QuerySet[CatalogEntry], text: str) -> QuerySet[CatalogEntry]:
    """Titles with a word or words like the text, by shared letter triples.

    The lookup is named as such: as ``title__trigram_word_similar`` it needs django.contrib.postgres to be installed.
    """
    alike = TrigramWordSimilarity(text, "title")
    return entries.filter(TrigramWordSimilar(F("title"), text)).annotate(alike=alike).order_by("-alike", "title")


def _marked(title: str, typed: str) -> SafeString:
    """The completion as escaped HTML, with what goes beyond the letters typed in ``<mark>``."""
    at = title.casefold().find(typed)
    if at < 0:
        return mark_safe(escape(title))  # noqa: S308 - escaped
    end = at + len(typed)
    rest = f"<mark>{escape(title[end:])}</mark>" if title[end:] else ""
    return mark_safe(f"{escape(title[:end])}{rest}")  # noqa: S308 - escaped piece by piece
