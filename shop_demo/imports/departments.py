"""Decides on which shelf an imported product goes: by the product type it states, else by words of its title."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.text import slugify

from shop_demo.models import Department

WORDS = Path(__file__).parent / "data" / "kinds_by_word.txt"
STATED = ("product type", "product category", "category", "department")
ROOT = ("imported", "Imported", "导入商品")
OTHER = "Other Products"
# What an attribute tells of a product whose title tells nothing.
HINTS = {
    "black toner page yield": "Toner & Ink",
    "printing colours": "Toner & Ink",
    "label type": "Labels & Tapes",
    "media weight": "Paper & Film",
    "connector gender": "Cables",
    "cable length": "Cables",
    "processor socket": "Components",
    "age range": "Toys & Crafts",
    "display diagonal": "Monitors & TVs",
}


def choose_department(title: str, attributes: Mapping[str, str]) -> str:
    """The English name of the product's department; "Other Products" where nothing tells."""
    for name in STATED:
        value = attributes.get(name, "")
        if 3 <= len(value) <= 60 and re.search(r"[^\W\d_]{3}", value):
            return value[0].upper() + value[1:]
    hints = (name for attribute, name in HINTS.items() if attribute in attributes)
    return _by_words(title) or next(hints, OTHER)


def _by_words(title: str) -> str:
    numbers = [int(m.lastgroup[1:]) for m in _pattern().finditer(title.lower()) if m.lastgroup]
    return _table()[min(numbers)][0] if numbers else ""


@cache
def _table() -> list[tuple[str, str, list[str]]]:
    """(name, Chinese name, words) in the file's order."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line.strip() and not line.startswith("#")]
    return [(name.strip(), zh.strip(), [w.strip() for w in words.split(";")]) for name, zh, words in rows]


@cache
def _pattern() -> re.Pattern[str]:
    """All words at once, a group for each department; within one, longer words before those they begin with."""
    groups = [
        f"(?P<d{number}>{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"
        for number, (_, _, words) in enumerate(_table())
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})s?(?![\w-])")


class Shelves:
    """Departments of imported goods by name, made as they are needed, all under one top department."""

    def __init__(self) -> None:
        self._by_slug: dict[str, Department] = {}
        self._chinese = {name: zh for name, zh, _ in _table()}

    def get(self, name: str) -> Department:
        """The department of that name, made if it is not there."""
        slug = f"imported-{slugify(name)[:40] or 'other'}"
        if slug not in self._by_slug:
            values = {
                "name": name[:100],
                "name_zh": self._chinese.get(name, ""),
                "parent": self._root(),
                "position": 900,
            }
            self._by_slug[slug], _ = Department.objects.get_or_create(slug=slug, defaults=values)
        return self._by_slug[slug]

    def _root(self) -> Department:
        slug, name, name_zh = ROOT
        if slug not in self._by_slug:
            values = {"name": name, "name_zh": name_zh, "position": 900}
            self._by_slug[slug], _ = Department.objects.get_or_create(slug=slug, defaults=values)
        return self._by_slug[slug]
