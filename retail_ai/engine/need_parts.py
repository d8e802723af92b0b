"""The parts that understanding works with: a constraint, a recognised piece of a sentence, and the sentence itself."""

from dataclasses import dataclass, field

from retail_ai.engine.need_text import Token
from retail_ai.engine.need_vocabulary import Vocabulary

CUT = ("cut", "")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One limit or wish.

    ``kind``: price, brand, category, colour, size, attribute, measure, people, age, sort, occasion or quantity.
    ``low`` and ``high``: of a price in ``unit`` (a currency code, "" where none was said), of a measure in the unit
    said, of an age in years. ``choices``: ids of the vocabulary's values that fulfil it or, where ``negated``, break
    it; empty where the shop states nothing of the kind. ``words``: as the shopper put it.
    """

    kind: str
    value: str
    negated: bool = False
    low: float | None = None
    high: float | None = None
    about: bool = False
    unit: str = ""
    choices: tuple[int, ...] = ()
    words: str = ""
    start: int = 0

    @property
    def key(self) -> str:
        """Names it within one need, stable from one search to the next: "price<=90", "-colour=black"."""
        sign = "-" if self.negated else ""
        if self.low is None and self.high is None:
            return f"{sign}{self.kind}={self.value}"
        return f"{sign}{self.kind}{self._bounds()}{self.unit}"

    def _bounds(self) -> str:
        low, high = (f"{bound:g}" if bound is not None else "" for bound in (self.low, self.high))
        if self.about:
            return f"~{low}"
        if low and high:
            return f"={low}..{high}" if low != high else f"={low}"
        return f"<={high}" if high else f">={low}"


@dataclass(slots=True)
class Unit:
    """Tokens ``start`` to ``end`` that were recognised as one piece, with all that it may be; none for a plain word.
    ``number`` where it is one."""

    start: int
    end: int
    roles: tuple[tuple[str, str | int], ...] = ()
    number: float | None = None
    is_short_cjk: bool = False

    @property
    def is_value(self) -> bool:
        """Whether it may be something that the shop states."""
        return any(isinstance(name, int) for _role, name in self.roles)

    def names(self, role: str) -> list[str | int]:
        return [name for known, name in self.roles if known == role]

    def name(self, role: str) -> str:
        return next((str(name) for known, name in self.roles if known == role), "")

    def has(self, *roles: str) -> bool:
        return any(known in roles for known, _ in self.roles)


@dataclass(slots=True)
class Sentence:
    """A text, cut into units. ``taken``: units that are understood already; ``cut``: those not to be searched for."""

    text: str
    tokens: list[Token]
    units: list[Unit]
    vocabulary: Vocabulary
    language: str
    head: str
    taken: set[int] = field(default_factory=set)
    cut: set[int] = field(default_factory=set)

    def take(self, *numbers: int, cut: bool = True) -> None:
        self.taken.update(numbers)
        if cut:
            self.cut.update(numbers)

    def said(self, first: int, last: int) -> str:
        """The shopper's own words from one unit to another."""
        return self.text[self.tokens[self.units[first].start].start : self.tokens[self.units[last].end - 1].end]

    def phrase(self, number: int) -> str:
        unit = self.units[number]
        return " ".join(token.text for token in self.tokens[unit.start : unit.end])

    def unit(self, number: int) -> Unit | None:
        return self.units[number] if 0 <= number < len(self.units) else None

    def is_plain(self, number: int) -> bool:
        """Whether a unit is a word that nothing is known of."""
        unit = self.unit(number)
        if unit is None or number in self.taken or unit.roles or unit.number is not None:
            return False
        return self.phrase(number)[0].isalnum()

    def left(self) -> str:
        """The text without what was cut."""
        pieces, at = [], 0
        for number in sorted(self.cut):
            unit = self.units[number]
            pieces.append(self.text[at : self.tokens[unit.start].start])
            at = max(at, self.tokens[unit.end - 1].end)
        pieces.append(self.text[at:])
        words = " ".join(" ".join(pieces).split()).strip(" ,.;:!?/&-+|、，。？！~")
        return words if any(character.isalnum() for character in words) else ""
