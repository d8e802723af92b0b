"""All facts of one product made ready for look-up, those that contradict each other apart. It checks no text."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from retail_ai.engine.claims_text import words
from retail_ai.engine.facts import Attribute, ProductFacts
from retail_ai.engine.grounding_contested import Contested, contested_among
from retail_ai.engine.grounding_reading import Fact, fact_of
from retail_ai.engine.units import Quantity, same

__all__ = ["Fact", "FactBase"]
# What in capitals is rather a word than an acronym.
_SHOUTED = re.compile(r"[A-Z]?[AEIOU][A-Z]|[A-Z][AEIOU][A-Z]{1,2}E?")


@dataclass(eq=False)
class FactBase:
    """All facts of one product, and those that contradict each other (never to be said)."""

    product: ProductFacts
    trust_description: bool = False
    facts: list[Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        product = self.product = _bounded(self.product)
        single = (("title", product.title), ("brand", product.brand), ("category", " > ".join(product.category)))
        self.facts = [Fact(id, "" if id == "title" else id, value) for id, value in single if value]
        self.facts += [fact_of(i, a) for i, a in enumerate(product.attributes)]
        if self.trust_description and product.description:
            self.facts.append(Fact("description", "", product.description))

    @cached_property
    def known(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.polarity is not None]

    @cached_property
    def evidence(self) -> frozenset[str]:
        """The stems of all facts that tell something."""
        return frozenset(stem for fact in self.known for stem in fact.evidence)

    @cached_property
    def attributes_first(self) -> list[Fact]:
        """The known facts, those of attributes before title, brand and category."""
        return sorted(self.known, key=lambda fact: not fact.id.startswith("a"))

    @cached_property
    def contested(self) -> list[Contested]:
        """(what one fact says, that fact, the attribute that says otherwise); the fact is mostly the title."""
        return contested_among(self.known)

    @cached_property
    def shouts(self) -> bool:
        """Whether the attributes' names and values are mostly in capitals, as whole catalogues are."""
        letters = "".join(f.name + f.value for f in self.facts if f.id.startswith("a"))
        capitals = sum(map(str.isupper, letters))
        return capitals > 20 and capitals > 3 * sum(map(str.islower, letters))

    @cached_property
    def acronyms(self) -> dict[str, str]:
        """Words that title or values write in capitals, by their small letters; none of a catalogue that shouts."""
        if self.shouts:
            return {}
        spelled = (w for f in self.facts for w in words(f.value) if len(w) > 2 and sum(map(str.isupper, w)) > 1)
        return {w.lower(): w for w in spelled if not _SHOUTED.fullmatch(w)}

    def is_contested(self, quantity: Quantity) -> bool:
        """Whether title and attributes disagree on this amount, whichever side states it."""
        for said, _, other in self.contested:
            if not isinstance(said, Quantity) or said.dimension != quantity.dimension:
                continue
            if any(same(each, quantity) for each in (said, *other.quantities) if each.dimension == said.dimension):
                return True
        return False


# Nobody reads more of one fact, and a supplier's megabyte must not cost minutes.
_LONGEST = {"title": 600, "name": 120, "value": 2_000, "description": 20_000, "attributes": 400}


def _bounded(product: ProductFacts) -> ProductFacts:
    """The product with no text longer than anyone reads."""
    attributes = tuple(
        Attribute(a.name[: _LONGEST["name"]], a.value[: _LONGEST["value"]], a.unit[:20])
        for a in product.attributes[: _LONGEST["attributes"]]
    )
    return replace(
        product,
        title=product.title[: _LONGEST["title"]],
        brand=product.brand[: _LONGEST["name"]],
        description=product.description[: _LONGEST["description"]],
        attributes=attributes,
    )
