"""The demo shop's suppliers, one a top department, with terms invented by rule; and booking in what came."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from zlib import crc32

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from shop_demo.models import Product, SupplierTerms

NAMES = ("Hansa Import", "Alpina Wholesale", "Meridian Trading", "Baltic Supply", "Iberia Goods", "Delta Partners")


def load_suppliers(made: Counter[str]) -> None:
    """Terms for products of the demo catalogue that have none."""
    products = Product.objects.filter(supplier_terms=None, source="demo").select_related("department__parent")
    rows = [_terms(product) for product in products]
    SupplierTerms.objects.bulk_create(rows, batch_size=500)
    made["supplier terms"] += len(rows)


def terms() -> Iterator[tuple[Any, ...]]:
    """(product, supplier, cost, currency, lead time, its spread, minimum, pack, article) of all that have terms."""
    for row in SupplierTerms.objects.order_by("pk").iterator():
        yield (
            row.product_id, row.supplier, row.cost, "", row.lead_time_days, row.lead_time_sd, row.minimum_order,
            row.pack_size, row.article,
        )  # fmt: skip


@transaction.atomic
def book_in(units: Mapping[Any, int]) -> bool:
    """Add delivered pieces to the stock."""
    for product, count in units.items():
        Product.objects.filter(pk=product).update(stock=Greatest(F("stock") + count, 0))
    return True


def _terms(product: Product) -> SupplierTerms:
    """The same at each load: dear goods come from afar and singly, cheap ones in boxes."""
    dice = crc32(product.sku.encode())
    top = product.department.parent or product.department
    cheap = product.price < 40
    return SupplierTerms(
        product=product,
        supplier=NAMES[top.position % len(NAMES)],
        cost=(product.price * (45 + dice % 26) / 100).quantize(Decimal("0.01")),
        lead_time_days=7 + dice % 22,
        lead_time_sd=1 + dice % 4,
        pack_size=6 if cheap else 1,
        minimum_order=12 if cheap else 2,
        article=f"{top.slug[:3].upper()}-{dice % 100000:05}",
    )
