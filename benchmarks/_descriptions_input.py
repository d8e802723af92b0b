"""Reads a catalogue of JSON lines as facts; what is odd in it is told of and left out. It writes no text."""

import gzip
import json
import random
import re
import sys
from pathlib import Path
from typing import Any


def load(path: Path, n: int, seed: int) -> list[Any]:
    """n products drawn at random from a file of JSON lines, as facts; descriptions are not trusted and left out."""
    from retail_ai.engine.facts import Attribute, ProductFacts

    rows = _rows(path)
    random.Random(seed).shuffle(rows)

    def plain(value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(map(plain, value))
        return ("yes" if value else "no") if isinstance(value, bool) else str(value)

    return [
        ProductFacts(
            key=row.get("id", number),
            title=str(row["title"]),
            brand=str(row.get("brand") or ""),
            category=_category(row.get("category")),
            attributes=tuple(Attribute(k, plain(v)) for k, v in _attributes(row).items() if v is not None),
        )
        for number, row in enumerate(rows[:n])
    ]


def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows with a title; lines that are no JSON object are told of and left out."""
    opener = gzip.open if path.suffix == ".gz" else open
    rows, odd = [], 0
    with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in filter(str.strip, lines):
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if isinstance(row, dict) and str(row.get("title") or "").strip():
                rows.append(row)
            else:
                odd += 1
    if odd:
        print(f"{odd} lines without a product were left out", file=sys.stderr)
    return rows


def _attributes(row: dict[str, Any]) -> dict[str, Any]:
    given = row.get("attributes")
    return given if isinstance(given, dict) else {}


def _category(given: Any) -> tuple[str, ...]:
    if isinstance(given, list):
        return tuple(str(each) for each in given if each)
    return tuple(part.strip() for part in re.split(r"\s*[>/|]\s*", str(given or "")) if part.strip())
