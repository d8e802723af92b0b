"""One line of a product file → one clean ProductRecord, or BadRow. It writes nothing."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shop_demo.imports.cleaning import clean_text, cut, parse_price
from shop_demo.imports.problems import BadRow

LONGEST_ID, LONGEST_TITLE, LONGEST_BRAND, LONGEST_DESCRIPTION = 64, 300, 120, 20_000
LONGEST_NAME, LONGEST_VALUE, MOST_ATTRIBUTES = 100, 1_000, 300
Note = Callable[[str], None]  # takes the reason for which a value was mended


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """A product as the file states it, cleaned; attribute values are text."""

    sku: str
    title: str
    brand: str
    description: str
    price: Decimal
    attributes: dict[str, str]


def parse_product(line: str, note: Note, prefix: str = "") -> ProductRecord:
    """Read one JSON line. What can be put right is put right and noted; BadRow where the row is no product.

    ``prefix`` goes before the id.
    """
    row = _load(line)
    sku = clean_text(row.get("id"))
    if not sku:
        raise BadRow("no id")
    sku = prefix + sku
    if len(sku) > LONGEST_ID:
        raise BadRow(f"id is longer than {LONGEST_ID} characters", sku)
    title = _text(row, "title", LONGEST_TITLE, note)
    if not title:
        raise BadRow("no title", sku)
    return ProductRecord(
        sku=sku,
        title=title,
        brand=_text(row, "brand", LONGEST_BRAND, note),
        description=_text(row, "description", LONGEST_DESCRIPTION, note),
        price=parse_price(row.get("price_cents"), cents=True),
        attributes=clean_attributes(row.get("attributes"), note),
    )


def clean_attributes(value: Any, note: Note) -> dict[str, str]:
    """Names and values as text; empty ones and what is no plain value are left out."""
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        note("attributes are no object, left out")
        return {}
    clean: dict[str, str] = {}
    for name, raw in value.items():
        key, long_name = cut(clean_text(name), LONGEST_NAME)
        text, long_value = cut(_plain(raw, note), LONGEST_VALUE)
        if long_name or long_value:
            note("attribute too long, cut")
        if key and text:
            clean.setdefault(key, text)
    if len(clean) > MOST_ATTRIBUTES:
        note(f"more than {MOST_ATTRIBUTES} attributes, the first kept")
        clean = dict(list(clean.items())[:MOST_ATTRIBUTES])
    return clean


def _load(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRow("broken JSON", error) from None
    if not isinstance(row, dict):
        raise BadRow("not a JSON object", type(row).__name__)
    return row


def _text(row: dict[str, Any], name: str, length: int, note: Note) -> str:
    value = row.get(name)
    if isinstance(value, dict | list):
        note(f"{name} is no text, left out")
        return ""
    text, was_cut = cut(clean_text(value), length)
    if was_cut:
        note(f"{name} longer than {length} characters, cut")
    return text


def _plain(value: Any, note: Note) -> str:
    """A value as a person reads it: yes and no, 6 for 6.0, lists with commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "" if value != value or abs(value) == float("inf") else f"{value:.10g}"
    if isinstance(value, list):
        return ", ".join(part for part in (_plain(v, note) for v in value) if part)
    if isinstance(value, dict):
        note("attribute with parts, left out")
        return ""
    return clean_text(value)
