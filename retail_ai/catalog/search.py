"""Answers a shopper's query with products: words and meaning fused, within limits that the shop's own rows decide.

It never raises on what a shopper types; what it could not do it says in ``notes``.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.catalog.distance import nearest_keys
from retail_ai.catalog.evidence import Meaning, weigh_evidence
from retail_ai.catalog.lexical import Words, find_exact, match_words, read_words
from retail_ai.catalog.models import CatalogEntry
from retail_ai.catalog.selectors import only
from retail_ai.catalog.spaces import active_space, embedder_of
from retail_ai.engine.facts import ProductFilter
from retail_ai.engine.intents import clean, wish_of
from retail_ai.engine.phrases import head_of
from retail_ai.engine.relevance import fits, score
from retail_ai.engine.text import UNITS, tokens
from retail_ai.stores import get_store

MAX_QUERY = 500
BY_WORDS, BY_MEANING = 200, 100
# A query this near to some product is understood as it stands.
UNDERSTOOD = 0.4
# Units of measure: a number with one of these is no price.
MEASURES = frozenset(UNITS.values())


@dataclass(frozen=True, slots=True)
class Hit:
    """A product found, its score (higher is better, comparable within one result only) and why it was found."""

    product: Any
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits, how many can be paged through in all, and notes on what could not be done."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    notes: tuple[str, ...] = ()


def search_products(
    query: str, *, limits: ProductFilter | None = None, limit: int = 20, offset: int = 0
) -> SearchResult:
    """Products for a query, best first: SKU or whole title, then words and meaning together."""
    text = " ".join(clean(str(query)).split())[:MAX_QUERY]
    if not any(character.isalnum() for character in text):
        return SearchResult(notes=(_("Type what you are looking for, in words."),))
    limit, offset = max(0, min(limit, 200)), max(0, offset)
    return _search(text, limits or ProductFilter(), limit, offset)


def more_like(text: str, *, limits: ProductFilter | None = None, limit: int = 10) -> SearchResult:
    """Products like a longer text: a description, a mail, a wish in a sentence."""
    return search_products(text, limits=limits, limit=limit)


def _search(typed: str, limits: ProductFilter, limit: int, offset: int) -> SearchResult:
    notes: list[str] = []
    text, limits = _understand(typed, limits, notes)
    products = get_store().narrow(limits)
    meaning = _embed(text, notes)
    near = dict(nearest_keys(meaning.vectors[0], products, BY_MEANING, meaning.space)) if meaning else {}
    # What is understood needs no mending: the word is of another language, or a rare one.
    words = read_words(text, mend=max(near.values(), default=0.0) < UNDERSTOOD)
    for slip, known in words.mended.items():
        notes.append(_("Showing results for “%(known)s” instead of “%(typed)s”.") % {"known": known, "typed": slip})
    matches = match_words(words, products, BY_WORDS)
    exact = set(find_exact(typed, products))
    evidence = weigh_evidence(words, matches, near, meaning)
    fused = {key: score(one, matches.spread) for key, one in evidence.items() if key in exact or fits(one)}
    ranked = sorted(fused.items(), key=lambda pair: (pair[0] not in exact, -pair[1]))
    hits = _hits(ranked[offset : offset + limit], products, words, exact)
    return SearchResult(tuple(hits), len(ranked), tuple(notes))


def _understand(typed: str, limits: ProductFilter, notes: list[str]) -> tuple[str, ProductFilter]:
    """The words to search for, with a price limit among them made a limit; lengths and weights are no prices."""
    wish = wish_of(typed)
    prices = [price for price in (wish.min_price, wish.max_price) if price is not None]
    if any(f"{price}{unit}" in tokens(typed) for price in prices for unit in MEASURES):
        return typed, limits
    if wish.min_price is not None:
        limits = replace(limits, min_price=max(wish.min_price, limits.min_price or wish.min_price))
        notes.append(_("Only prices from %(price)s.") % {"price": wish.min_price})
    if wish.max_price is not None:
        limits = replace(limits, max_price=min(wish.max_price, limits.max_price or wish.max_price))
        notes.append(_("Only prices up to %(price)s.") % {"price": wish.max_price})
    return wish.words, limits


def _embed(text: str, notes: list[str]) -> Meaning | None:
    """The vectors of the query and of the thing it asks for, in the serving space; None, with a note, where words
    alone must do."""
    space = active_space()
    embedder = embedder_of(space) if space else None
    if space is None or embedder is None:
        notes.append(_("Searched by words only: the catalogue is not indexed for meaning yet."))
        return None
    thing = head_of(text)
    try:
        return Meaning(space, embedder, thing, embedder.embed([text, thing]))
    except Exception as error:
        notes.append(_("Searched by words only: %(reason)s") % {"reason": type(error).__name__})
        return None


def _hits(page: list[tuple[Any, float]], products: QuerySet[Any], words: Words, exact: set[Any]) -> list[Hit]:
    keys = [key for key, _score in page]
    rows = {row.pk: row for row in only(products, keys)}
    terms = dict(CatalogEntry.objects.filter(pk__in=keys).values_list("pk", "terms"))
    return [
        Hit(rows[key], score, _reason(words, terms.get(key, ()), key in exact)) for key, score in page if key in rows
    ]


def _reason(words: Words, terms: Any, exact: bool) -> str:
    if exact:
        return _("exact match")
    common = sorted(set(words.rarity).intersection(terms), key=lambda word: -words.rarity[word])
    return _("matches: %(words)s") % {"words": ", ".join(common[:4])} if common else _("similar in meaning")
