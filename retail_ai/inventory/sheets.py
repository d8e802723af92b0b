"""CSV for spreadsheets, no cell of which is taken for a formula: purchase orders and the reorder list."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from retail_ai.inventory.models import PurchaseOrder, ReorderSuggestion
from retail_ai.stores import get_store

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ORDER_COLUMNS = (
    "order",
    "supplier",
    "article",
    "sku",
    "product",
    "quantity",
    "unit cost",
    "cost",
    "currency",
    "expected",
)
REORDER_COLUMNS = (
    "product", "sku", "supplier", "quantity", "order_by", "days_of_cover", "weekly_demand", "stock", "on_order",
    "cost", "currency", "lost_value", "state",
)  # fmt: skip


def cell(value: Any) -> str:
    """As text that a spreadsheet does not take for a formula (OWASP, CSV injection)."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return f"{value:.2f}" if isinstance(value, float) else str(value)
    text = str(value)
    return f"'{text}" if text[:1] in RISKY else text


def write(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV text with a header."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return sink.getvalue()


def order_sheet(order: PurchaseOrder) -> str:
    """A purchase order as CSV, one line a product."""
    return write(ORDER_COLUMNS, _order_rows(order))


def reorder_sheet(rows: Iterable[ReorderSuggestion]) -> str:
    """The reorder list as CSV."""
    return write(REORDER_COLUMNS, _reorder_rows(rows))


def _order_rows(order: PurchaseOrder) -> Iterator[Sequence[Any]]:
    for line in order.lines.select_related("product"):
        yield (
            order.number, order.supplier or "", line.article, sku_of(line.product), line.product, line.quantity,
            line.unit_cost, line.cost, order.currency, order.expected_on,
        )  # fmt: skip


def _reorder_rows(rows: Iterable[ReorderSuggestion]) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield (
            row.product, sku_of(row.product), row.supplier or "", row.quantity, row.order_by, row.days_of_cover,
            row.weekly_demand, row.stock, row.on_order, row.cost, row.currency, row.lost_value, row.state,
        )  # fmt: skip


def sku_of(product: Any) -> str:
    """The shop's number of a product, else its key; without its other facts, which may take a query a row."""
    value = product
    for part in (get_store().sku_field or "pk").split("__"):
        value = getattr(value, part, "")
    return str(value)
