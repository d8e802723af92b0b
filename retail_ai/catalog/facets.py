"""Counts what the found products state, as choices to narrow them by. Asks what was noted while indexing."""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext as _

from retail_ai.catalog.distance import key_type
from retail_ai.catalog.search_models import FacetValue

MOST_FACETS, MOST_VALUES = 8, 12
# An attribute is offered when at least this share of the products states one of its shared values.
SHARED = 0.3
LONGEST = 40


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value that found products state, how many, and whether it is chosen already."""

    value: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """An attribute, the brand or the category with its values, commonest first. ``name`` goes into the address."""

    name: str
    label: str
    values: tuple[FacetCount, ...]


def facets_of(keys: list[Any], chosen: frozenset[tuple[str, str]] = frozenset()) -> tuple[Facet, ...]:
    """Facets of these products that tell them apart, most useful first; ``chosen`` are (name, value) pairs."""
    counted: dict[str, list[FacetCount]] = {}
    for name, value, count in _count(keys, chosen):
        counted.setdefault(name, []).append(FacetCount(value, count, (name, value) in chosen))
    useful = [(name, values) for name, values in counted.items() if len(values) > 1 or values[0].is_chosen]
    useful.sort(key=lambda item: (item[0] not in ("category", "brand"), -sum(v.count for v in item[1][:MOST_VALUES])))
    return tuple(Facet(name, _label(name), tuple(values[:MOST_VALUES])) for name, values in useful[:MOST_FACETS])


def _label(name: str) -> str:
    return {"brand": _("Brand"), "category": _("Category")}.get(name, name[:1].upper() + name[1:])


# What tells nothing apart is left out where it is counted: most products state dozens of things that few others do.
_COUNT = """
WITH counted AS (
    SELECT said, count(*) AS products FROM retail_ai_productfacets p, unnest(p.values) said
    WHERE p.product_id = ANY(%s::{key_type}[]) GROUP BY said
), named AS (
    SELECT CASE WHEN f.kind = 'attribute' THEN f.name ELSE f.kind END AS name, f.value, sum(products)::int AS products
    FROM counted JOIN retail_ai_facetvalue f ON f.id = said WHERE length(f.value) <= %s GROUP BY 1, 2
), chosen AS (
    SELECT * FROM unnest(%s::text[], %s::text[]) c (name, value)
), telling AS (
    SELECT n.*, (n.name, n.value) IN (SELECT * FROM chosen) AS is_chosen,
        n.name IN ('brand', 'category') OR (
            count(*) FILTER (WHERE products > 1) OVER of_name >= 2
            AND sum(products) FILTER (WHERE products > 1) OVER of_name >= %s
        ) AS is_useful, row_number() OVER (PARTITION BY n.name ORDER BY products DESC, value) AS place
    FROM named n
    WHERE products < %s OR n.name = 'brand' OR (n.name, n.value) IN (SELECT * FROM chosen)
    WINDOW of_name AS (PARTITION BY n.name)
)
SELECT name, value, products FROM telling
WHERE (is_useful OR name IN (SELECT name FROM chosen)) AND (place <= %s OR is_chosen)
ORDER BY products DESC, name, value
"""


def _count(keys: list[Any], chosen: frozenset[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """(name, value, products) of values short enough to show, commonest first, of names that tell products apart."""
    if not keys:
        return []
    names, values = [name for name, _value in chosen], [value for _name, value in chosen]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            _COUNT.format(key_type=key_type()),
            [keys, LONGEST, names, values, SHARED * len(keys), len(keys), MOST_VALUES],
        )
        return [(str(name), str(value), int(count)) for name, value, count in cursor.fetchall()]


def category_names(values: list[str]) -> dict[str, list[str]]:
    """Other names of categories, as the shop gives them."""
    rows = FacetValue.objects.filter(kind="category", value__in=values).values_list("value", "aliases")
    return {value: list(aliases) for value, aliases in rows if aliases}
