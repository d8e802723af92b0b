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
    for name, value, count in _count(keys):
        is_chosen = (name, value) in chosen
        if len(value) <= LONGEST and (count < len(keys) or is_chosen or name == "brand"):
            counted.setdefault(name, []).append(FacetCount(value, count, is_chosen))
    useful = [(name, values) for name, values in counted.items() if _is_useful(name, values, len(keys))]
    useful.sort(key=lambda item: (item[0] not in ("category", "brand"), -sum(v.count for v in item[1][:MOST_VALUES])))
    return tuple(Facet(name, _label(name), tuple(values[:MOST_VALUES])) for name, values in useful[:MOST_FACETS])


def _is_useful(name: str, values: list[FacetCount], products: int) -> bool:
    if any(value.is_chosen for value in values):
        return True
    if len(values) < 2:
        return False
    if name in ("brand", "category"):
        return True
    shared = [value.count for value in values if value.count > 1]
    return len(shared) >= 2 and sum(shared) >= SHARED * products


def _label(name: str) -> str:
    return {"brand": _("Brand"), "category": _("Category")}.get(name, name[:1].upper() + name[1:])


def _count(keys: list[Any]) -> list[tuple[str, str, int]]:
    if not keys:
        return []
    sql = (
        "SELECT CASE WHEN f.kind = 'attribute' THEN f.name ELSE f.kind END, f.value, count(*) AS products"  # noqa: S608
        " FROM retail_ai_productfacets p, unnest(p.values) said JOIN retail_ai_facetvalue f ON f.id = said"
        f" WHERE p.product_id = ANY(%s::{key_type()}[]) GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
    )
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, [keys])
        return [(str(name), str(value), int(count)) for name, value, count in cursor.fetchall()]


def category_names(values: list[str]) -> dict[str, list[str]]:
    """Other names of categories, as the shop gives them."""
    rows = FacetValue.objects.filter(kind="category", value__in=values).values_list("value", "aliases")
    return {value: list(aliases) for value, aliases in rows if aliases}
