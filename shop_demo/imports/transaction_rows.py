"""Lines of a transactions file → clean SaleRecords, or BadRow. It writes nothing and knows no product's key."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shop_demo.imports.cleaning import clean_text, cut, parse_date, parse_price, parse_quantity
from shop_demo.imports.problems import BadRow, Problems

COLUMNS = ("invoice", "product_id", "title", "quantity", "date", "price", "customer_id", "country")
ALIASES = {  # the names the same columns bear in the data's first publication
    "stockcode": "product_id",
    "description": "title",
    "invoiceno": "invoice",
    "invoicedate": "date",
    "unitprice": "price",
    "customerid": "customer_id",
}
LONGEST_RECORD = 5  # lines that one quoted cell may run over
# Codes that are no goods: postage, carriage, manual entries, discounts, samples, fees, vouchers, tests, adjustments.
NON_PRODUCT_CODES = (
    r"POST|DOT|M|D|S|B|C\d+|PADS|CRUK|BANK CHARGES|AMAZON ?FEE|ADJUST\d*|TEST\d*|GIFT|GIFT_.*"
    r"|DISCOUNT|FEE|SHIPPING|MANUAL"
)
NON_PRODUCT_TITLES = (
    r"(dotcom ?)?postage|carriage|manual|discount|samples?|bank charges|amazon fee|adjust(ment)? by .*|adjust bad debt"
    r"|.*\bgift vouchers?\b.*|this is a test product.*|(next day |standard )?shipping( costs?)?"
)


@dataclass(frozen=True, slots=True)
class SaleRecord:
    """One line of a sale, or of a return (negative quantity). ``customer`` is empty for a guest."""

    line: int
    invoice: str
    product: str
    title: str
    quantity: int
    date: datetime
    price: Decimal
    customer: str
    country: str


class NonProducts:
    """The rule that tells postage, vouchers and test codes from goods; ``also`` adds patterns for whole codes."""

    def __init__(self, also: tuple[str, ...] = ()) -> None:
        self._codes = re.compile("|".join([NON_PRODUCT_CODES, *also]), re.I)
        self._titles = re.compile(NON_PRODUCT_TITLES, re.I)

    def match(self, code: str, title: str) -> bool:
        return bool(self._codes.fullmatch(code) or self._titles.fullmatch(title))


def read_records(lines: Iterator[tuple[int, str]], problems: Problems) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, cells by column name) of each row; raises BadRow where the header lacks a column."""
    names, delimiter = _header(next(lines, (0, ""))[1])
    waiting: list[tuple[int, str]] = []
    while True:
        number, line = waiting.pop(0) if waiting else next(lines, (0, ""))
        if not number:
            return
        if not line.strip():
            continue
        cells = _cells(line, delimiter)
        if len(cells) < len(names) and line.count('"') % 2:
            cells = _continued(line, lines, waiting, len(names), delimiter) or cells
        if len(cells) != len(names):
            problems.skip(number, BadRow("wrong number of cells", f"{len(cells)} for {len(names)}: {line[:80]}"))
            continue
        yield number, dict(zip(names, cells, strict=True))


def parse_sale(
    line: int, row: dict[str, str], non_products: NonProducts, now: datetime, prefix: str = ""
) -> SaleRecord:
    """A clean line of a sale; BadRow says why a row is none. ``prefix`` goes before the product's id."""
    invoice, product, title = (clean_text(row[name]) for name in ("invoice", "product_id", "title"))
    _check_names(invoice, prefix + product if product else "")
    if non_products.match(product, title):
        raise BadRow("not a product", f"{product} {title}".strip())
    quantity = parse_quantity(row["quantity"])
    is_return = invoice[:1].upper() == "C"
    if quantity < 0 and not is_return:
        raise BadRow("negative quantity without cancellation", f"{invoice} {product} {quantity}")
    if quantity > 0 and is_return:
        raise BadRow("cancellation with positive quantity", f"{invoice} {product} {quantity}")
    return SaleRecord(
        line=line,
        invoice=invoice,
        product=prefix + product,
        title=cut(title, 300)[0],
        quantity=quantity,
        price=parse_price(row["price"]),
        date=parse_date(row["date"], now),
        customer=_customer(row["customer_id"]),
        country=cut(clean_text(row["country"]), 100)[0],
    )


def _check_names(invoice: str, product: str) -> None:
    if not invoice:
        raise BadRow("no invoice number")
    if len(invoice) > 24:
        raise BadRow("invoice number is longer than 24 characters", invoice)
    if not product:
        raise BadRow("no product id", invoice)
    if len(product) > 64:
        raise BadRow("product id is longer than 64 characters", product)


def _customer(text: str) -> str:
    """The customer's number as text: "13085" for "13085.0"; empty for a guest."""
    text = clean_text(text)
    if text.lower() in ("", "nan", "null", "none"):
        return ""
    if len(text) > 64:
        raise BadRow("customer id is longer than 64 characters", text)
    return re.sub(r"^(\d+)\.0+$", r"\1", text)


def _header(line: str) -> tuple[list[str], str]:
    delimiter = max(",;\t", key=line.count)
    names = [re.sub(r"\s+", "", name.strip().lower()) for name in _cells(line, delimiter)]
    names = [ALIASES.get(name, name) for name in names]
    if missing := [name for name in COLUMNS if name not in names]:
        raise BadRow("the header lacks columns", ", ".join(missing))
    return names, delimiter


def _continued(
    line: str, lines: Iterator[tuple[int, str]], waiting: list[tuple[int, str]], width: int, delimiter: str
) -> list[str] | None:
    """Cells of a record whose quoted cell runs over lines; the lines read on are given back where it does not end."""
    taken = waiting[: LONGEST_RECORD - 1]
    del waiting[: LONGEST_RECORD - 1]
    for n in range(LONGEST_RECORD - 1):
        if n >= len(taken):
            following = next(lines, None)
            if following is None:
                break
            taken.append(following)
        text = "\n".join([line, *(more for _, more in taken[: n + 1])])
        cells = _cells(text, delimiter)
        if len(cells) == width and text.count('"') % 2 == 0:
            waiting[:0] = taken[n + 1 :]
            return cells
    waiting[:0] = taken
    return None


def _cells(text: str, delimiter: str) -> list[str]:
    """The cells of one record; a cell longer than csv takes makes the record one cell, which no header fits."""
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:
        return [text]
    return rows[0] if len(rows) == 1 else [cell for row in rows for cell in row]
