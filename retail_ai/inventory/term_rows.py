"""Rows of a file of suppliers' terms: its text, its columns, the products that are meant. It saves nothing."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.stores import get_store

COLUMNS = (
    "sku", "supplier", "cost", "currency", "lead_time_days", "lead_time_sd", "minimum_order", "pack_size", "article",
    "service_level",
)  # fmt: skip
MOST_BYTES = 20_000_000
# "3,50" is a decimal comma; "1,000" may be either, so it is not understood.
DECIMAL_COMMA = re.compile(r"(\d+),(\d{1,2}|\d{4,})")


def text_of(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise InvalidInput(_("The file is larger than %(n)d MB.") % {"n": MOST_BYTES // 1_000_000})
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace").replace("\0", "")


def delimiter_of(text: str) -> str:
    """What is found most in the first line: spreadsheets write semicolons where the comma is the decimal sign."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def sku_of(row: dict[str, Any]) -> str:
    return str(row.get("sku") or "").strip()


def products_by(skus: set[str]) -> dict[str, Any]:
    store, skus = get_store(), skus - {""}
    path = store.sku_field or "pk"
    if path != "pk":
        return dict(store.products().filter(**{f"{path}__in": skus}).values_list(path, "pk"))
    found = {}
    for sku in skus:
        try:
            found[sku] = store.product_model._meta.pk.to_python(sku)
        except ValidationError:
            continue
    there = set(store.products().filter(pk__in=found.values()).values_list("pk", flat=True))
    return {sku: key for sku, key in found.items() if key in there}


def terms_in(row: dict[str, Any]) -> dict[str, Any]:
    """Only what the file states: an empty cell changes nothing."""
    values: dict[str, Any] = {}
    readers: dict[str, Any] = {
        "cost": _decimal, "lead_time_days": _float, "lead_time_sd": _float, "minimum_order": int, "pack_size": int,
        "service_level": _float, "currency": str.upper, "article": str,
    }  # fmt: skip
    for name, read in readers.items():
        if text := cell(row, name):
            try:
                values["unit_cost" if name == "cost" else name] = read(text)
            except (ValueError, InvalidOperation) as error:
                raise InvalidInput(
                    _("%(name)s: “%(text)s” is no number") % {"name": name, "text": text[:40]}
                ) from error
    return values


def _decimal(text: str) -> Decimal:
    return Decimal(DECIMAL_COMMA.sub(r"\1.\2", text) if DECIMAL_COMMA.fullmatch(text) else text)


def _float(text: str) -> float:
    return float(_decimal(text))


def cell(row: dict[str, Any], name: str) -> str:
    text = str(row.get(name) or "").strip()
    # What this app's own CSV marks as text.
    return text[1:] if text[:1] == "'" else text
