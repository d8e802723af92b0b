"""The tree of departments, read once a request. Every list of shelves on the pages comes from here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from shop_demo.models import Department

MANY = 20
# What shoppers who name a price in another currency are told; a real shop asks its bank.
RATES = {"USD": Decimal("0.92"), "GBP": Decimal("1.17"), "CNY": Decimal("0.13"), "JPY": Decimal("0.006")}


@dataclass(slots=True)
class Shelf:
    """A department with its sub-departments and how many visible products stand on it or below."""

    department: Department
    own: int
    children: list["Shelf"] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.own + sum(child.count for child in self.children)

    @property
    def largest(self) -> list["Shelf"]:
        """The sub-departments with products; where there are very many, those with most."""
        filled = [child for child in self.children if child.count]
        if len(filled) <= MANY:
            return filled
        return sorted(filled, key=lambda child: -child.count)[:MANY]

    @property
    def others(self) -> list["Shelf"]:
        """The sub-departments with products that are not among the largest."""
        shown = {child.department.pk for child in self.largest}
        return [child for child in self.children if child.count and child.department.pk not in shown]

    @property
    def ids(self) -> list[int]:
        """Keys of the department and all below it."""
        return [self.department.pk, *(key for child in self.children for key in child.ids)]


def shelves_of(request: Any) -> list[Shelf]:
    """The departments at the top, with all below them; empty ones are left out."""
    if not hasattr(request, "shop_shelves"):
        request.shop_shelves = [shelf for shelf in _tree() if shelf.count]
    return request.shop_shelves


def find_shelf(shelves: list[Shelf], slug: str) -> Shelf | None:
    """The shelf with that slug, at any depth."""
    for shelf in shelves:
        if shelf.department.slug == slug:
            return shelf
        if below := find_shelf(shelf.children, slug):
            return below
    return None


def _tree() -> list[Shelf]:
    counted = Department.objects.annotate(n=Count("products", filter=Q(products__is_active=True)))
    shelves = {d.pk: Shelf(d, d.n) for d in counted.order_by("position", "name")}
    for shelf in shelves.values():
        if parent := shelves.get(shelf.department.parent_id):
            shelf.department.parent = parent.department
            parent.children.append(shelf)
    return [shelf for shelf in shelves.values() if shelf.department.parent_id is None]


def chinese_names() -> Iterator[tuple[str, str, str]]:
    """What the departments are called in Chinese, as the search takes it."""
    for name, chinese in Department.objects.exclude(name_zh="").values_list("name", "name_zh"):
        yield "category", name, chinese
