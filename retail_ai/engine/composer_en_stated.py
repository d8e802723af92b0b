"""English for what neither a verb nor "it has" can say: "the sowing time is April", lists, and care."""

import random
import re

from retail_ai.engine.composer_en_draw import Sentence
from retail_ai.engine.composer_en_frames import close
from retail_ai.engine.composer_en_number import is_many, many_of, one_of
from retail_ai.engine.composer_en_words import join, value_of, with_the
from retail_ai.engine.plan import Point

# Plurals that stay so with one value: "the connectors are RJ-45".
_KEPT = ("connectors", "ingredients", "dimensions", "contents", "batteries", "hours")

# What stays one thing though it is made of several: "the closure is zip fly and button".
_WHOLE = re.compile(
    r" of |(?:fabric|base|closure|composition|cover|lining|shell|core|frame|body|finish|layer|coating)$"
)


def stated(point: Point, rng: random.Random, *, plural: bool = False) -> str:
    """ "the sowing time is April"; "their" for a plural product in place of "its"."""
    name, be = _agreeing(point)
    owner = "their" if plural else "its"
    return f"{rng.choice(('the', 'the', owner))} {name} {be} {join(alike(point))}"


def alike(point: Point) -> list[str]:
    """The values in running text; all as written where some must keep their capital."""
    if point.kind == "origin":
        return [with_the(v) for v in point.values]
    values = [value_of(point, v) for v in point.values]
    mixed = any(v[:1].isupper() and not v.isupper() for v in values) and values != list(point.values)
    return list(point.values) if len(values) > 1 and mixed else values


def whole_sentence(point: Point) -> Sentence | None:
    """A sentence of its own for care and the like, and for lists; None for other kinds."""
    if point.kind == "listed":
        return Sentence(close(f"{point.name[0].upper()}{point.name[1:]}: {', '.join(point.values)}"), point.fact_ids)
    if point.kind in ("care", "colon"):
        values = [value_of(point, v) for v in point.values]
        return Sentence(close(f"{point.name[0].upper()}{point.name[1:]}: {', '.join(values)}"), point.fact_ids)
    if is_many(point.name) and len(point.values) > 1 and point.name not in ("this",):
        return Sentence(close(f"The {point.name} are {join(alike(point))}"), point.fact_ids)
    return None


def _agreeing(point: Point) -> tuple[str, str]:
    """The name in the number of its values, and its verb."""
    name = point.name.removesuffix(" installed")
    if len(point.values) > 1:
        if name.isupper():
            return name, "is"
        return (name, "is") if _WHOLE.search(name) else (many_of(name), "are")
    if " and " in name:
        return name, "are"
    many = is_many(name.split(" of ")[0])
    if many and " of " not in name and not name.endswith(_KEPT) and not point.value[:1].isdigit():
        name, many = one_of(name), False
    return name, "are" if many else "is"
