"""Reads one statement of the catalogue as a fact: yes or no, its amounts and their units, its concepts and words."""

import re
from dataclasses import dataclass
from functools import cached_property

from retail_ai.engine.claims import concepts, implied
from retail_ai.engine.claims_kin import kin_of
from retail_ai.engine.claims_text import compact, stems
from retail_ai.engine.facts import Attribute
from retail_ai.engine.units import Quantity, canonical_dimension, parse_quantities

YES = frozenset(
    ["yes", "true", "y", "✓", "是", "有", "支持", "included", "supported", "available", "ja", "oui", "sí", "sì", "tak"]
)
NO = frozenset(
    ["no", "false", "n", "✗", "none", "not supported", "not included", "without", "否", "无", "没有", "不支持",
     "nein", "non", "nee", "nie"]
)  # fmt: skip
UNKNOWN = frozenset(
    ["", "-", "–", "n/a", "na", "not available", "unknown", "unspecified", "not specified", "tbd", "other", "null",
     "?", "未知"]
)  # fmt: skip
# Units that end attributes' names ("weight_kg"), by their small letters.
_NAME_UNITS = {
    unit.lower(): unit
    for unit in """
    mm cm kg ml mAh GB TB MB MHz GHz Hz inches inch watts watt volts days hours minutes months years
    litres liters litre grams lbs oz kWh Wh dpi rpm
    """.split()  # noqa: SIM905
}
_HOURS = re.compile(r"\b((?:kilo)?watt|(?:milli)?amp)(?:ere)?[\s_-]*hours?\b", re.I)
# "RefreshRate": how some feeds write two words.
_CAMEL = re.compile(r"(?:(?<=[a-z]{2})|(?<=[A-Z][a-z]))(?=[A-Z][a-z]+)")
_PER = re.compile(r"(?:\bper |/)([a-zA-Z]+)\b")
_AGE = re.compile(r"\bage(?:s| range| group)?\b|年龄", re.I)


@dataclass(frozen=True, eq=False)
class Fact:
    """One statement of the catalogue. ``polarity`` is False for "waterproof: no", None where the value is unclear."""

    id: str
    name: str
    value: str
    polarity: bool | None = True
    is_flag: bool = False

    @property
    def text(self) -> str:
        return self.value if not self.name else f"{self.name}: {self.value}"

    @property
    def spoken(self) -> str:
        """The part that is evidence: a flag's name, else name and value."""
        name = self.name.replace("_", " ")
        return name if self.is_flag else f"{name} {self.value}"

    @cached_property
    def quantities(self) -> list[Quantity]:
        # "recommended age: 4+" states years.
        bare = _AGE.search(self.name) and re.fullmatch(r"(\d+)\s?\+?", self.value)
        found = parse_quantities(self.value) + (parse_quantities(f"{bare[1]} years") if bare else [])
        found += [each for unit in _PER.findall(self.text) for each in parse_quantities(f"1 {unit}") if each.unit]
        name = self.name.replace("_", " ")
        return found + [q for q in parse_quantities(name) if not q.unit or " per " in name]

    @cached_property
    def concepts(self) -> dict[str, bool]:
        """Concept → positive; a positive mention in the same fact wins."""
        found: dict[str, bool] = {}
        for _, concept, positive, _ in concepts(self.spoken):
            positive = positive if self.polarity else not positive
            for each in implied(concept) if positive else {concept}:
                found[each] = found.get(each, False) or positive
        if _is_for_children(self.name, self.value):
            found.setdefault("children", True)
        return found

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self.spoken)

    @cached_property
    def evidence(self) -> frozenset[str]:
        """The stems that tell something: of a flag's name and the name of what is counted, else of the value."""
        counted = re.fullmatch(r"[\d.,]+", self.value)
        return stems(self.name if self.is_flag or counted or self.polarity is False else self.value)

    @cached_property
    def kin(self) -> set[str]:
        """Roots of the words, and words of the same meaning: a claim of one of them is this fact's."""
        return {each for own in self.stems for each in kin_of(own)}

    @cached_property
    def compact(self) -> str:
        return compact(self.spoken)

    @cached_property
    def phrases(self) -> str:
        """Lower-case text with single blanks, for phrases that must stand verbatim."""
        return " " + re.sub(r"[^\w']+", " ", self.spoken.lower()) + " "


def fact_of(index: int, attribute: Attribute) -> Fact:
    """An attribute as a fact; a unit given apart or in the name joins the number."""
    value, name = attribute.value.strip(), _CAMEL.sub(" ", attribute.name.strip())
    lowered = value.lower()
    if lowered in UNKNOWN:
        return Fact(f"a{index}", name, value, polarity=None)
    if lowered in YES or lowered in NO:
        return Fact(f"a{index}", name, value, polarity=lowered in YES, is_flag=True)
    unit = attribute.unit or _unit_in_name(name)
    if unit and re.fullmatch(r"[-–\d.,\s/x×to]+", value):
        value = f"{value} {unit}"
    return Fact(f"a{index}", name, value)


def _unit_in_name(name: str) -> str:
    match = re.search(r"\(([^()]{1,12})\)\s*$", name)
    if match and canonical_dimension(match[1].strip()):
        return match[1].strip()
    if hours := _HOURS.search(name):
        measured = hours[1].lower()
        return f"{measured}ere hours" if measured.endswith("amp") else f"{measured} hours"
    return _NAME_UNITS.get(re.split(r"[\s_]+", name)[-1].lower(), "")


def _is_for_children(name: str, value: str) -> bool:
    """ "recommended age: 4+": from an age of children on."""
    first = re.search(r"\d+", value)
    return (
        bool(_AGE.search(name))
        and first is not None
        and 1 < int(first[0]) < 13
        and not re.search(r"18|adult", value, re.I)
    )
