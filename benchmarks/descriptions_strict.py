"""A second, independent claim checker: any number, unit, capitalised name or listed word absent from the facts counts.

It shares no code with the app's checker, and knows no paraphrase: it errs on the strict side.
"""
# ruff: noqa: E501 (word lists)

import re
from collections.abc import Mapping

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_UNITS = {
    "kg", "g", "mg", "lb", "oz", "mm", "cm", "m", "km", "inch", "inches", "ft", "feet", "ml", "l", "litres", "w", "kw", "watt", "watts", "v", "mah", "wh",
    "gb", "tb", "mb", "hz", "mhz", "ghz", "hours", "minutes", "years", "months", "days", "mp", "dpi", "rpm", "bar", "psi", "lumens", "percent",
}  # fmt: skip
_WORDS = [
    "waterproof",
    "water-resistant",
    "weatherproof",
    "shockproof",
    "organic",
    "natural",
    "vegan",
    "sustainable",
    "eco-friendly",
    "recycled",
    "biodegradable",
    "handmade",
    "hand-made",
    "handcrafted",
    "hypoallergenic",
    "antibacterial",
    "non-toxic",
    "bpa-free",
    "durable",
    "long-lasting",
    "sturdy",
    "robust",
    "lightweight",
    "portable",
    "ergonomic",
    "premium",
    "luxury",
    "luxurious",
    "high-quality",
    "superior",
    "finest",
    "best",
    "perfect",
    "ideal",
    "ultimate",
    "leading",
    "unrivalled",
    "unbeatable",
    "fastest",
    "lightest",
    "strongest",
    "award-winning",
    "best-selling",
    "bestselling",
    "popular",
    "guaranteed",
    "guarantee",
    "warranty",
    "free",
    "shipping",
    "discount",
    "affordable",
    "cheap",
    "certified",
    "approved",
    "tested",
    "clinically",
    "medical-grade",
    "professional",
    "innovative",
    "revolutionary",
    "advanced",
    "cutting-edge",
    "exclusive",
    "authentic",
    "genuine",
    "comfortable",
    "soft",
    "stylish",
    "elegant",
    "beautiful",
    "fast",
    "quick",
    "powerful",
    "reliable",
    "versatile",
    "safe",
    "easy",
    "wireless",
    "rechargeable",
    "adjustable",
    "foldable",
    "insulated",
    "breathable",
    "leather",
    "cotton",
    "wool",
    "silk",
    "nylon",
    "polyester",
    "steel",
    "stainless",
    "aluminium",
    "aluminum",
    "titanium",
    "brass",
    "copper",
    "wood",
    "oak",
    "bamboo",
    "glass",
    "ceramic",
    "silicone",
    "rubber",
    "plastic",
    "black",
    "white",
    "grey",
    "gray",
    "silver",
    "red",
    "blue",
    "green",
    "yellow",
    "orange",
    "pink",
    "purple",
    "brown",
    "beige",
    "gold",
    "italian",
    "german",
    "swiss",
    "japanese",
    "american",
    "children",
    "kids",
    "women",
    "men",
]
_STARTERS = frozenset(
    [
        "the",
        "a",
        "an",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "they",
        "their",
        "with",
        "for",
        "in",
        "on",
        "at",
        "by",
        "and",
        "or",
        "also",
        "both",
        "each",
        "all",
        "inside",
        "as",
        "to",
        "from",
        "of",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "care",
    ]
)


def strict_unsupported(text: str, facts: Mapping[str, str]) -> list[str]:
    """What the text says that the facts' own words do not: numbers, units, names and listed words."""
    source = " ".join(f"{name} {value}" for name, value in facts.items())
    # "WarrantyMonths" and "55in" hold two words each.
    source += " " + re.sub(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=\d)(?=in\b)", " ", source)
    known_numbers = {_value(n) for n in _NUMBER.findall(source)}
    # A part of "10,100,1000" and of "5/10" is a number of its own as well.
    known_numbers |= {_value(n) for n in re.findall(r"\d+(?:\.\d+)?", source)}
    known = set(re.findall(r"[a-z]+(?:-[a-z]+)*", source.lower()))
    known |= {part for word in known for part in word.split("-")}
    known |= {word[:-1] for word in known if word.endswith("s")} | {word + "s" for word in known}
    found = [n for n in _NUMBER.findall(text) if _value(n) not in known_numbers]
    found += [
        u for u in re.findall(r"(?<=\d)[\s-]?([A-Za-z]+)", text) if u.lower() in _UNITS and not _has_unit(u, source)
    ]
    found += [w for w in _WORDS if re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", text.lower()) and w not in known]
    return found + _names(text, source)


def _names(text: str, source: str) -> list[str]:
    found = []
    lowered = source.lower()
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        for position, word in enumerate(re.findall(r"[A-Za-z][\w'&+./-]*\w|[A-Za-z]", sentence)):
            capital = any(c.isupper() for c in word)
            if (capital and word.lower() not in lowered and not (position == 0 and word[1:].islower())) or (
                capital
                and position == 0
                and word.lower() not in lowered
                and word.lower() not in _STARTERS
                and len(word) > 9
            ):
                found.append(word)
    return found


_WRITTEN_OUT = {"inch": r"\bin\b|\"|″", "inches": r"\bin\b|\"|″"}


def _has_unit(unit: str, source: str) -> bool:
    stem = unit.lower().rstrip("s").removesuffix("e")
    if re.search(rf"(?<![a-z]){re.escape(stem)}", source.lower()):
        return True
    written = _WRITTEN_OUT.get(unit.lower())
    return written is not None and bool(re.search(written, source, re.I))


def _value(number: str) -> float:
    plain = number.rstrip(".,")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return float(re.sub(r"\D", "", plain) or 0)
