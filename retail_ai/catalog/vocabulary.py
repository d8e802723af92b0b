"""The shop's own words, gathered while products are indexed: which brands, categories and values there are, and which
product states which. ``current_vocabulary`` is what a search is understood by; it is read anew when it has changed."""

import threading
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections

from retail_ai.catalog.models import CatalogEntry
from retail_ai.catalog.search_models import FacetValue, ProductFacets, SearchState
from retail_ai.catalog.selectors import facts_of
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.need_vocabulary import Value, Vocabulary, build, colour_phrases, statements
from retail_ai.stores import get_store

# Values known to search; beyond that the rarest are not understood, only found by their words.
MOST_VALUES = 30_000
MOST_PHRASES = 20_000
BATCH = 500
Statement = tuple[str, str, str]
_lock = threading.Lock()
_current: tuple[int, Vocabulary] | None = None


def write_facets(products: Sequence[ProductFacts]) -> None:
    """Note what these products state. Counts follow when the index job ends, by ``count_values``."""
    said = {facts.key: statements(facts) for facts in products}
    ids, new = _ids({statement for found in said.values() for statement in found})
    rows = [
        ProductFacets(
            product_id=cast(Any, facts.key),
            values=sorted(ids[statement] for statement in said[facts.key]),
            shelf=ids.get(("category", "", facts.category[-1].strip()[:120])) if facts.category else None,
            phrases=sorted(colour_phrases(facts))[:20],
        )
        for facts in products
    ]
    ProductFacets.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["product"],
        update_fields=["values", "shelf", "phrases"],
    )  # fmt: skip
    _place(new, rows)


def _place(new: set[int], rows: list[ProductFacets]) -> None:
    """Values met for the first time are understood at once, on the shelves of these products."""
    shelves: dict[int, set[int]] = {number: set() for number in new}
    for row in rows:
        for number in new.intersection(row.values) if row.shelf else ():
            shelves[number].add(cast(int, row.shelf))
    if new:
        FacetValue.objects.bulk_update(
            [FacetValue(pk=number, entries=1, shelves=sorted(found)) for number, found in shelves.items()],
            ["entries", "shelves"], batch_size=1_000,
        )  # fmt: skip
        SearchState.bump("vocabulary")


def _ids(wanted: set[Statement]) -> tuple[dict[Statement, int], set[int]]:
    """Ids of these statements, and which of them are new."""
    known = _known(wanted)
    new = sorted(wanted - known.keys())
    if not new:
        return known, set()
    rows = [FacetValue(kind=kind, name=name, value=value) for kind, name, value in new]
    FacetValue.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    made = _known(set(new))
    return known | made, set(made.values())


def _known(wanted: set[Statement]) -> dict[Statement, int]:
    values = sorted({value for _kind, _name, value in wanted})
    rows = FacetValue.objects.filter(value__in=values).values_list("kind", "name", "value", "pk")
    return {(kind, name, value): pk for kind, name, value, pk in rows if (kind, name, value) in wanted}


def fill_missing() -> int:
    """Note what indexed products state that were indexed before this was kept; how many."""
    missing = CatalogEntry.objects.exclude(pk__in=ProductFacets.objects.values("pk")).order_by("pk")
    keys = list(missing.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        products = get_store().products().filter(pk__in=keys[start : start + BATCH])
        write_facets(list(facts_of(products).values()))
    return len(keys)


def count_values() -> None:
    """Count how many products state each value and on which shelves; values that none states are forgotten."""
    ProductFacets.objects.exclude(pk__in=CatalogEntry.objects.values("pk")).delete()
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "WITH said AS (SELECT value, count(*) AS n,"
            " array_remove(array_agg(DISTINCT shelf), NULL) AS shelves"
            " FROM retail_ai_productfacets, unnest(values) value GROUP BY value)"
            " UPDATE retail_ai_facetvalue f SET entries = said.n, shelves = said.shelves FROM said"
            " WHERE f.id = said.value AND (f.entries, f.shelves) IS DISTINCT FROM (said.n, said.shelves)"
        )
        cursor.execute(
            "DELETE FROM retail_ai_facetvalue f WHERE NOT EXISTS"
            " (SELECT FROM retail_ai_productfacets WHERE values @> ARRAY[f.id])"
        )
        cursor.execute(
            "SELECT DISTINCT phrase FROM retail_ai_productfacets, unnest(phrases) phrase LIMIT %s", [MOST_PHRASES]
        )
        phrases = sorted(row[0] for row in cursor.fetchall())
    _name_categories()
    SearchState.objects.update_or_create(pk=1, defaults={"protected": phrases})
    SearchState.bump("vocabulary")


def _name_categories() -> None:
    """What the shop calls its categories and brands in other languages."""
    names: dict[tuple[str, str], list[str]] = {}
    for kind, value, name in get_store().other_names():
        names.setdefault((kind, value), []).append(name)
    for row in FacetValue.objects.filter(value__in=[value for _, value in names]):
        aliases = names.get((row.kind, row.value), [])
        if aliases and row.aliases != aliases:
            FacetValue.objects.filter(pk=row.pk).update(aliases=aliases)


def search_state() -> tuple[int, int]:
    """Versions of the vocabulary and of the owner's rules: one look-up by primary key."""
    return SearchState.objects.filter(pk=1).values_list("vocabulary", "rules").first() or (0, 0)


def state_for(folded: str) -> tuple[int, int, bool]:
    """The versions, and whether the text is a SKU or a whole title, in one look-up."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT s.vocabulary, s.rules, e.found FROM (SELECT EXISTS (SELECT FROM retail_ai_catalogentry"
            " WHERE sku = %s OR title = %s) AS found) e LEFT JOIN retail_ai_searchstate s ON s.id = 1",
            [folded, folded],
        )
        words, rules, found = cursor.fetchone()
    return words or 0, rules or 0, bool(found)


def current_vocabulary(version: int | None = None) -> Vocabulary:
    """The vocabulary as it stands, compiled once a version in each process."""
    global _current
    version = search_state()[0] if version is None else version
    known = _current
    if known is None or known[0] != version:
        with _lock:
            known = _current = (version, _compile())
    return known[1]


def _compile() -> Vocabulary:
    useful = FacetValue.objects.filter(is_understood=True, entries__gt=0)
    rows = useful.order_by("-entries", "pk").values_list(
        "pk", "kind", "name", "value", "entries", "shelves", "aliases"
    )[:MOST_VALUES]
    values = [
        Value(pk, kind, name, value, entries, frozenset(map(str, shelves)), tuple(aliases))
        for pk, kind, name, value, entries, shelves, aliases in rows
    ]
    protected = SearchState.objects.filter(pk=1).values_list("protected", flat=True).first() or ()
    return build(values, protected)


def facet_values(pairs: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> dict[tuple[str, str], tuple[int, ...]]:
    """Ids by (facet, value): ``brand``, ``category`` or an attribute's name, whatever the case; none where unknown."""
    wanted = {(name.casefold(), value.casefold()): (name, value) for name, value in pairs}
    found: dict[tuple[str, str], list[int]] = {pair: [] for pair in wanted.values()}
    if wanted:
        for one in vocabulary.values.values():
            key = (one.name.casefold() or one.kind, one.value.casefold())
            if key in wanted:
                found[wanted[key]].append(one.id)
    return {pair: tuple(ids) for pair, ids in found.items()}


def facet_names(vocabulary: Vocabulary) -> list[str]:
    """Names that products can be narrowed by: "brand", "category" and the attributes."""
    return sorted({one.name or one.kind for one in vocabulary.values.values()})


__all__ = [
    "count_values", "current_vocabulary", "facet_names", "facet_values", "fill_missing", "search_state",
    "state_for", "write_facets",
]  # fmt: skip
