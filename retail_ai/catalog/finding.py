"""Finds the products for a need: understood, narrowed, retrieved, arranged, ordered; with fewer limits where all of
them leave nothing. Loads no product; ``search`` shows what is found here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from retail_ai.catalog.curation import Arranged, Rules, arranged_for, current_rules, variants_of
from retail_ai.catalog.narrowing import SOFT, Narrowed, narrow, rate_of
from retail_ai.catalog.ordering import NEAR_THE_BEST, browse, put_in_order
from retail_ai.catalog.presenting import label_of
from retail_ai.catalog.retrieval import Candidate, retrieve
from retail_ai.catalog.search_models import ProductFacets
from retail_ai.catalog.selectors import nearest_products
from retail_ai.catalog.vocabulary import current_vocabulary, facet_values, state_for
from retail_ai.engine.facts import ProductFilter
from retail_ai.engine.need import Constraint, Need, understand
from retail_ai.engine.need_text import as_typed, plain
from retail_ai.engine.need_vocabulary import Vocabulary
from retail_ai.engine.text import fold
from retail_ai.stores import get_store

MOST = 200
# What is shown where one of the limits had to be left out, and where a wish is too vague for words to find.
NEAREST, LIKE_IT = 3, 24
# In this order limits are given up when all of them leave nothing; what is not wanted is given up last.
GIVE_UP = ("price", "measure", "size", "attribute", "colour", "age", "people", "brand", "category")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a search was called with."""

    text: str
    limits: ProductFilter
    drop: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it: everything that later pages need, and nothing of any product but its key. ``searched``: the
    words searched for, as the shop puts them."""

    need: Need
    candidates: tuple[Candidate, ...] = ()
    applied: tuple[Constraint, ...] = ()
    notes: tuple[str, ...] = ()
    pinned: tuple[Any, ...] = ()
    sort: str = "relevance"
    relaxed: tuple[str, ...] = ()
    is_vague: bool = False
    searched: str = ""


def find(wish: Wish) -> Found:
    """The products for a wish, best first, at most MOST of them."""
    # A SKU or a whole title is searched for as it stands.
    words_version, rules_version, is_exact = state_for(fold(wish.text))
    vocabulary, rules = current_vocabulary(words_version), current_rules(rules_version)
    need, texts = (Need(wish.text, wish.text), [wish.text]) if is_exact else _needs(wish, vocabulary, rules)
    chosen = list(facet_values(wish.facets, vocabulary).values())
    limits = replace(wish.limits, exclude=(*wish.limits.exclude, *(arranged := arranged_for(wish.text, rules)).hidden))
    narrowed = narrow(need.constraints, limits, chosen)
    notes: list[str] = list(narrowed.notes)
    candidates = _retrieve(need, texts, narrowed.products, notes)
    found = Found(need, tuple(candidates), narrowed.applied, tuple(notes), searched=texts[0] if texts else "")
    if not candidates:
        found = _nearest(found, texts, narrowed, limits, chosen)
    return _arranged(found, arranged, narrowed, wish)


def _needs(wish: Wish, vocabulary: Vocabulary, rules: Rules) -> tuple[Need, list[str]]:
    """The need, and the texts to search for: its words as the shop puts them, and the same in other words."""
    needs = [understand(wish.text, vocabulary, language=wish.language)]
    needs += [
        understand(text, vocabulary, language=wish.language)
        for text in variants_of(wish.text, needs[0].language, rules)
    ]
    best = max(needs, key=lambda need: sum(bool(one.choices) for one in need.constraints))
    texts = [_in_the_shops_words(need, vocabulary) for need in needs]
    first = texts[needs.index(best)]
    return best.without(wish.drop), [as_typed(text, wish.text) for text in dict.fromkeys((first, *texts)) if text]


def _in_the_shops_words(need: Need, vocabulary: Vocabulary) -> str:
    """The words with what was recognised in another language put as the shop's products put it."""
    text = need.words
    for one in need.constraints:
        if not one.negated and one.choices and one.words in text and one.kind in ("category", "colour", "attribute"):
            said = [vocabulary.values[n].value for n in one.choices]
            if not any(one.words in plain(value) or plain(value) in one.words for value in said):
                text = text.replace(one.words, f" {min(said, key=len)} ")
    return " ".join(text.split())


def _retrieve(need: Need, texts: Iterable[str], products: QuerySet[Any], notes: list[str]) -> list[Candidate]:
    if not need.words:
        return browse(products, MOST)
    best: dict[Any, Candidate] = {}
    for text in texts:
        got = retrieve(text, products=products, limit=MOST, guarded=True)
        for slip, known in got.mended.items():
            notes.append(
                _("Showing results for “%(known)s” instead of “%(typed)s”.") % {"known": known, "typed": slip}
            )
        notes += [note for note in got.notes if note not in notes]
        for one in got.candidates:
            if one.key not in best or one.score > best[one.key].score:
                best[one.key] = one
    if not best and _says_a_category_only(need):
        return browse(products, MOST)
    return sorted(best.values(), key=lambda one: (not one.is_exact, -one.score))[:MOST]


def _says_a_category_only(need: Need) -> bool:
    said = {one.words for one in need.constraints if one.kind == "category" and one.choices and not one.negated}
    return need.words in said


# -- when nothing fits -------------------------------------------------------------------------------------------
def _nearest(
    found: Found, texts: list[str], narrowed: Narrowed, limits: ProductFilter, chosen: list[tuple[int, ...]]
) -> Found:
    """The nearest products with one limit less; else, for a present or for somebody, those like the words."""
    need = found.need
    for given_up in _in_turn(narrowed.applied):
        rest = tuple(one for one in need.constraints if one.key != given_up.key)
        wider = narrow(rest, limits, chosen)
        candidates = _retrieve(need, texts, wider.products, [])
        if candidates:
            nearest = _nearest_to(given_up, candidates)[:NEAREST]
            note = (
                _("Nothing for “%(what)s” is %(limit)s. The nearest without that limit:")
                if not given_up.negated
                else _("Everything for “%(what)s” is ruled out by “%(limit)s”. The nearest without that limit:")
            )
            what = need.words or _("this search")
            notes = (*found.notes, note % {"what": what, "limit": label_of(given_up)})
            return replace(
                found, candidates=tuple(nearest), notes=notes, relaxed=(given_up.key,), applied=wider.applied
            )
    return _vague(found, narrowed.products)


def _in_turn(applied: tuple[Constraint, ...]) -> list[Constraint]:
    hard = [one for one in applied if one.kind in GIVE_UP]
    return sorted(hard, key=lambda one: (one.negated, GIVE_UP.index(one.kind)))[:5]


def _nearest_to(given_up: Constraint, candidates: list[Candidate]) -> list[Candidate]:
    """Those about as fitting as the best, nearest in price first where it was a price that was given up."""
    best = max(one.score for one in candidates)
    running = [one for one in candidates if one.score >= best * NEAR_THE_BEST or best <= 0]
    rate = rate_of(given_up.unit) if given_up.kind == "price" else None
    if rate is None:
        return running
    store = get_store()
    prices = {key: store.price(row) for key, row in store.products().in_bulk([one.key for one in running]).items()}
    bounds = [float(rate) * bound for bound in (given_up.low, given_up.high) if bound is not None]

    def distance(one: Candidate) -> float:
        price = prices.get(one.key)
        return min(abs(float(price.amount) - bound) for bound in bounds) if price and bounds else float("inf")

    return sorted(running, key=distance)


def _vague(found: Found, products: QuerySet[Any]) -> Found:
    need = found.need
    if not need.words or not any(one.kind in ("occasion", "people", "age") for one in need.constraints):
        return found
    like = nearest_products(text=found.searched or need.words, products=products, limit=LIKE_IT)
    if not like:
        return found
    note = _("Nothing says “%(words)s” in so many words; these come nearest in meaning.") % {"words": need.words}
    candidates = tuple(Candidate(one.product.pk, one.score) for one in like)
    return replace(found, candidates=candidates, notes=(*found.notes, note), is_vague=True)


# -- the owner's and the shopper's order -------------------------------------------------------------------------
def _arranged(found: Found, arranged: Arranged, narrowed: Narrowed, wish: Wish) -> Found:
    wanted = next((one.value for one in found.need.constraints if one.kind == "sort"), "relevance")
    sort = wish.sort or wanted
    all_fit = not found.need.words or any(one.kind == "category" and not one.negated for one in found.applied)
    ordered = list(found.candidates)
    if sort != "relevance" and not found.relaxed:
        ordered = put_in_order(ordered, sort, all_fit=all_fit, things=_of_the_kind(found))
    pinned = _sellable(arranged.pinned, narrowed.products) if sort == "relevance" else ()
    if pinned:
        by_key = {one.key: one for one in ordered}
        first = [by_key.get(key, Candidate(key, 0.0)) for key in pinned]
        ordered = first + [one for one in ordered if one.key not in pinned]
    return replace(found, candidates=tuple(ordered[:MOST]), pinned=pinned, sort=sort)


def _of_the_kind(found: Found) -> frozenset[Any]:
    """Keys of the candidates that state to be what was asked for."""
    if not found.need.thing:
        return frozenset()
    stating = ProductFacets.objects.filter(values__overlap=list(found.need.thing))
    return frozenset(stating.filter(pk__in=[one.key for one in found.candidates]).values_list("pk", flat=True))


def _sellable(keys: tuple[Any, ...], products: QuerySet[Any]) -> tuple[Any, ...]:
    if not keys:
        return ()
    known = set(products.order_by().filter(pk__in=keys).values_list("pk", flat=True))
    return tuple(key for key in keys if key in known)


__all__ = ["SOFT", "Found", "Wish", "find"]
