"""Decides which of the readings of a sentence hold, by what they have in common in the shop: "slim" is a fit next to
"jeans", and no constraint next to "laptop"."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from retail_ai.engine.need_amounts import ABOUT
from retail_ai.engine.need_parts import Constraint, Sentence
from retail_ai.engine.need_text import is_cjk
from retail_ai.engine.need_units import magnitude

# Attributes that a measure in this dimension means where none is named.
_USUAL = {"mass": "weight", "bytes": "storage", "inch": "display", "time": "battery", "power": "power",
          "volume": "capacity", "length": "length", "charge": "battery"}  # fmt: skip
_FEW_LETTERS, _MANY_LETTERS = 4, 8


def settle(found: list[Constraint], sentence: Sentence) -> tuple[Constraint, ...]:
    """The constraints that hold, each once, in the order of the sentence."""
    ordered = sorted(found, key=lambda one: one.start)
    ordered = _heads(ordered, sentence)
    anchor = _anchor(ordered, sentence)
    kept = [_resolved(one, sentence, anchor) for one in ordered if _holds(one, ordered, sentence, anchor)]
    return tuple({one.key: one for one in reversed(_one_order(kept))}.values())[::-1]


def _heads(found: list[Constraint], sentence: Sentence) -> list[Constraint]:
    """Of two categories side by side the head only: a "laptop backpack" is a backpack."""
    dropped: set[int] = set()
    categories = [one for one in found if one.kind == "category" and not one.negated]
    for one, other in pairwise(categories):
        between = range(one.start + 1, other.start)
        if any(sentence.units[n].has("or", "joiner") for n in between):
            continue
        dropped.add(one.start if sentence.head == "last" else other.start)
    # A type right after a category is the thing, and the category what it is for: "phone | stand".
    return [one for one in found if not (one.kind == "category" and not one.negated and one.start in dropped)]


def _anchor(found: list[Constraint], sentence: Sentence) -> frozenset[str]:
    """The shelves that the thing asked for stands on; empty where the sentence names no thing."""
    for kind in ("category", "type"):
        named = [one for one in found if one.kind == kind and not one.negated]
        if named:
            return frozenset().union(*(_shelves(one, sentence) for one in named))
    return frozenset()


def _shelves(one: Constraint, sentence: Sentence) -> frozenset[str]:
    values = sentence.vocabulary.values
    return frozenset().union(*(values[n].shelves for n in one.choices))


def _holds(one: Constraint, found: list[Constraint], sentence: Sentence, anchor: frozenset[str]) -> bool:
    if one.kind == "type":
        return _tells_apart(one, found, sentence, anchor)
    if one.negated:
        return True
    if one.kind == "brand":
        return not _is_ambiguous(one, sentence) or _speaks_for_the_brand(one, sentence, anchor)
    if one.kind == "colour" and not _is_known_colour(one, sentence):
        return bool(_shelves(one, sentence) & anchor)
    if one.kind != "attribute":
        return True
    if _is_a_standard(one):
        return False
    if anchor:
        return bool(_shelves(one, sentence) & anchor)
    if _is_of_a_name(one, sentence):
        return False
    if _says_one_thing(one) and _says_a_thing(sentence, one.start):
        return True
    others = (other for other in found if other.kind == "attribute" and other is not one and not other.negated)
    return len(one.value) >= _FEW_LETTERS and any(
        _shelves(one, sentence) & _shelves(other, sentence) and len(other.value) >= _FEW_LETTERS for other in others
    )


def _tells_apart(one: Constraint, found: list[Constraint], sentence: Sentence, anchor: frozenset[str]) -> bool:
    """Whether a type says which of a category's goods are meant: "dry" right before "white wine"; alone it says what
    the thing is, which is for the words to find."""
    beside = any(other.kind == "category" and not other.negated and other.start == one.start + 1 for other in found)
    is_word = not one.negated and " " not in one.value and not sentence.units[one.start].has("shelf part", "category")
    return sentence.head == "last" and beside and is_word and bool(_shelves(one, sentence) & anchor)


def _is_of_a_name(one: Constraint, sentence: Sentence) -> bool:
    """Whether a bare number stands beside it, as in "iphone 13 mini"."""
    beside = (sentence.unit(one.start - 1), sentence.unit(one.start + 1))
    return any(unit is not None and unit.number is not None for unit in beside)


def _says_one_thing(one: Constraint) -> bool:
    """Whether a value is long enough not to be taken for another: "lactose free", "unscented"."""
    return len(one.value) >= _MANY_LETTERS and not is_cjk(one.value)


def _says_a_thing(sentence: Sentence, but: int) -> bool:
    """Whether there is a word beside this one that can be what is asked for: "day cream" of "day cream unscented"."""
    others = (n for n in range(len(sentence.units)) if n != but)
    return any(
        sentence.is_plain(n) or (sentence.units[n].is_value and not sentence.units[n].has("brand")) for n in others
    )


def _is_a_standard(one: Constraint) -> bool:
    """Whether one of its words is a single letter, as in "usb c": words find that in titles that state it nowhere."""
    words = one.value.split()
    return len(words) > 1 and any(len(word) == 1 and word.isascii() for word in words)


def _is_known_colour(one: Constraint, sentence: Sentence) -> bool:
    """Whether a word means a colour anywhere; "cream" and "sand" do here alone, and of some goods."""
    return any(role == "colour" and not isinstance(name, int) for role, name in sentence.units[one.start].roles)


def _speaks_for_the_brand(one: Constraint, sentence: Sentence, anchor: frozenset[str]) -> bool:
    """Whether an ambiguous name stands with goods of that brand, or all alone."""
    if anchor:
        return bool(_shelves(one, sentence) & anchor)
    return all(n == one.start or n in sentence.taken for n in range(len(sentence.units)))


def _is_ambiguous(one: Constraint, sentence: Sentence) -> bool:
    """Whether a brand's name is also something else that the shop says ("apple" a flavour), or a little word."""
    return any(role != "brand" for role, _name in sentence.units[one.start].roles)


def _one_order(found: list[Constraint]) -> list[Constraint]:
    orders = [one for one in found if one.kind == "sort"]
    return [one for one in found if one.kind != "sort" or one is orders[0]]


def _resolved(one: Constraint, sentence: Sentence, anchor: frozenset[str]) -> Constraint:
    if one.kind == "measure":
        return _measured(one, sentence, anchor)
    if one.kind == "age":
        return _aged(one, sentence)
    if one.kind == "type":
        one = replace(one, kind="attribute")
    if one.kind == "attribute" and anchor and not one.negated:
        values = sentence.vocabulary.values
        return replace(one, choices=tuple(n for n in one.choices if values[n].shelves & anchor))
    return one


def _measured(one: Constraint, sentence: Sentence, anchor: frozenset[str]) -> Constraint:
    """The attribute that a measure is of, and those of its values that are within the limits."""
    low, high = (None if bound is None else magnitude(bound, one.unit) for bound in bounds_of(one))
    known = low or high
    if known is None:
        return one
    vocabulary = sentence.vocabulary
    candidates = vocabulary.measures.get(known.dimension, ())
    near = [pair for pair in candidates if vocabulary.values[pair[0]].shelves & anchor] or list(candidates)
    name = _attribute(near, one, sentence, known.dimension)
    if name is None:
        return one
    choices = tuple(
        n for n, size in near
        if vocabulary.values[n].name == name
        and (low is None or size.amount >= low.amount) and (high is None or size.amount <= high.amount)
    )  # fmt: skip
    return replace(one, value=name, choices=choices)


def _attribute(near: Sequence[tuple[int, object]], one: Constraint, sentence: Sentence, dimension: str) -> str | None:
    vocabulary = sentence.vocabulary
    counts = Counter[str]()
    for n, _size in near:
        counts[vocabulary.values[n].name] += vocabulary.values[n].entries
    if not counts:
        return None
    said = [str(name) for unit in sentence.units for name in unit.names("facet")]
    meanings = vocabulary.meanings
    usual = _USUAL.get(dimension)
    return max(counts, key=lambda name: (meanings.get(name) in said, meanings.get(name) == usual, counts[name], name))


def _aged(one: Constraint, sentence: Sentence) -> Constraint:
    """Values whose range of years meets the age asked for: all of it where it is a range, else the one year."""
    low = one.low if one.low is not None else 0.0
    high = one.high if one.high is not None else low
    choices = tuple(n for n, first, last in sentence.vocabulary.ages if first <= high and last >= low)
    return replace(one, choices=choices)


def bounds_of(one: Constraint) -> tuple[float | None, float | None]:
    """Lowest and highest, with what "about" allows on both sides."""
    if one.about and one.low is not None:
        return one.low * (1 - ABOUT), one.low * (1 + ABOUT)
    return one.low, one.high
