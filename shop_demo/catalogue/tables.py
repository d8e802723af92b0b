"""Reads the catalogue's text tables into plain values. It touches no database.

A product file holds sections. ``== slug`` opens a department's section; its first row names the columns
(``title | brand | price | attribute…``), every further row is a product, an empty cell an attribute it has not, and
a row that starts with ``>`` is the description of the product above it. ``#`` starts a comment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from zlib import crc32

DATA = Path(__file__).parent / "data"


@dataclass(slots=True)
class DepartmentRow:
    """A shelf; ``parent`` is a slug, empty for a top department."""

    slug: str
    name: str
    name_zh: str
    parent: str


@dataclass(slots=True)
class ProductRow:
    """A product as the supplier states it; ``attributes`` keep the table's column order."""

    department: str
    title: str
    brand: str
    price: Decimal
    attributes: dict[str, str]
    description: str = ""
    sku: str = field(init=False)

    def __post_init__(self) -> None:
        # The title decides the number, so that a new row in the middle of a table moves no other product's number.
        initials = "".join(word[0] for word in self.department.split("-"))[:3].upper()
        self.sku = f"{initials}-{crc32(self.title.encode()) % 1_000_000:06d}"


@dataclass(slots=True)
class HelpRow:
    """A policy or an answered question in one language; ``body`` keeps its paragraphs."""

    kind: str
    slug: str
    language: str
    title: str
    body: str


def read_departments() -> list[DepartmentRow]:
    """Departments in shelf order, parents before children."""
    rows = (line for _, line in _lines(DATA / "departments.txt"))
    return [DepartmentRow(*_cells(row)) for row in rows]


def read_products() -> list[ProductRow]:
    """Every product of every table, in file and row order."""
    return [product for path in sorted((DATA / "products").glob("*.txt")) for product in _read_table(path)]


def read_help() -> list[HelpRow]:
    """Help pages: in ``help_<language>.txt`` each starts with ``== kind slug Title``."""
    return [row for path in sorted(DATA.glob("help_*.txt")) for row in _read_help_file(path)]


def _read_table(path: Path) -> Iterator[ProductRow]:
    department, columns, product = "", [], None
    for number, line in _lines(path):
        if line.startswith(">") and product:
            product.description = f"{product.description} {line[1:].strip()}".strip()
            continue
        if product:
            yield product
            product = None
        if line.startswith("=="):
            department, columns = line[2:].strip(), []
        elif not columns:
            columns = _cells(line)
        else:
            product = _product(department, columns, _cells(line), f"{path.name}:{number}")
    if product:
        yield product


def _product(department: str, columns: list[str], cells: list[str], where: str) -> ProductRow:
    if len(cells) != len(columns):
        raise ValueError(f"{where}: {len(cells)} cells under {len(columns)} columns")
    title, brand, price, *values = cells
    attributes = {name: value for name, value in zip(columns[3:], values, strict=True) if value}
    return ProductRow(department, title, brand, Decimal(price), attributes)


def _read_help_file(path: Path) -> Iterator[HelpRow]:
    language = path.stem.removeprefix("help_")
    for part in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        head, _, body = part.partition("\n")
        kind, slug, title = head.split(" ", 2)
        yield HelpRow(kind, slug, language, title.strip(), body.strip())


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
