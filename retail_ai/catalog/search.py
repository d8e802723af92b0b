"""Answers a shopper's sentence with products: what is needed is understood, found, and shown with reasons.

It never raises on what a shopper types; what it could not do it says in ``notes``. Visibility, price and stock are
asked of the shop's own rows each time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from retail_ai.catalog.facets import Facet, facets_of
from retail_ai.catalog.finding import MOST, SOFT, Found, Wish, find
from retail_ai.catalog.paging import cursor_of, keep, kept, read_cursor
from retail_ai.catalog.prepared import PlansLost
from retail_ai.catalog.presenting import Chip, chips_of, label_of, marked, reason_of
from retail_ai.catalog.retrieval import Candidate
from retail_ai.catalog.selectors import only
from retail_ai.catalog.timeouts import TooSlow, time_limit
from retail_ai.engine.facts import ProductFilter
from retail_ai.engine.intents import clean
from retail_ai.engine.need import Need
from retail_ai.stores import get_store

MAX_QUERY = 500
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Hit:
    """A product found, its score (higher is better, comparable within one result only), why it was found, and the
    words of the query that it says."""

    product: Any
    score: float
    reason: str
    matched: tuple[str, ...] = ()

    def mark(self, title: str) -> str:
        """A title as safe HTML with the matching words in ``<mark>``."""
        return marked(title, self.matched)


@dataclass(frozen=True, slots=True)
class Match:
    """A product found, by its key: as ``Hit`` says it, but without the product. ``fits``: the limits on the price that
    it is within, as a shopper reads them."""

    key: Any
    score: float
    reason: str
    matched: tuple[str, ...]
    fits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits, how many can be paged through in all, and notes on what could not be done.

    ``chips``: what was understood; ``facets``: choices to narrow by; ``next``: the cursor of the next page, "" on the
    last; ``id``: names the search for its clicks; ``is_poor``: nothing was found, or only with a limit left out;
    ``words``: what was searched for once limits were taken out; ``is_further``: not the first page.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    notes: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    facets: tuple[Facet, ...] = ()
    sort: str = "relevance"
    next: str = ""
    id: str = ""
    is_poor: bool = False
    is_relaxed: bool = False
    language: str = ""
    words: str = ""
    is_further: bool = False


def search_products(
    query: str,
    *,
    limits: ProductFilter | None = None,
    limit: int = 20,
    offset: int = 0,
    drop: Iterable[str] = (),
    facets: Iterable[tuple[str, str]] = (),
    sort: str = "",
    cursor: str = "",
    language: str | None = None,
    with_facets: bool = False,
) -> SearchResult:
    """Products for a query, best first.

    ``drop``: keys of chips that the shopper has taken back. ``facets``: (name, value) pairs chosen beside the words.
    ``sort``: one of ``ordering.SORTS``, instead of what the query wishes. ``cursor``: ``next`` of the page before,
    for which the other arguments should be the same. ``language``: the page's, else the active one.
    Raises InvalidInput for a malformed cursor only.
    """
    search, offset = read_cursor(cursor) if cursor else ("", max(0, offset))
    if not (text := _words(query)):
        return SearchResult(notes=(_("Type what you are looking for, in words."),))
    wish = Wish(text, limits or ProductFilter(), tuple(drop), tuple(facets), sort, language or get_language() or "en")
    try:
        return _twice(partial(_answer, wish, search, offset, max(0, min(limit, MOST)), with_facets=with_facets))
    except TooSlow:
        return SearchResult(notes=(_("This search took too long. Try it in fewer words."),))


def search_keys(query: str, *, limits: ProductFilter | None = None, limit: int = 20) -> list[Match]:
    """What ``search_products`` finds, best first, for those who read the products later: it loads none and keeps
    nothing for further pages. Empty where the search took too long."""
    if not (text := _words(query)):
        return []
    try:
        return _twice(partial(_matches, Wish(text, limits or ProductFilter(), language=get_language() or "en"), limit))
    except TooSlow:
        return []


def _words(query: str) -> str:
    """The query as it is searched for; empty for one without words."""
    text = " ".join(clean(str(query)).split())[:MAX_QUERY]
    return text if any(character.isalnum() for character in text) else ""


def _twice(ask: Callable[[], Answer]) -> Answer:
    """The answer, asked for once more where the connection had lost its plans."""
    try:
        return ask()
    except PlansLost:
        return ask()


def _matches(wish: Wish, limit: int) -> list[Match]:
    with time_limit():
        found = find(wish)
    # A limit that search had to leave out is none that the products fit.
    fits = tuple(label_of(one) for one in found.applied if one.kind == "price")
    return [
        Match(one.key, one.score, _reason(found, one), one.matched, fits)
        for one in found.candidates[: max(0, min(limit, MOST))]
    ]


def _answer(wish: Wish, search: str, offset: int, limit: int, *, with_facets: bool) -> SearchResult:
    with time_limit():
        is_further = bool(search)
        found = kept(search) if search else None
        if found is None:
            found, search = find(wish), ""
        page = _page(found, wish, search, offset, limit, with_facets=with_facets)
        return replace(page, is_further=is_further)


def more_like(text: str, *, limits: ProductFilter | None = None, limit: int = 10) -> SearchResult:
    """Products like a longer text: a description, a mail, a wish in a sentence."""
    return search_products(text, limits=limits, limit=limit)


def _page(found: Found, wish: Wish, search: str, offset: int, limit: int, *, with_facets: bool) -> SearchResult:
    total = len(found.candidates)
    end = offset + limit
    search = search or keep(found)
    chosen = frozenset(wish.facets)
    return SearchResult(
        hits=tuple(_hits(found, found.candidates[offset:end], wish)),
        total=total,
        notes=found.notes,
        chips=chips_of(found.need.constraints, found.applied, SOFT),
        facets=facets_of([one.key for one in found.candidates], chosen) if with_facets else (),
        sort=found.sort,
        next=cursor_of(search, end) if end < total and limit else "",
        id=search,
        is_poor=not total or bool(found.relaxed) or found.is_vague,
        is_relaxed=bool(found.relaxed),
        language=found.need.language,
        words=found.searched,
    )


def _hits(found: Found, page: Iterable[Candidate], wish: Wish) -> list[Hit]:
    """What of a page can still be seen and bought, as the wish has it."""
    page = list(page)
    products = get_store().narrow(ProductFilter(in_stock=wish.limits.in_stock))
    rows = {row.pk: row for row in only(products, [one.key for one in page])}
    return [Hit(rows[one.key], one.score, _reason(found, one), one.matched) for one in page if one.key in rows]


def _reason(found: Found, one: Candidate) -> str:
    return reason_of(one, found.applied, is_pinned=one.key in found.pinned)


__all__ = ["Hit", "Match", "Need", "SearchResult", "more_like", "search_keys", "search_products"]
