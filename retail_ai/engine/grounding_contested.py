"""Finds facts of one product that contradict each other: neither is ever said. It decides nothing else."""

import re

from retail_ai.engine.claims_words import COLOURS
from retail_ai.engine.grounding_reading import Fact
from retail_ai.engine.plan_names import kind_of
from retail_ai.engine.units import Quantity, same

# (what one fact says, that fact, the attribute that says otherwise)
Contested = tuple[Quantity | str, Fact, Fact]
# Dimensions of which a title and the attributes state one amount alike.
_TOLD_ONCE = {"data", "charge", "volume", "mass", "power", "pixels"}
# Of these a product has one: two attributes of such a kind must agree.
_ONE_OF_A_KIND = frozenset("weight screen width height depth diameter memory storage battery volume".split())  # noqa: SIM905


def contested_among(facts: list[Fact]) -> list[Contested]:
    """What title and attributes, or two attributes, state differently; the first fact is mostly the title."""
    title = next((f for f in facts if f.id == "title"), None)
    of_title = [] if title is None else [*_contested_amounts(title, facts), *_contested_colours(title, facts)]
    return [*of_title, *_contested_twins(facts)]


def _contested_amounts(title: Fact, facts: list[Fact]) -> list[Contested]:
    """An amount of the title that no attribute of the dimension states, where some attribute states another."""
    found: list[Contested] = []
    attributes = [f for f in facts if f.id.startswith("a") and not f.is_flag]
    for said in title.quantities:
        if said.dimension not in _TOLD_ONCE:
            continue
        stated = [(f, q) for f in attributes for q in f.quantities if q.dimension == said.dimension]
        if not stated or any(same(said, q) for _, q in stated):
            continue
        free = [f for f, q in stated if not any(same(t, q) for t in title.quantities)]
        if len({f.id for f in free}) == 1:
            found.append((said, title, free[0]))
    return found


def _contested_twins(facts: list[Fact]) -> list[Contested]:
    """Two attributes that state one thing with different amounts: "weight: 1.2 kg", "item weight: 1.4 kg"."""
    seen: dict[tuple[str, str], tuple[Quantity, Fact]] = {}
    found: list[Contested] = []
    for fact in facts:
        amounts = [q for q in fact.quantities if q.dimension]
        if (
            not fact.id.startswith("a")
            or fact.is_flag
            or len(amounts) != 1
            or kind_of(fact.name) not in _ONE_OF_A_KIND
        ):
            continue
        said, first = seen.setdefault((kind_of(fact.name), amounts[0].dimension), (amounts[0], fact))
        if not same(said, amounts[0]):
            found.append((said, first, fact))
    return found


def _contested_colours(title: Fact, facts: list[Fact]) -> list[Contested]:
    named = [f for f in facts if re.search(r"\bcolou?rs?$", f.name.lower()) and f.id.startswith("a") and not f.is_flag]
    said = {c for c, positive in title.concepts.items() if c in COLOURS and positive}
    stated = {c for f in named for c in f.concepts if c in COLOURS}
    if not said or not stated or said & stated:
        return []
    return [(sorted(said)[0], title, f) for f in named if set(f.concepts) & stated]
