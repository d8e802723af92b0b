"""Puts the catalogue's tables into the shop. Rows that exist are left as they are, so staff's work is safe."""

from collections import Counter
from zlib import crc32

from django.db import transaction
from django.utils.text import slugify

from shop_demo.catalogue.tables import DepartmentRow, ProductRow, read_departments, read_help, read_products
from shop_demo.models import Department, HelpPage, Product
from shop_demo.suppliers import load_suppliers


@transaction.atomic
def load_catalogue(*, refresh: bool = False) -> Counter[str]:
    """Create what is missing; return how many departments, products and help pages were made.

    ``refresh`` also puts title, brand, price, department and attributes of the tables back on products that exist;
    descriptions and stock stay, as they may have been written or sold since.
    """
    made: Counter[str] = Counter()
    departments = load_departments(read_departments(), made)
    _load_products(read_products(), departments, made, refresh=refresh)
    load_suppliers(made)
    _load_help(made)
    return made


def load_departments(rows: list[DepartmentRow], made: Counter[str]) -> dict[str, Department]:
    """Departments by slug, made where they are missing; ``rows`` hold parents before children."""
    found: dict[str, Department] = {}
    for position, row in enumerate(rows):
        values = {"name": row.name, "name_zh": row.name_zh, "parent": found.get(row.parent), "position": position}
        found[row.slug], created = Department.objects.get_or_create(slug=row.slug, defaults=values)
        made["departments"] += created
    return found


def _load_products(
    rows: list[ProductRow], departments: dict[str, Department], made: Counter[str], *, refresh: bool
) -> None:
    existing = Product.objects.in_bulk([row.sku for row in rows], field_name="sku")
    new = [_new_product(row, departments) for row in rows if row.sku not in existing]
    Product.objects.bulk_create(new, batch_size=500)
    made["products"] += len(new)
    if refresh:
        for row in rows:
            if product := existing.get(row.sku):
                made["refreshed"] += _refresh(product, row, departments[row.department])


def _new_product(row: ProductRow, departments: dict[str, Department]) -> Product:
    return Product(
        sku=row.sku,
        slug=slugify(row.title)[:120],
        title=row.title,
        brand=row.brand,
        department=departments[row.department],
        description=row.description,
        attributes=row.attributes,
        price=row.price,
        stock=_opening_stock(row),
    )


def _opening_stock(row: ProductRow) -> int:
    """More of what is cheap, fewer of what is dear; the same at each load."""
    spread = 0.6 + (crc32(row.sku.encode()) % 81) / 100
    return max(4, round(spread * 600 / (8 + float(row.price) ** 0.75)))


def _refresh(product: Product, row: ProductRow, department: Department) -> bool:
    """Put the table's facts on the product; say whether anything differed."""
    facts = {
        "title": row.title,
        "brand": row.brand,
        "price": row.price,
        "attributes": row.attributes,
        "department": department,
    }
    changed = [name for name, value in facts.items() if getattr(product, name) != value]
    for name in changed:
        setattr(product, name, facts[name])
    if changed:
        product.save(update_fields=changed)
    return bool(changed)


def _load_help(made: Counter[str]) -> None:
    for position, row in enumerate(read_help()):
        values = {"kind": row.kind, "title": row.title, "body": row.body, "position": position}
        _, created = HelpPage.objects.get_or_create(slug=row.slug, language=row.language, defaults=values)
        made["help pages"] += created
