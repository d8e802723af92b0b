"""Chooses what a text should say of a product, and in what order. It reads no fact itself and writes no sentences."""
# ruff: noqa: E501 (tables read better in long rows)

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from retail_ai.engine.claims_text import stems
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.grounding_facts import FactBase
from retail_ai.engine.plan_choice import points_of
from retail_ai.engine.plan_points import Point
from retail_ai.engine.plan_title import name_and_noun

__all__ = ["THEMES", "Plan", "Point", "make_plan"]

# Themes in reading order; within a theme, the most telling kind first. The number is how telling a kind is.
THEMES: dict[str, dict[str, int]] = {
    "look": {"noun": 0, "type": 40, "inks": 95, "part_colour": 55, "colour": 90, "material": 92, "part_material": 55, "finish": 60, "style": 50, "scent": 85, "quality": 57, "ingredients": 90, "author": 97, "year": 30},
    "core": {
        "screen": 98, "resolution": 70, "processor": 95, "memory": 93, "memory_type": 40, "storage": 94, "storage_media": 45, "graphics": 60, "os": 80,
        "cameras": 90, "display_type": 60, "battery": 88, "battery_life": 89, "battery_type": 45, "power": 75, "voltage": 40, "speed": 60, "technology": 66, "yield": 96,
        "model": 30, "water": 74,
    },
    "fits": {"compat": 94, "compat_os": 58, "connector": 85, "connectivity": 72, "use": 86, "age": 80, "audience": 50, "people": 84},
    "flags": {"flag": 48, "count": 56},
    "measure": {"dimensions": 84, "width": 50, "height": 50, "depth": 49, "diameter": 60, "length": 82, "weight": 78, "volume": 88, "size": 83, "sizes": 82, "load": 70},
    "more": {"": 35, "temperature": 30, "contents": 87, "pack": 83},
    "trust": {"certificate": 62, "care": 68, "colon": 66, "listed": 66, "origin": 58, "warranty": 76, "languages": 30},
}  # fmt: skip
_RANK = {kind: rank for kinds in THEMES.values() for kind, rank in kinds.items()}
# Points of attributes that no kind knows: more of them would read like a data sheet.
_ODD_POINTS = 5
# A model's code: "P2055dn", "WH-1000XM4"; no bare number and no amount.
_CODE = re.compile(r"^(?=\S*\d)(?=\S*[A-Za-z])(?!\d+(?:\.\d+)?-?[a-zA-Z\"]{1,6}$)[\w./-]{3,}$")
_THEME = {kind: theme for theme, kinds in THEMES.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to call the product and what to say of it, most telling first within each theme."""

    name: str
    noun: str
    brand: str
    points: tuple[Point, ...]
    base: FactBase = field(compare=False)

    @property
    def is_work(self) -> bool:
        """Whether it is somebody's work, as a book is: its name is a title, which is one thing whatever it says."""
        return any(point.kind == "author" for point in self.points)

    @property
    def names_itself(self) -> bool:
        """Whether the name ends in the noun: "Newstar flat screen wall mount"."""
        return bool(self.noun) and f" {self.name.lower()}".endswith(f" {self.noun.lower()}")

    @property
    def stem(self) -> str:
        """The name without the noun at its end, so that it can be said what the product is."""
        left = self.name[: -len(self.noun)].rstrip(" ,-") if self.names_itself else self.name
        short = re.sub(r"(?:\s[\d.,]+ ?(?:mm|cm|m|ft|in|inch|kg|g|l|ml|W|V|A|GB|TB|MB)\b)+$", "", left)
        return short if len(short.split()) > len(self.brand.split()) else left

    @property
    def short(self) -> str:
        """Brand and model, to name it again by: "HP LaserJet P2055dn"; the name itself where that is short, else ""."""
        words = self.name.split()
        first = next((i for i, word in enumerate(words) if re.search(r"\d", word)), len(words))
        if 0 < first < min(5, len(words)) and _CODE.search(words[first]):
            return " ".join(words[: first + 1])
        return self.name if len(words) < 5 else ""

    @property
    def is_branded(self) -> bool:
        """Whether "the Sony headphones" can be said: a short brand that the name holds and what it is does not."""
        brand = self.brand.lower()
        return bool(brand) and len(brand.split()) < 3 and brand in self.name.lower() and brand not in self.noun.lower()

    @property
    def opens(self) -> bool:
        """Whether "The X is a rucksack" can be said: the noun is no part of the name, or follows a model's name."""
        if not self.noun:
            return False
        if not self.names_itself:
            return not stems(self.noun.split()[-1]) & stems(self.name)
        left = self.stem.split()
        long = len(left) > len(self.brand.split())
        # The "KVM" of "KVM cable" belongs to the noun.
        if left and self.names_itself and left[-1].isalpha() and left[-1].isupper() and len(left[-1]) < 6:
            return False
        return long and any(c.isdigit() for c in left[-1])

    @property
    def noun_ids(self) -> tuple[str, ...]:
        """The facts that say what the product is."""
        if not self.noun:
            return ()
        said = tuple(f.id for f in self.base.known if f.value.lower() == self.noun.lower())
        return said or (("title",) if self.names_itself else ("category",))

    def theme(self, theme: str) -> list[Point]:
        return [point for point in self.points if _THEME.get(point.kind, "more") == theme]


def make_plan(facts: ProductFacts | FactBase, *, limit: int = 12, without: frozenset[str] = frozenset()) -> Plan:
    """The ``limit`` most telling points of a product, ordered by theme; facts named in ``without`` are left out."""
    base = facts if isinstance(facts, FactBase) else FactBase(facts)
    name, noun = name_and_noun(base)
    points = [point for point in points_of(base, name, noun) if not without & set(point.fact_ids)]
    chosen = _without_many_odd(sorted(points, key=lambda p: -_RANK.get(p.kind, 35)))[:limit]
    order = list(THEMES)
    chosen.sort(key=lambda p: (order.index(_THEME.get(p.kind, "more")), -_RANK.get(p.kind, 35)))
    return Plan(name, noun, base.product.brand.strip(), tuple(chosen), base)


def _without_many_odd(points: Iterable[Point]) -> list[Point]:
    """At most so many points that only their own names can say: more would read like a data sheet."""
    kept, odd = [], 0
    for point in points:
        odd += point.kind == ""
        if point.kind or odd <= _ODD_POINTS:
            kept.append(point)
    return kept
