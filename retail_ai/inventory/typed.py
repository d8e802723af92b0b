"""Reads what people typed into the room's pages, and answers with files."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput


def numbers_in(request: HttpRequest, name: str, keys: Iterable[int]) -> dict[int, int]:
    """Whole numbers of the fields ``name-KEY``; empty ones are left out. Raises InvalidInput for what is none."""
    found = {}
    for key in keys:
        text = request.POST.get(f"{name}-{key}", "").strip()
        if text:
            found[key] = whole(text)
    return found


def text_in(request: HttpRequest, name: str, most: int) -> str:
    """The words of a field, without what no database column takes."""
    return str(request.POST.get(name, "")).replace("\0", "")[:most]


def whole(text: Any) -> int:
    """A whole number. Raises InvalidInput for what is none."""
    words = str(text).strip()
    if not words.removeprefix("-").isdecimal() or len(words) > 12:
        raise InvalidInput(_("“%(text)s” is no whole number.") % {"text": words[:40]})
    return int(words)


def day_in(request: HttpRequest, name: str) -> Any:
    """The day of a date field; None for an empty one. Raises InvalidInput for what is none."""
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise InvalidInput(_("“%(text)s” is no day; write 2026-12-31.") % {"text": text[:40]})
    return day


def csv_response(text: str, name: str) -> HttpResponse:
    """A CSV file to download; the mark in front has spreadsheets read it as UTF-8."""
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
