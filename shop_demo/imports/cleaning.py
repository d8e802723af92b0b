"""Turns what stands in a file's cell into a clean value, or raises BadRow. No file, no database."""

import html
import math
import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from shop_demo.imports.problems import BadRow

BLOCKS = re.compile(r"<(script|style)\b.*?</\1\s*>", re.I | re.S)
INLINE = re.compile(r"</?(?:a|abbr|b|big|em|font|i|mark|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>", re.I)
TAGS = re.compile(r"</?[a-z!][^<>]*>|<!--.*?-->", re.I | re.S)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
HIGHEST_PRICE = Decimal("99999999.99")
HIGHEST_QUANTITY = 10_000_000
DATES = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%m/%d/%Y %H:%M", "%d/%m/%Y", "%d.%m.%Y")


def clean_text(value: Any) -> str:
    """One line of plain text: no tags, no entities, no control characters, single spaces."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return " ".join(text.split())  # most cells: nothing in them needs mending
    if "<" in text or "&" in text:
        text = _strip_html(_strip_html(text))
    return " ".join(CONTROL.sub("", text).split())


def _strip_html(text: str) -> str:
    """Without tags and with entities resolved; called twice, as escaped tags come to light by the first call."""
    return html.unescape(TAGS.sub(" ", INLINE.sub("", BLOCKS.sub(" ", text))))


def cut(text: str, length: int) -> tuple[str, bool]:
    """The text in at most ``length`` characters, and whether something was cut off."""
    return (text, False) if len(text) <= length else (text[: length - 1].rstrip() + "…", True)


def parse_price(value: Any, *, cents: bool = False) -> Decimal:
    """An amount above 0 with two decimals. Takes "2,10", "£2.10" and numbers; raises BadRow for anything else."""
    amount = _decimal(value, "price")
    if cents:
        amount /= 100
    amount = amount.quantize(Decimal("0.01")) if abs(amount) <= HIGHEST_PRICE else amount
    if amount == 0:
        raise BadRow("price is 0")
    if amount < 0:
        raise BadRow("price is negative", value)
    if amount > HIGHEST_PRICE:
        raise BadRow("price is too high", value)
    return amount


def parse_quantity(value: Any) -> int:
    """A whole number other than 0, negative for what came back."""
    number = _decimal(value, "quantity")
    if number != number.to_integral_value():
        raise BadRow("quantity is no whole number", value)
    if number == 0:
        raise BadRow("quantity is 0")
    if abs(number) > HIGHEST_QUANTITY:
        raise BadRow("quantity is out of range", value)
    return int(number)


def parse_date(value: str, now: datetime) -> datetime:
    """A moment in UTC between 1970 and ``now``; without zone it is UTC, and 3/4/2010 is the third of April."""
    text = value.strip()
    moment = _iso(text) or _written(text)
    if moment is None:
        raise BadRow("date is not understood" if text else "date is missing", value)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    if not 1970 <= moment.year <= now.year + 1 or moment > now:
        raise BadRow("date is in the future" if moment.year > 1969 else "date is before 1970", value)
    return moment


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _written(text: str) -> datetime | None:
    for form in DATES:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _decimal(value: Any, name: str) -> Decimal:
    if value is None or isinstance(value, bool) or value == "":
        raise BadRow(f"{name} is missing" if value in (None, "") else f"{name} is no number", value)
    if isinstance(value, float) and not math.isfinite(value):
        raise BadRow(f"{name} is no number", value)
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        number = _written_decimal(value, name)
    if not number.is_finite() or abs(number) > Decimal("1e15"):
        raise BadRow(f"{name} is no number" if not number.is_finite() else f"{name} is out of range", value)
    return number


def _written_decimal(value: Any, name: str) -> Decimal:
    """A number as people write it: with a currency sign, commas between thousands, a comma before the decimals."""
    text = re.sub(r"[\s£€$]", "", str(value))
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise BadRow(f"{name} is no number", value) from None
