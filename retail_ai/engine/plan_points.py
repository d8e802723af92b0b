"""Reads each fact of a product as a point that a text may say, or as nothing where it is unclear. It chooses none.

What is unclear is left out: numbers without a unit (unless the title states the same number with one), garbled names,
values such as "N/A", and facts that the title contradicts.
"""
# ruff: noqa: E501 (tables read better in long rows)

import re
from dataclasses import dataclass

from retail_ai.engine.claims_text import stems, words
from retail_ai.engine.grounding_facts import Fact, FactBase
from retail_ai.engine.plan_calm import calm
from retail_ai.engine.plan_names import has_unit, kind_of, plain_number, said
from retail_ai.engine.units import parse_quantities

_NEEDS_UNIT = {
    "screen": {"length"}, "weight": {"mass"}, "length": {"length"}, "width": {"length"}, "height": {"length"}, "depth": {"length"}, "diameter": {"length"},
    "dimensions": {"length"}, "volume": {"volume", "mass", "data"}, "memory": {"data"}, "storage": {"data"}, "battery": {"charge", "energy", "time"}, "battery_life": {"time"},
    "cameras": {"pixels"}, "power": {"power"}, "voltage": {"voltage"}, "speed": {"frequency", "data rate", "rotation", "speed", "time", "print speed"},
    "warranty": {"calendar", "time"}, "temperature": {"temperature"}, "load": {"mass"}, "age": {"calendar"},
}  # fmt: skip
_COUNT = re.compile(
    r"^(?:number of (?:built-in )?(?P<a>.+)|(?P<b>.+?) quantity|(?P<c>(?!thread).+?) count|quantity of (?P<d>.+))$"
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


def point_of(fact: Fact, base: FactBase) -> Point | None:
    """The point that a fact makes; None where it is unclear or not for a text."""
    fact = calm(fact, base)
    kind, name = kind_of(fact.name), as_written(said(fact.name), base)
    if (
        kind == "storage"
        and name == "storage"
        and not any(q.dimension == "data" for q in parse_quantities(fact.value))
    ):
        kind = "care"  # "storage: cool and dry"
    if (
        kind in ("skip", "noun", "languages")
        or not name
        or re.match(r"(no|not|none|n/a)\b|(?:contains?|required|all|any)$|see ", fact.value, re.I)
        or _ODD.search(fact.value.replace("\\n", " ").replace("\n", " "))
    ):
        return None
    last = name.split()[-1].lower()
    if (
        re.search(r"\(\d+\)", fact.value)
        or re.search(r"\(([a-z]{4,})\)[^()]*\(\1\)", fact.value)
        or f"({last})" in fact.value.lower()
    ):
        return None
    if fact.value.lower() == "free" and " " not in name:  # "alcohol: free"
        return Point("flag", f"{name}-free", (f"{name}-free",), (fact.id,))
    if name == "condition":
        said_so = fact.value.lower()
        return None if said_so == "new" or " " in said_so else Point("flag", said_so, (said_so,), (fact.id,))
    if kind == "origin" and len(fact.value) < 3 and fact.value not in ("US", "UK", "EU"):
        return None
    if kind == "battery" and "," in fact.value:
        kind = "colon"
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
    values = split_list(re.sub(r"^(?:yes|y)[,;]\s*", "", fact.value, flags=re.I))
    if kind == "connectivity" and len(values) == 1 and "," in values[0]:
        values = [v.strip() for v in values[0].split(",")]
    if kind == "origin":
        values = [re.sub(r"^(?:made|manufactured|produced) in (?:the )?", "", v, flags=re.I) for v in values]
    if kind in ("material", "part_material"):
        values = [v for value in values for v in re.split(r"\s\+\s", value)]
    if kind in ("colour", "part_colour"):
        values = [v.strip() for value in values for v in re.split(r"\s?/\s?|\s[&+]\s", value) if v.strip()]
    if kind == "" and re.search(r"(?:indicators|able|ed|ible|proof|resistant)$", name):
        return None
    if kind == "compat_os":
        values = [re.sub(r" Ready$", "", v) for v in values if " " in v or v[:1].isupper()][:4]
    if kind in ("use", "compat"):
        values = [v for v in values if v.lower() not in ("universal", "any", "all", "other")]
    if kind == "contents" and (
        " - " in fact.value or not re.search(r"(?<![\w-])[a-z]{3,}|[A-Z][a-z]{4,} ", fact.value)
    ):
        return None
    if kind == "type" and not all(
        re.search(r"^(in|over|on)-ear$|^\S*(able|less|proof|(?<!compat)ible)$", v.lower()) for v in values
    ):
        return None
    if kind in ("", "contents", "technology", "connectivity", "quality") and (
        re.search(r"[:;=]", fact.value) or len(fact.value) > 90 or any(len(v) > 45 for v in values) or len(values) > 6
    ):
        return None
    return Point(kind, name, tuple(values), (fact.id,)) if values else None


def as_written(name: str, base: FactBase) -> str:
    """The name with its acronyms as the title or a value writes them: "iec outlets" of a UPS with "IEC 60320"."""
    return " ".join(base.acronyms.get(w, w) if w.islower() and len(w) < 6 else w for w in name.split())


def _flag(fact: Fact, name: str) -> Point | None:
    """A "yes" worth saying: a short name that reads as a thing or a quality."""
    name = re.sub(r"^(.+) (integrated|built-in)$", r"\2 \1", name.removesuffix(" included"))
    if re.search(
        r"\b(?:in|off|out|by|for|on|with|of|connected|on green|letter|next business day|multitasking|non)$|^non |(?<!\w)[b-z](?!\w)|(?:installed|supported|required)$",
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
        thing = "windows" if thing == "Windows" else thing
        odd = (
            thing.startswith("minimum ")
            or thing.endswith(("ed", "ing", "bus", "emissions", "class", "types", "styles"))
            or (not thing.endswith("s") and " " in thing and number != "1")
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
    elif re.search(r";\s*\S", value) and "(" not in value:
        items = value.split(";")
    elif re.search(r",\s?\D|[a-z],\s?\d", value) and not re.search(r"\d,\s?\d{3}\b", value):
        items = re.split(r",\s*(?![^()]*\))", value)
    elif re.fullmatch(r"[A-Za-z]+\d+\w*(/[A-Za-z]+\d+\w*){2,}", value):
        items = value.split("/")
    else:
        items = [value]
    items = [re.sub(r"^[-•*]\s+", "", " ".join(item.split()).strip(" ,;")) for item in items if item.strip(" -,;")]
    items = _unnested(list(dict.fromkeys(items)))
    if len(items) > 1 and len({_starts_with_amount(item) for item in items}) > 1 and len(value) < 70:
        items = [value]
    if not items or any(len(item) > 70 or len(item.split()) > 10 for item in items[:4]):
        return []
    if any(item.count("(") != item.count(")") for item in items[:4]):
        return []
    return items if stems(items[0]) or words(items[0]) or not items[0].isascii() else []


def _starts_with_amount(item: str) -> bool:
    amounts = parse_quantities(item)
    return bool(amounts) and amounts[0].start == 0 and bool(amounts[0].unit)


def _unnested(items: list[str]) -> list[str]:
    """Without the items that only narrow another: "Windows 10 Education" where "Windows 10" is there."""
    return [i for i in items if not any(i.startswith(other + " ") for other in items if len(other) > 3)]
