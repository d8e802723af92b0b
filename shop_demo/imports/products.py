"""Loads a product file into the shop, batch by batch. Products that are there already are left alone unless asked."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from shop_demo.imports.departments import Shelves, choose_department
from shop_demo.imports.problems import BadRow, Problems
from shop_demo.imports.product_rows import ProductRecord, parse_product
from shop_demo.imports.reading import read_lines
from shop_demo.models import Product

BATCH = 2_000
Progress = Callable[[int], None]  # takes the number of lines read so far
FACTS = ("title", "brand", "price", "attributes")


def import_products(
    path: Path,
    *,
    problems: Problems,
    update: bool = False,
    stock: int = 50,
    id_prefix: str = "",
    progress: Progress = lambda lines: None,
) -> Counter[str]:
    """Load the products of a JSON-lines file; return how many were created, updated and left unchanged.

    New products get ``stock`` pieces, as the file tells none. ``update`` puts the file's title, brand, price and
    attributes on products that exist; a description is never overwritten, as staff may have written it since.
    ``id_prefix`` is put before each id, for files of two sources whose ids overlap.
    """
    counts: Counter[str] = Counter()
    shelves, taken = Shelves(), set(Product.objects.values_list("slug", flat=True))
    records = _records(path, problems, id_prefix, progress)
    while batch := list(islice(records, BATCH)):
        with transaction.atomic():
            _load(batch, shelves, taken, counts, update=update, stock=stock)
    return counts


def _records(path: Path, problems: Problems, prefix: str, progress: Progress) -> Iterator[ProductRecord]:
    """The file's good rows, each id once: the first row of an id counts."""
    lines_of: dict[str, int] = {}
    for number, line in read_lines(path, problems):
        if number % 500 == 0:
            progress(number)
        if not line.strip():
            continue
        try:
            record = parse_product(line, partial(problems.mend, number), prefix)
            if first := lines_of.get(record.sku):
                raise BadRow("duplicate id", f"{record.sku}, first on line {first}")
        except BadRow as error:
            problems.skip(number, error)
            continue
        lines_of[record.sku] = number
        yield record


def _load(
    batch: list[ProductRecord], shelves: Shelves, taken: set[str], counts: Counter[str], *, update: bool, stock: int
) -> None:
    existing = Product.objects.in_bulk([r.sku for r in batch], field_name="sku")
    new = [_product(r, shelves, taken, stock) for r in batch if r.sku not in existing]
    Product.objects.bulk_create(new)
    counts["created"] += len(new)
    changed = list(_changed(batch, existing)) if update else []
    Product.objects.bulk_update(changed, FACTS, batch_size=500)
    counts["updated"] += len(changed)
    counts["already there"] += len(existing) - len(changed)


def _product(record: ProductRecord, shelves: Shelves, taken: set[str], stock: int) -> Product:
    return Product(
        sku=record.sku,
        slug=free_slug(record.title, record.sku, taken),
        title=record.title,
        brand=record.brand,
        department=shelves.get(choose_department(record.title, record.attributes)),
        description=record.description,
        attributes=record.attributes,
        price=record.price,
        stock=stock,
        source="import",
    )


def _changed(batch: Iterable[ProductRecord], existing: dict[str, Product]) -> Iterator[Product]:
    """Existing imported products on which a fact differs, with the file's facts set on them."""
    for record in batch:
        product = existing.get(record.sku)
        if product is None or product.source == "demo":
            continue
        if any(getattr(product, name) != getattr(record, name) for name in FACTS):
            for name in FACTS:
                setattr(product, name, getattr(record, name))
            yield product


def free_slug(title: str, sku: str, taken: set[str]) -> str:
    """A slug out of title and id that nobody has; it is added to ``taken``."""
    base = f"{slugify(title)[:70].strip('-')}-{slugify(sku)[:40]}".strip("-") or "product"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug
