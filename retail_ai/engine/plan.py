"""Chooses what a text should say of a product, in what order, from facts however messy. It writes no sentences.

What is unclear is left out: numbers without a unit (unless the title states the same number with one), garbled names,
values such as "N/A", and facts that the title contradicts.
"""
# ruff: noqa: E501 (tables read better in long rows)

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from retail_ai.engine.claims_text import compact, stems, words
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.grounding_facts import Fact, FactBase
from retail_ai.engine.plan_names import has_unit, kind_of, plain_number, said
from retail_ai.engine.plan_title import noun_of, short_name
from retail_ai.engine.units import parse_quantities

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
    "trust": {"certificate": 62, "care": 68, "colon": 66, "origin": 58, "warranty": 76, "languages": 30},
}  # fmt: skip
_RANK = {kind: rank for kinds in THEMES.values() for kind, rank in kinds.items()}
_THEME = {kind: theme for theme, kinds in THEMES.items() for kind in kinds}
_NEEDS_UNIT = {
    "screen": {"length"}, "weight": {"mass"}, "length": {"length"}, "width": {"length"}, "height": {"length"}, "depth": {"length"}, "diameter": {"length"},
    "dimensions": {"length"}, "volume": {"volume", "mass", "data"}, "memory": {"data"}, "storage": {"data"}, "battery": {"charge", "energy", "time"}, "battery_life": {"time"},
    "cameras": {"pixels"}, "power": {"power"}, "voltage": {"voltage"}, "speed": {"frequency", "data rate", "rotation", "speed", "time", "print speed"},
    "warranty": {"calendar", "time"}, "temperature": {"temperature"}, "load": {"mass"}, "age": {"calendar"},
}  # fmt: skip
_COUNT = re.compile(
    r"^(?:number of (?:built-in )?(?P<a>.+)|(?P<b>.+?) quantity|(?P<c>.+?) count|quantity of (?P<d>.+))$"
)
_ODD = re.compile(r"[<>{}\[\]|_\\]|https?:|\bwww\.|[.!?]\s+\S|ignore (?:all|the|your|previous)|instruction", re.I)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to say: its kind, the attribute's name in running text, the values, and the facts behind it.

    ``parts``: the points that a writer joined in this one (width, height and depth).
    """

    kind: str
    name: str
    values: tuple[str, ...]
    fact_ids: tuple[str, ...]
    parts: "tuple[Point, ...]" = ()

    @property
    def value(self) -> str:
        return self.values[0]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to call the product and what to say of it, most telling first within each theme."""

    name: str
    noun: str
    brand: str
    points: tuple[Point, ...]
    base: FactBase = field(compare=False)

    @property
    def names_itself(self) -> bool:
        """Whether the name ends in the noun: "Newstar flat screen wall mount"."""
        return bool(self.noun) and f" {self.name.lower()}".endswith(f" {self.noun.lower()}")

    @property
    def stem(self) -> str:
        """The name without the noun at its end, so that it can be said what the product is."""
        return self.name[: -len(self.noun)].rstrip(" ,-") if self.names_itself else self.name

    @property
    def opens(self) -> bool:
        """Whether "The X is a rucksack" can be said: the noun is no part of the name, or follows a model's name."""
        if not self.noun:
            return False
        if not self.names_itself:
            return not stems(self.noun.split()[-1]) & stems(self.name)
        left = self.stem.split()
        long = len(left) > len(self.brand.split())
        code = any(c.isdigit() for c in left[-1]) if left else False
        return long and (code or (self.name.endswith(self.noun) and len(left) > 2))

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
    name = short_name(base)
    points = [point for point in _points(base) if not without & set(point.fact_ids)]
    chosen = sorted(points, key=lambda p: -_RANK.get(p.kind, 35))[:limit]
    order = list(THEMES)
    chosen.sort(key=lambda p: (order.index(_THEME.get(p.kind, "more")), -_RANK.get(p.kind, 35)))
    return Plan(name, noun_of(base, name), base.product.brand.strip(), tuple(chosen), base)


def _points(base: FactBase) -> Iterable[Point]:
    seen: set[str] = set()
    contested = {other.id for _, _, other in base.contested}
    systems = 0
    for fact in base.known:
        if not fact.id.startswith("a") or fact.id in contested or fact.polarity is not True:
            continue
        point = _point(fact, base)
        if point is None:
            continue
        if (
            point.kind == "compat"
            and "brand" in fact.name.lower()
            and len([f for f in base.known if kind_of(f.name) == "compat"]) > 1
        ):
            continue
        key = (
            "|".join(compact(v) for v in point.values)
            if point.kind not in ("count", "flag", "")
            else compact(point.name)
        )
        if (
            key in seen
            or (
                point.kind == "processor"
                and ("cpu" in seen or "processor" in f"{short_name(base)} {noun_of(base, short_name(base))}".lower())
            )
            or (point.kind in ("type", "style", "technology", "model", "connectivity") and _said_in_name(point, base))
        ):
            continue
        if point.kind == "audience" and "audience" in seen:
            continue
        seen.add(point.kind if point.kind == "audience" else key)
        if point.kind == "battery_type" and "battery" in seen:
            continue
        seen |= {"battery"} if point.kind == "battery" else set()
        systems += point.kind == "compat_os"
        if point.kind == "compat_os" and systems > 2:
            continue
        seen.add(key)
        if point.kind == "processor":
            seen.add("cpu")
        yield point


def _said_in_name(point: Point, base: FactBase) -> bool:
    return all(compact(v) in compact(short_name(base)) for v in point.values)


def _point(fact: Fact, base: FactBase) -> Point | None:
    kind, name = kind_of(fact.name), said(fact.name)
    if (
        kind in ("skip", "noun", "languages")
        or not name
        or re.match(r"(no|not|none|n/a)\b", fact.value, re.I)
        or _ODD.search(fact.value.replace("\\n", " ").replace("\n", " "))
    ):
        return None
    if re.search(r"\(\d+\)", fact.value):
        return None
    if fact.is_flag:
        return _flag(fact, name)
    number = plain_number(fact.value)
    if number is not None:
        return _number(kind, name, number, fact, base)
    if kind in _NEEDS_UNIT and kind != "age":
        amounts = parse_quantities(fact.value)
        if amounts and not has_unit(fact.value) and kind not in ("storage", "battery"):
            return None
        if not any(q.dimension in _NEEDS_UNIT[kind] for q in amounts) or (
            len(split_list(fact.value)) > 1 and kind not in ("cameras", "battery_life")
        ):
            kind = "" if kind not in ("screen", "warranty") else kind
    if kind == "yield" or (kind == "compat" and re.search(r"\bFCC\b|\bEN ?\d{5}", fact.value)):
        return None
    if kind == "size" and re.search(r"\d\s?[x×]\s?\d", fact.value) and not has_unit(fact.value):
        return None
    if kind == "processor" and not re.match(r"[A-Za-z][^,]*$", fact.value):
        kind = ""
    if re.fullmatch(r"[\d\s.,x×–-]+", fact.value) and not (
        kind in ("size", "resolution", "people", "age") or has_unit(fact.value)
    ):
        return None
    values = split_list(fact.value)
    if kind == "compat_os":
        values = [v for v in values if " " in v or v[:1].isupper()][:4]
    if kind == "use":
        values = [v for v in values if v.lower() not in ("universal", "any", "all", "other")]
    if kind == "contents" and " - " in fact.value:
        return None
    if kind == "type" and not all(
        re.search(r"^(in|over|on)-ear$|(able|less|proof|(?<!compat)ible)$", v.lower()) for v in values
    ):
        return None
    if kind in ("", "contents", "technology", "connectivity", "quality") and (
        re.search(r"[:;=]", fact.value) or len(fact.value) > 90 or any(len(v) > 45 for v in values) or len(values) > 6
    ):
        return None
    return Point(kind, name, tuple(values), (fact.id,)) if values else None


def _flag(fact: Fact, name: str) -> Point | None:
    """A "yes" worth saying: a short name that reads as a thing or a quality."""
    name = re.sub(r"^(.+) (integrated|built-in)$", r"\2 \1", name.removesuffix(" included"))
    if re.search(
        r"\b(?:in|off|out|by|for|on|with|of|on green|letter|next business day|multitasking|non)$|^non |(?<!\w)[b-z](?!\w)|(?:installed|supported|required)$",
        name,
    ):
        return None
    if len(name.split()) > 4 or re.search(
        r"\b(support\w*|easy|to|enabled|technology|technologies|available|capable|required|swap|reversal|low|scroll|options?|standard|compliance|features?|type)\b",
        name,
    ):
        return None
    if re.fullmatch(r"(colour|internal|wired|box|plug and play|intel .*|.{1,3})", name, re.I):
        return None
    return Point("flag", name, (name,), (fact.id,))


def _number(kind: str, name: str, number: str, fact: Fact, base: FactBase) -> Point | None:
    if kind in ("year", "people"):
        return Point(kind, name, (fact.value.removesuffix(".0"),), (fact.id,))
    if kind in ("yield", "pack"):
        return Point(kind, name, (number,), (fact.id,)) if float(fact.value) > 1 else None
    counted = _COUNT.match(name)
    if counted and float(fact.value).is_integer() and 0 < float(fact.value) < 1000:
        thing = next(g for g in counted.groups() if g)
        odd = thing.endswith(("ed", "ing", "bus", "emissions", "class", "types", "styles")) or (
            not thing.endswith("s") and " " in thing and number != "1"
        )
        return Point("count", thing, (number,), (fact.id,)) if len(thing) > 3 and not odd else None
    if (
        not kind
        and name.endswith("s")
        and not name.endswith(("ss", "us", "is", "emissions", "years", "watts", "hours", "types", "styles"))
        and len(name.split()) < 4
        and float(fact.value).is_integer()
        and 1 < float(fact.value) < (10_000 if name == "pages" else 100)
    ):
        return Point("count", name, (number,), (fact.id,))
    if kind in _NEEDS_UNIT and (whole := _with_title_unit(kind, number, base)):
        return Point(kind, name, (whole,), (fact.id, "title"))
    return None


def _with_title_unit(kind: str, number: str, base: FactBase) -> str:
    """The number with its unit as the title writes both; empty when the title leaves doubt."""
    stated = {
        q.text if q.text.endswith(q.unit) else f"{number} {q.unit}" for q in parse_quantities(base.product.title)
        if q.value == float(number.replace(",", "")) and q.dimension in _NEEDS_UNIT[kind]
    }  # fmt: skip
    return stated.pop() if len(stated) == 1 else ""


def split_list(value: str) -> list[str]:
    """The items of a list-like value, or the value alone; empty when it is too long or too odd to say."""
    value = value.replace("\\n", "\n").strip().strip(".").strip()
    if "\n" in value:
        items = [line.strip(" -•*\t") for line in value.split("\n")]
    elif re.search(r",\s?\D|[a-z],\s?\d", value) and not re.search(r"\d,\s?\d{3}\b", value):
        items = re.split(r",\s*(?![^()]*\))", value)
    elif re.fullmatch(r"[A-Za-z]+\d+\w*(/[A-Za-z]+\d+\w*){2,}", value):
        items = value.split("/")
    else:
        items = [value]
    items = [" ".join(item.split()).strip(" ,;") for item in items if item.strip(" -,;")]
    items = list(dict.fromkeys(items))
    if not items or any(len(item) > 70 or len(item.split()) > 10 for item in items[:4]):
        return []
    if any(item.count("(") != item.count(")") for item in items[:4]):
        return []
    return items if stems(items[0]) or words(items[0]) or not items[0].isascii() else []
