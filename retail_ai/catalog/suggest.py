"""Completes what a shopper is typing with titles of products that can be bought now."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import QuerySet
from django.db.models.functions import Length

from retail_ai.catalog.models import CatalogEntry
from retail_ai.engine.text import fold
from retail_ai.stores import get_store

SHORTEST = 2


def suggest_titles(typed: str, *, limit: int = 8) -> list[str]:
    """Up to ``limit`` titles as the shop writes them: those that begin so, those that hold it, those alike."""
    text = fold(typed)[:100]
    if len(text) < SHORTEST:
        return []
    entries = CatalogEntry.objects.filter(product__in=get_store().sellable().order_by().values("pk"))
    keys: dict[object, None] = {}
    for query in (entries.filter(title__startswith=text), entries.filter(title__contains=text), _alike(entries, text)):
        if len(keys) < limit:
            ordered = query if query.query.order_by else query.order_by(Length("title"), "title")
            keys |= dict.fromkeys(ordered.values_list("pk", flat=True)[: limit * 2])
    store = get_store()
    rows = store.products().in_bulk(list(keys)[: limit * 2])
    titles = (store.facts(rows[key]).title for key in keys if key in rows)
    return list(dict.fromkeys(titles))[:limit]


def _alike(entries: QuerySet[CatalogEntry], text: str) -> QuerySet[CatalogEntry]:
    """Titles with a word or words like the text, by shared letter triples."""
    alike = TrigramWordSimilarity(text, "title")
    return entries.filter(title__trigram_word_similar=text).annotate(alike=alike).order_by("-alike", "title")
