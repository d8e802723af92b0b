"""The choices a department's filter panel offers: brands and attribute values with counts. Cached for a minute."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max, Min

from shop_demo.models import Product

MAX_FACETS = 6
MAX_VALUES = 10
MAX_PRODUCTS = 5_000  # above this a department is a whole shop, and attributes tell little and cost seconds


@dataclass(frozen=True, slots=True)
class Facet:
    """An attribute and its commonest values as (value, number of products)."""

    name: str
    values: tuple[tuple[str, int], ...]


def facets_of(department_ids: list[int]) -> tuple[Facet, ...]:
    """Attributes that many of the departments' products have and that tell them apart, most useful first."""
    key = "shop_facets:" + ",".join(map(str, department_ids))
    found = cache.get(key)
    if found is None:
        found = _count(department_ids)
        cache.set(key, found, 60)
    return found


def brands_of(department_ids: list[int]) -> list[tuple[str, int]]:
    """(brand, products) of the departments' visible products, by name."""
    products = Product.objects.filter(department__in=department_ids, is_active=True).exclude(brand="")
    rows = products.order_by().values_list("brand").annotate(n=Count("pk")).order_by("-n", "brand")[:30]
    return sorted(rows, key=lambda row: row[0].casefold())


def price_range(department_ids: list[int]) -> tuple[int, int]:
    """Lowest and highest price, rounded outwards to whole units."""
    found = Product.objects.filter(department__in=department_ids, is_active=True).aggregate(
        low=Min("price"), high=Max("price")
    )
    return int(found["low"] or 0), int(found["high"] or 0) + 1


def _count(department_ids: list[int]) -> tuple[Facet, ...]:
    if not department_ids:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [department_ids])
        rows = cursor.fetchall()
    by_name: dict[str, list[tuple[str, int]]] = {}
    for name, value, count in rows:
        by_name.setdefault(name, []).append((value, count))
    useful = [(name, values) for name, values in by_name.items() if _tells_apart(values)]
    useful.sort(key=lambda item: -sum(n for _value, n in item[1]))
    return tuple(Facet(name, tuple(_in_order(values[:MAX_VALUES]))) for name, values in useful[:MAX_FACETS])


def _tells_apart(values: list[tuple[str, int]]) -> bool:
    shared = [n for _value, n in values if n > 1]
    return len(values) > 1 and len(shared) >= 2 and sum(shared) >= sum(n for _v, n in values) * 0.5


def _in_order(values: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Numbers by size, words by letter."""
    return sorted(values, key=lambda pair: (_leading_number(pair[0]), pair[0].casefold()))


def _leading_number(text: str) -> float:
    head = text.split()[0] if text.split() else ""
    try:
        return float(head.replace(",", ""))
    except ValueError:
        return float("inf")


_SQL = """
SELECT key, value, count(*) AS products
FROM (
  SELECT attributes FROM shop_demo_product
  WHERE department_id = ANY(%s) AND is_active AND jsonb_typeof(attributes) = 'object'
) AS p, jsonb_each_text(p.attributes)
WHERE length(value) BETWEEN 1 AND 40 AND length(key) <= 60
GROUP BY key, value
ORDER BY products DESC, key, value
"""
