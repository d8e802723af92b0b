"""What a shop sells, as words to be recognised: its brands, categories, colours, sizes and other values.

Made from facts alone; where a word of another language has the same meaning ("schwarz" for "black") it is found too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from retail_ai.engine.content import attribute_value
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.need_grammar import Key, concepts, facet_names
from retail_ai.engine.need_text import is_cjk, key_of
from retail_ai.engine.need_units import Magnitude, age_range, first_measure

LONGEST_VALUE = 60
SHORTEST_WORD = 3
_YES = frozenset({"yes", "true", "y", "ja", "oui", "sí", "si", "sì", "是", "有", "支持", "はい"})
_LACKS_BEFORE = frozenset({"无", "不", "非", "无添加", "without", "no", "ohne", "sans", "sin", "senza", "non"})
_LACKS_AFTER = frozenset({"free", "frei", "less"})
_SAYS_NOTHING = frozenset({"yes", "no", "true", "false", "none", "n/a", "-", "all", "other", "one size", "various"})
_PRODUCT = frozenset({"product", "item", "article", "goods", "main", "商品", "产"})
COLOUR, SIZE, AGE, PEOPLE, TYPE = "colour", "size", "age", "people", "type"


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that the shop says of its products. ``kind``: brand, category or attribute; ``name`` is the
    attribute's; ``shelves`` are the leaf categories where it occurs, as text of ids; ``aliases`` other names of it."""

    id: int
    kind: str
    name: str
    value: str
    entries: int = 1
    shelves: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class Vocabulary:
    """Values by the tokens that name them. ``mentions[key]`` are (kind, value id); ``protected`` are word pairs in
    which a colour is none ("orange juice")."""

    values: dict[int, Value] = field(default_factory=dict)
    mentions: dict[Key, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    by_concept: dict[str, tuple[int, ...]] = field(default_factory=dict)
    measures: dict[str, tuple[tuple[int, Magnitude], ...]] = field(default_factory=dict)
    ages: tuple[tuple[int, float, float], ...] = ()
    sizes: tuple[int, ...] = ()
    meanings: dict[str, str] = field(default_factory=dict)
    protected: frozenset[Key] = frozenset()
    lexicons: dict[str, object] = field(default_factory=dict)

    def meaning(self, value: Value) -> str:
        """``colour``, ``size``, ``weight``…; the attribute's own name where nothing is known of it."""
        return self.meanings.get(value.name, value.name)


def build(values: Iterable[Value], protected: Iterable[str] = ()) -> Vocabulary:
    """The vocabulary of these values; ``protected`` are phrases of titles in which a value's word means another."""
    made = _Maker()
    for value in values:
        made.add(value)
    return made.vocabulary(protected)


class _Maker:
    def __init__(self) -> None:
        self.known = Vocabulary()
        self.mentions: dict[Key, list[tuple[str, int]]] = {}
        self.by_concept: dict[str, list[int]] = {}
        self.measures: dict[str, list[tuple[int, Magnitude]]] = {}
        self.ages: list[tuple[int, float, float]] = []
        self.sizes: list[int] = []

    def add(self, value: Value) -> None:
        self.known.values[value.id] = value
        if value.kind == "brand":
            self._say(value.value, "brand", value.id)
        elif value.kind == "category":
            self._add_category(value)
        else:
            self._add_attribute(value)
        for alias in value.aliases:
            self._say(alias, value.kind if value.kind != "attribute" else self.known.meaning(value), value.id)

    def _add_category(self, value: Value) -> None:
        self._say(value.value, "category", value.id)
        for name in (value.value, *value.aliases):
            for part in _parts_of(name):
                self._say(part, "shelf part", value.id)

    def _add_attribute(self, value: Value) -> None:
        meaning = self.known.meanings.setdefault(value.name, meaning_of(value.name))
        if meaning == SIZE:
            self.sizes.append(value.id)
            return
        if (years := age_range(value.value)) is not None:
            self.ages.append((value.id, *years))
        if value.value.casefold() in _YES:
            self._say(value.name, meaning if meaning != COLOUR else value.name, value.id)
        for part in value.value.replace("，", ",").replace("、", ",").replace("/", ",").split(","):
            self._add_part(part, meaning, value)
        if (found := first_measure(value.value)) is not None:
            self.measures.setdefault(found.dimension, []).append((value.id, found))

    def _add_part(self, part: str, meaning: str, value: Value) -> None:
        key = tuple(token for token in key_of(part) if not token[0].isdigit() and token not in ("%", "+", "/", "&"))
        phrase = " ".join(key)
        if not key or phrase in _SAYS_NOTHING or len(phrase) < (1 if is_cjk(phrase) else 3):
            return
        if len(phrase) > 1:
            # A single Chinese character is a part of too many words; by its meaning it is still found.
            self._put(key, meaning, value.id)
        # "smoke black" is a black, "100 % organic cotton" a cotton; a colour may also come first: "white smoke".
        for n in range(1, len(key)):
            if not is_cjk(phrase) and meaning not in (TYPE, COLOUR) and len(" ".join(key[n:])) >= SHORTEST_WORD:
                self._put(key[n:], f"{meaning} tail", value.id)
        self._note_concepts(key, meaning, value)

    def _note_concepts(self, key: Key, meaning: str, value: Value) -> None:
        known = concepts()
        for size in range(1, min(len(key), 4) + 1):
            for start in range(len(key) - size + 1):
                for concept in known.get(key[start : start + size], ()):
                    if concept.startswith("colour:") == (meaning == COLOUR) and not _is_denied(
                        key, start, start + size
                    ):
                        self.by_concept.setdefault(concept, []).append(value.id)

    def _say(self, phrase: str, role: str, number: int) -> None:
        self._put(key_of(phrase), role, number)

    def _put(self, key: Key, role: str, number: int) -> None:
        if key and len(key) <= 14:
            self.mentions.setdefault(key, []).append((role, number))

    def vocabulary(self, protected: Iterable[str]) -> Vocabulary:
        known = self.known
        known.mentions = {key: tuple(dict.fromkeys(found)) for key, found in self.mentions.items()}
        known.by_concept = {concept: tuple(dict.fromkeys(ids)) for concept, ids in self.by_concept.items()}
        known.measures = {dimension: tuple(found) for dimension, found in self.measures.items()}
        known.ages, known.sizes = tuple(self.ages), tuple(self.sizes)
        known.protected = frozenset(key_of(phrase) for phrase in protected) - {()} - known.mentions.keys()
        return known


def _is_denied(key: Key, start: int, end: int) -> bool:
    """Whether a value says that it lacks the thing: "sugar-free", "无糖"."""
    before, after = key[start - 1] if start else "", key[end] if end < len(key) else ""
    return before in _LACKS_BEFORE or after in _LACKS_AFTER


def meaning_of(name: str) -> str:
    """What an attribute's name means ("Farbe" is ``colour``); the name itself where that is not known."""
    names, key = facet_names(), key_of(name)
    for start in range(len(key)):
        found = names.get(key[start:])
        # A "skin type" says nothing of what kind of product it is.
        if found and not (found == TYPE and start and key[start - 1] not in _PRODUCT):
            return found
    return name.casefold()


def _parts_of(category: str) -> list[str]:
    """ "Laptops", "Tablets" of "Laptops & Tablets"; "充电器", "数据线" of "充电器与数据线"."""
    text = category.replace("与", "&").replace("和", "&").replace("、", "&")
    parts = [part.strip() for part in text.replace(" and ", "&").replace(" und ", "&").replace("/", "&").split("&")]
    return [part for part in parts if len(parts) > 1 and len(part) > 1]


def values_of(
    facts: Iterable[ProductFacts], aliases: Mapping[str, Sequence[str]] | None = None
) -> tuple[list[Value], list[str]]:
    """(values, protected phrases) of a catalogue: what ``build`` takes. ``aliases``: categories in other languages."""
    counts: Counter[tuple[str, str, str]] = Counter()
    shelves: dict[tuple[str, str, str], set[str]] = {}
    phrases: set[str] = set()
    for one in facts:
        shelf = one.category[-1] if one.category else ""
        for statement in statements(one):
            counts[statement] += 1
            shelves.setdefault(statement, set()).add(shelf)
        phrases.update(colour_phrases(one))
    numbers = {statement: n for n, statement in enumerate(sorted(counts), start=1)}
    values = [
        Value(n, kind, name, value, counts[kind, name, value],
              frozenset(str(numbers.get(("category", "", shelf), "")) for shelf in shelves[kind, name, value]),
              tuple((aliases or {}).get(value, ())) if kind == "category" else ())
        for (kind, name, value), n in numbers.items()
    ]  # fmt: skip
    return values, sorted(phrases)


def statements(facts: ProductFacts) -> list[tuple[str, str, str]]:
    """(kind, attribute name, value) of all that a product's facts say shortly enough to be chosen by."""
    found = [("category", "", name.strip()) for name in facts.category if name.strip()]
    if facts.brand.strip():
        found.append(("brand", "", facts.brand.strip()))
    for attribute in facts.attributes:
        value = attribute_value(attribute).strip()
        if value and len(value) <= LONGEST_VALUE and len(attribute.name) <= LONGEST_VALUE:
            found.append(("attribute", attribute.name.strip(), value))
    return [(kind, name[:120], value[:120].replace("\x00", "")) for kind, name, value in dict.fromkeys(found)]


def colour_phrases(facts: ProductFacts) -> set[str]:
    """Pairs of words of a title whose first is a colour that the product does not have: "orange juice"."""
    known, words = concepts(), [token for token in key_of(facts.title) if not is_cjk(token)]
    colours = {
        concept
        for attribute in facts.attributes
        if meaning_of(attribute.name) == COLOUR
        for word in key_of(attribute.value)
        for concept in known.get((word,), ())
    }
    return {
        f"{one} {other}"
        for one, other in pairwise(words)
        if any(c.startswith("colour:") and c not in colours for c in known.get((one,), ())) and other.isalpha()
        and not known.get((other,))
    }  # fmt: skip


__all__ = ["Value", "Vocabulary", "build", "colour_phrases", "meaning_of", "statements", "values_of"]
