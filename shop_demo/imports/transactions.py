"""Loads a transactions file into the shop's orders, batch by batch; a repeated run adds only what is lacking.

Each batch is one database transaction. A line counts as loaded when its order holds a line with the same product,
quantity and price that no earlier line of the file has claimed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from shop_demo.bulk import copy_rows, reserve_ids
from shop_demo.imports.departments import Shelves, choose_department
from shop_demo.imports.problems import BadRow, Problems
from shop_demo.imports.products import free_slug
from shop_demo.imports.reading import read_lines
from shop_demo.imports.transaction_rows import NonProducts, SaleRecord, parse_sale, read_records
from shop_demo.models import Order, OrderLine, Product, Profile

BATCH = 2_000
Progress = Callable[[int], None]
LineKey = tuple[int, int, Decimal]  # product, quantity, unit price


@dataclass(slots=True)
class Known:
    """What the run knows of the shop: keys of products, customers and orders, and lines that were there before."""

    products: dict[str, int]
    customers: dict[str, int]
    slugs: set[str]
    orders: dict[str, int] = field(default_factory=dict)
    there: dict[int, Counter[LineKey]] = field(default_factory=dict)
    new_prices: dict[int, tuple[datetime, Decimal]] = field(default_factory=dict)


def import_transactions(
    path: Path,
    *,
    problems: Problems,
    also_no_products: tuple[str, ...] = (),
    stock: int = 50,
    id_prefix: str = "",
    progress: Progress = lambda lines: None,
) -> Counter[str]:
    """Load the sales of a CSV file; return how many orders, lines, returned lines, products and customers were made.

    Products are found by their id; those the shop does not know are made, with ``stock`` pieces and the price last
    paid. ``id_prefix`` is put before each product id, for files of two sources whose ids overlap. Raises BadRow
    when the header lacks a column.
    """
    counts: Counter[str] = Counter()
    known, shelves = _what_is_known(), Shelves()
    sales = _sales(path, problems, NonProducts(also_no_products), id_prefix, progress)
    while batch := list(islice(sales, BATCH)):
        batch = list(_own(batch, problems))
        with transaction.atomic():
            _make_products(batch, known, shelves, counts, stock)
            _make_customers(batch, known, counts)
            _make_orders(batch, known, counts)
            _write_lines(batch, known, counts)
    _set_last_prices(known)
    return counts


def _sales(
    path: Path, problems: Problems, non_products: NonProducts, prefix: str, progress: Progress
) -> Iterator[SaleRecord]:
    now = datetime.now(UTC)
    for number, row in read_records(read_lines(path, problems), problems):
        if number % 5_000 < 2:
            progress(number)
        try:
            yield parse_sale(number, row, non_products, now, prefix)
        except BadRow as error:
            problems.skip(number, error)


def _own(batch: list[SaleRecord], problems: Problems) -> Iterator[SaleRecord]:
    """Without lines whose invoice number belongs to an order that came into the shop in another way."""
    numbers = {sale.invoice for sale in batch}
    others = set(Order.objects.filter(number__in=numbers).exclude(source="import").values_list("number", flat=True))
    for sale in batch:
        if sale.invoice in others:
            problems.skip(sale.line, BadRow("invoice number of another order", sale.invoice))
        else:
            yield sale


def _what_is_known() -> Known:
    products = {sku.casefold(): pk for sku, pk in Product.objects.values_list("sku", "pk")}
    customers = get_user_model().objects.filter(username__startswith="customer-").values_list("username", "pk")
    return Known(products, dict(customers), set(Product.objects.values_list("slug", flat=True)))


def _make_products(batch: list[SaleRecord], known: Known, shelves: Shelves, counts: Counter[str], stock: int) -> None:
    """Products that the shop does not know; codes that differ in case only are one product."""
    new: dict[str, Product] = {}
    for sale in batch:
        key = sale.product.casefold()
        if key in known.products or key in new:
            continue
        title = sale.title or f"Product {sale.product}"
        new[key] = Product(
            sku=sale.product,
            slug=free_slug(title, sale.product, known.slugs),
            title=title,
            department=shelves.get(choose_department(title, {})),
            price=sale.price,
            stock=stock,
            source="sales",
        )
    for key, product in zip(new, Product.objects.bulk_create(new.values()), strict=True):
        known.products[key] = product.pk
        known.new_prices[product.pk] = (datetime.min.replace(tzinfo=UTC), product.price)
    counts["products"] += len(new)


def _make_customers(batch: list[SaleRecord], known: Known, counts: Counter[str]) -> None:
    model, unusable = get_user_model(), make_password(None)
    names = {f"customer-{s.customer}" for s in batch if s.customer} - known.customers.keys()
    users = model.objects.bulk_create(model(username=name, password=unusable) for name in sorted(names))
    Profile.objects.bulk_create(Profile(user=user) for user in users)
    known.customers.update((user.username, user.pk) for user in users)
    counts["customers"] += len(users)


def _make_orders(batch: list[SaleRecord], known: Known, counts: Counter[str]) -> None:
    """Orders of the batch, found or made; of those found, the lines they hold already."""
    numbers = {s.invoice for s in batch} - known.orders.keys()
    found = dict(Order.objects.filter(number__in=numbers).values_list("number", "pk"))
    known.orders.update(found)
    there: dict[int, Counter[LineKey]] = defaultdict(Counter)
    held = OrderLine.objects.filter(order_id__in=found.values())
    for order, *key in held.values_list("order_id", "product_id", "quantity", "unit_price"):
        there[order][tuple(key)] += 1  # type: ignore[index]
    known.there.update(there)
    first = {s.invoice: s for s in reversed(batch) if s.invoice in numbers and s.invoice not in found}
    ids = reserve_ids(Order, len(first))
    names = ["id", "number", "user_id", "address", "status", "placed_at", "source"]
    copy_rows(
        Order,
        names,
        (
            (pk, s.invoice, known.customers.get(f"customer-{s.customer}"), s.country, "delivered", s.date, "import")
            for pk, s in zip(ids, first.values(), strict=True)
        ),
    )
    known.orders.update(zip(first, ids, strict=True))
    counts["orders"] += len(first)


def _write_lines(batch: list[SaleRecord], known: Known, counts: Counter[str]) -> None:
    totals: dict[int, Decimal] = defaultdict(Decimal)
    rows = []
    for sale in batch:
        order, product = known.orders[sale.invoice], known.products[sale.product.casefold()]
        if _is_there(known, order, (product, sale.quantity, sale.price)):
            counts["lines already there"] += 1
            continue
        rows.append((order, product, sale.title, sale.quantity, sale.price))
        totals[order] += sale.quantity * sale.price
        counts["returned lines" if sale.quantity < 0 else "lines"] += 1
        if product in known.new_prices and sale.quantity > 0:
            known.new_prices[product] = max(known.new_prices[product], (sale.date, sale.price))
    copy_rows(OrderLine, ["order_id", "product_id", "title", "quantity", "unit_price"], rows)
    _add_totals(totals)


def _is_there(known: Known, order: int, key: LineKey) -> bool:
    """Whether a line was in the shop before this run; each such line answers for one line of the file."""
    held = known.there.get(order)
    if not held or not held[key]:
        return False
    held[key] -= 1
    if not +held:
        del known.there[order]
    return True


def _add_totals(totals: dict[int, Decimal]) -> None:
    table = connection.ops.quote_name(Order._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} o SET total = o.total + d.more "  # noqa: S608
            "FROM unnest(%s::bigint[], %s::numeric[]) AS d(id, more) WHERE o.id = d.id",
            [list(totals), list(totals.values())],
        )


def _set_last_prices(known: Known) -> None:
    """Products that this run made cost what was last paid for one."""
    products = Product.objects.in_bulk(known.new_prices)
    for pk, (_, price) in known.new_prices.items():
        products[pk].price = price
    Product.objects.bulk_update(products.values(), ["price"], batch_size=1000)
