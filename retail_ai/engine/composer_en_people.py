"""English for whom and what a product is meant: people, rooms, devices, uses, and the connectors at its ends."""

import random
import re

from retail_ai.engine.composer_en_number import many_of
from retail_ai.engine.composer_en_words import article, join, value_of
from retail_ai.engine.plan import Point

_PLACES = frozenset(
    ["kitchen", "garden", "bathroom", "bedroom", "office", "home", "living room", "dining room", "home office",
     "hallway", "nursery", "beach", "pool", "car"]
)  # fmt: skip
_DEVICES = re.compile(
    r"(?:tablet|notebook|laptop|monitor|printer|phone|smartphone|party|wedding|picnic|case|battery|processor|camera|"
    r"computer|scanner|projector|bike|bed|desk|table|sofa|lawn)$"
)
_USE = re.compile(
    r"(?:(?:in|out)door|domestic|commercial|industrial|professional|daily|everyday|private|morning|evening|night|day)(?:/(?:in|out)door)?"
)
_PEOPLE = {
    "boy": "boys",
    "girl": "girls",
    "man": "men",
    "woman": "women",
    "male": "men",
    "female": "women",
    "child": "children",
}


def purpose(value: str, point: Point) -> str:
    """ "Indoor" → "indoor use", "tablet" → "tablets", "kitchen" → "the kitchen"; other words as they are."""
    said = value_of(point, value)
    plain = said.lower()
    if _USE.fullmatch(plain):
        return f"{plain} use"
    if plain in _PLACES:
        return f"the {plain}"
    if _DEVICES.search(plain) and "/" not in plain:
        return many_of(plain if said[1:].islower() else said)
    return said


def for_whom(point: Point) -> str:
    """ "Boy/Girl" → "[be] made for boys and girls"; empty for groups that are not people."""
    groups = [g.strip().lower() for v in point.values for g in re.split(r"[/&]|\band\b", v) if g.strip()]
    if groups == ["unisex"]:
        return "[be] unisex"
    people = [_PEOPLE.get(g, g) for g in groups]
    known = {*_PEOPLE.values(), "kids", "adults", "babies", "teens", "toddlers"}
    return f"[be] made for {join(people)}" if people and set(people) <= known else ""


def genders(value: str, rng: random.Random) -> str:
    """ "Male connector/Female connector" → what is at which end."""
    ends = [end.lower().replace(" connector", "").strip() for end in value.split("/")]
    if not set(ends) <= {"male", "female"} or len(ends) > 2:
        return ""
    if len(ends) == 2 and ends[0] == ends[1]:
        each = (
            f"{ends[0]} connectors at both ends",
            f"a {ends[0]} connector at each end",
            f"a {ends[0]} connector at both ends",
        )
        return f"[have] {rng.choice(each)}"
    if len(ends) == 2 and rng.random() < 0.5:
        return f"[have] a {ends[0]} connector at one end and a {ends[1]} connector at the other"
    return f"[have] a {' and a '.join(ends)} connector"


def connector_phrase(point: Point) -> str:
    """The connectors at a cable's ends, as a clause."""
    kinds = [p.value for p in point.parts or (point,)]
    if len(kinds) == 1:
        return f"[have] {article(kinds[0])} connector" if len(point.values) == 1 else ""
    if kinds[0].lower() == kinds[1].lower():
        return f"[have] {kinds[0]} connectors at both ends"
    return f"[have] {article(kinds[0])} connector at one end and {article(kinds[1])} connector at the other"


def sides_phrase(point: Point) -> str:
    """ "[be] 110 cm wide, 45 cm high and 60 cm deep"."""
    words = {"width": "wide", "height": "high", "depth": "deep"}
    sides = [f"{value_of(p)} {words[p.kind] if 'thick' not in p.name else 'thick'}" for p in point.parts]
    return f"[be] {join(sides)}"
