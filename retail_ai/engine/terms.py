"""Counts the words of a product, field by field, and weighs them for BM25 with fields (Robertson & Zaragoza, 2009).

Counts no catalogue: rarity is asked for at query time, so that it is always that of the catalogue as it stands.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.content import says_something, spoken
from retail_ai.engine.facts import ProductFacts
from retail_ai.engine.phrases import is_purpose, split_purpose, things_of
from retail_ai.engine.text import tokens

MAX_TERMS = 2_000
# BM25's own numbers for the weighed fields; those for all words alike, K1_PLAIN and B_PLAIN, are bm25s's defaults.
K1, B = 1.5, 0.75
K1_PLAIN, B_PLAIN = 1.5, 0.75
# Fields: how many bits a count gets in the packed number, and how much a word in it weighs. A title's purpose ("case
# for iPhone 13") and a path's upper shelves say less of what a thing is. Chosen on the Icecat judgements.
FIELDS = {
    "title": (4, 3.0), "purpose": (3, 1.5), "brand": (2, 1.0), "shelf": (3, 2.0), "path": (3, 1.0),
    "value": (5, 1.0), "name": (4, 0.3), "text": (5, 1.0),
}  # fmt: skip
_TYPE_NAME = re.compile(
    r"(?:(?:product|item|article) )?(?:type|category|class|department|kind)(?: (?:name|path))?", re.I
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A product's words: ``plain`` occurrences, those by field packed into one number, and the ``weight`` of the
    occurrences by field; ``length`` is the number of all words, ``weighed_length`` the sum of the weights."""

    plain: dict[str, int]
    packed: dict[str, int]
    weights: dict[str, float]
    length: int
    weighed_length: float

    def saturated(self, usual_length: float) -> dict[str, float]:
        """Terms with their saturated frequency, 0 to 1, in a catalogue of that mean weighed length; a score is the
        sum of rarity × this."""
        room = K1 * (1 - B + B * self.weighed_length / max(usual_length, 1e-9))
        return {term: weight / (weight + room) for term, weight in self.weights.items()}


def number_of(term: str) -> int:
    """The term's number, as PostgreSQL's integer has room for. Two of 100,000 terms share one about once."""
    return crc32(term.encode(errors="replace")) - 2**31


def weigh(facts: ProductFacts) -> Weighed:
    """The words of a product, counted by field; no more than MAX_TERMS different ones, the weightiest."""
    by_field: dict[str, Counter[str]] = {name: Counter() for name in FIELDS}
    for name, text in _pieces(facts):
        by_field[name].update(tokens(text))
    weights: Counter[str] = Counter()
    for name, counts in by_field.items():
        for term, count in counts.items():
            weights[term] += count * FIELDS[name][1]  # type: ignore[assignment]
    kept = {term: float(weight) for term, weight in weights.most_common(MAX_TERMS)}
    plain: Counter[str] = sum(by_field.values(), Counter())
    return Weighed(
        {term: plain[term] for term in kept},
        {term: _pack([by_field[name][term] for name in FIELDS]) for term in kept},
        kept,
        plain.total(),
        float(sum(weights.values())),
    )


def type_of(facts: ProductFacts) -> tuple[str, ...]:
    """The shelves that a product stands on, root first: its category, else the type that an attribute names."""
    return tuple(name for name in facts.category if name) or _kind_of(facts)


def _kind_of(facts: ProductFacts) -> tuple[str, ...]:
    named = (a.value.strip() for a in facts.attributes if _TYPE_NAME.fullmatch(a.name.strip()))
    kind = next((value for value in named if 0 < len(value) <= 60), "")
    return (kind,) if kind else ()


def _pieces(facts: ProductFacts) -> Iterator[tuple[str, str]]:
    thing, purpose = split_purpose(facts.title)
    yield "title", f"{thing} {facts.sku}"
    yield "purpose", purpose
    yield "brand", facts.brand
    yield from _shelves(tuple(dict.fromkeys((*facts.category, *_kind_of(facts)))))
    for attribute in facts.attributes:
        if says_something(attribute):
            yield ("purpose" if is_purpose(attribute.name) else "value"), spoken(attribute)
            yield "name", attribute.name
    yield "text", facts.description[:4_000]
    yield "text", facts.review_gist


def _shelves(path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A word counts once in a path, by where it counts most: "phone" is no more a phone case's than a smartphone's."""
    things = {thing: None for name in path for thing in things_of(name)}
    yield "shelf", " ".join(things)
    named = {token for thing in things for token in tokens(thing)}
    yield "path", " ".join(dict.fromkeys(token for name in path for token in tokens(name) if token not in named))


def _pack(counts: list[int]) -> int:
    packed, shift = 0, 0
    for count, (bits, _weight) in zip(counts, FIELDS.values(), strict=True):
        packed |= min(count, 2**bits - 1) << shift
        shift += bits
    return packed


def unpack(packed: NDArray[np.int64]) -> NDArray[np.int64]:
    """(…) packed numbers → (…, fields) counts, in the order of FIELDS."""
    bits = np.array([bits for bits, _ in FIELDS.values()])
    shifts = np.concatenate([[0], np.cumsum(bits)[:-1]])
    counts: NDArray[np.int64] = (np.asarray(packed)[..., None] >> shifts) & (2**bits - 1)
    return counts
