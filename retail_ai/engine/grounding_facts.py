"""A product's facts made ready for look-up: quantities, concepts, words and polarity of each. It checks no text."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from retail_ai.engine.claims import concepts, implied
from retail_ai.engine.claims_kin import kin_of
from retail_ai.engine.claims_text import compact, stems, words
from retail_ai.engine.facts import Attribute, ProductFacts
from retail_ai.engine.units import Quantity, canonical_dimension, parse_quantities, same

YES = frozenset(
    ["yes", "true", "y", "✓", "是", "有", "支持", "included", "supported", "available", "ja", "oui", "sí", "sì", "tak"]
)
NO = frozenset(
    {
        "no",
        "false",
        "n",
        "✗",
        "none",
        "not supported",
        "not included",
        "without",
        "否",
        "无",
        "没有",
        "不支持",
        "nein",
        "non",
        "nee",
        "nie",
    }
)
UNKNOWN = frozenset(
    {
        "",
        "-",
        "–",
        "n/a",
        "na",
        "not available",
        "unknown",
        "unspecified",
        "not specified",
        "tbd",
        "other",
        "null",
        "?",
        "未知",
    }
)
_NAME_UNITS = frozenset(
    """
    mm cm kg ml mah gb tb mb mhz ghz hz inches inch watts watt volts days hours minutes months years
    litres liters litre     grams lbs oz kwh wh dpi rpm
    """.split()  # noqa: SIM905
)
# What in capitals is rather a word than an acronym.
_SHOUTED = re.compile(r"[A-Z]?[AEIOU][A-Z]|[A-Z][AEIOU][A-Z]{1,2}E?")
# "RefreshRate": how some feeds write two words.
_CAMEL = re.compile(r"(?:(?<=[a-z]{2})|(?<=[A-Z][a-z]))(?=[A-Z][a-z]+)")
_PER = re.compile(r"(?:\bper |/)([a-zA-Z]+)\b")
_AGE = re.compile(r"\bage(?:s| range| group)?\b|年龄", re.I)
_CONTEST = {"data", "charge", "volume", "mass", "power", "pixels"}


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
    def contested(self) -> list[tuple[Quantity | str, Fact, Fact]]:
        """(what one fact says, that fact, the attribute that says otherwise); the fact is mostly the title."""
        title = next((f for f in self.facts if f.id == "title"), None)
        of_title = (
            [] if title is None else [*_contested_amounts(title, self.known), *_contested_colours(title, self.known)]
        )
        return [*of_title, *_contested_twins(self.known)]

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


def _is_for_children(name: str, value: str) -> bool:
    """ "recommended age: 4+": from an age of children on."""
    first = re.search(r"\d+", value)
    return (
        bool(_AGE.search(name))
        and first is not None
        and 1 < int(first[0]) < 13
        and not re.search(r"18|adult", value, re.I)
    )


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
    if hours := re.search(r"\b(watt|kilowatt|ampere|amp|milliampere|milliamp)[\s_-]*hours?\b", name, re.I):
        return f"{hours[1].lower().replace('amp', 'ampere').replace('ereere', 'ere')} hours"
    last = re.split(r"[\s_]+", name)[-1]
    if last.lower() in _NAME_UNITS:
        return next(
            (
                u
                for u in (
                    last,
                    {
                        "mah": "mAh",
                        "gb": "GB",
                        "tb": "TB",
                        "mb": "MB",
                        "mhz": "MHz",
                        "ghz": "GHz",
                        "hz": "Hz",
                        "kwh": "kWh",
                        "wh": "Wh",
                    }.get(last.lower(), last.lower()),
                )
                if canonical_dimension(u)
            ),
            "",
        )
    return ""


def _contested_amounts(title: Fact, facts: list[Fact]) -> list[tuple[Quantity | str, Fact, Fact]]:
    """An amount of the title that no attribute of the dimension states, where some attribute states another."""
    found: list[tuple[Quantity | str, Fact, Fact]] = []
    attributes = [f for f in facts if f.id.startswith("a") and not f.is_flag]
    for said in title.quantities:
        if said.dimension not in _CONTEST:
            continue
        stated = [(f, q) for f in attributes for q in f.quantities if q.dimension == said.dimension]
        if not stated or any(same(said, q) for _, q in stated):
            continue
        free = [f for f, q in stated if not any(same(t, q) for t in title.quantities)]
        if len({f.id for f in free}) == 1:
            found.append((said, title, free[0]))
    return found


# Of these a product has one: two attributes of such a kind must agree.
_ONE_OF_A_KIND = frozenset("weight screen width height depth diameter memory storage battery volume".split())  # noqa: SIM905


def _contested_twins(facts: list[Fact]) -> list[tuple[Quantity | str, Fact, Fact]]:
    """Two attributes that state one thing with different amounts: "weight: 1.2 kg", "item weight: 1.4 kg"."""
    from retail_ai.engine.plan_names import kind_of

    seen: dict[tuple[str, str], tuple[Quantity, Fact]] = {}
    found: list[tuple[Quantity | str, Fact, Fact]] = []
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


def _contested_colours(title: Fact, facts: list[Fact]) -> list[tuple[Quantity | str, Fact, Fact]]:
    from retail_ai.engine.claims_words import COLOURS

    named = [f for f in facts if re.search(r"\bcolou?rs?$", f.name.lower()) and f.id.startswith("a") and not f.is_flag]
    said = {c for c, positive in title.concepts.items() if c in COLOURS and positive}
    stated = {c for f in named for c in f.concepts if c in COLOURS}
    if not said or not stated or said & stated:
        return []
    return [(sorted(said)[0], title, f) for f in named if set(f.concepts) & stated]
