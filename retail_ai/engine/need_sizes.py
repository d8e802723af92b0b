"""Reads sizes (“size 42”, “XL”) and quantities (“pack of 6”) out of a sentence."""

from retail_ai.engine.need_parts import Constraint, Sentence, Unit
from retail_ai.engine.need_text import is_cjk
from retail_ai.engine.need_units import LETTER_SIZES, holds_size

# Sizes that are understood without the word: a bare "m" may be a metre.
_LETTERS = frozenset(LETTER_SIZES) - {"s", "m", "l"} | {"3xl", "4xl", "5xl"}


def read_size(sentence: Sentence, at: int) -> tuple[Constraint | None, int] | None:
    """ "size 42", "XL", "42码"; not the size of a thing that is measured: "size 42 inch"."""
    unit = sentence.units[at]
    if at in sentence.taken:
        return None
    number, last = at, at
    if unit.has("size") and sentence.unit(at + 1) is not None:
        number = last = at + 1
        while (
            (nxt := sentence.unit(number)) is not None
            and nxt.has("size", "filler")
            and number < at + 3
            and sentence.phrase(number) not in LETTER_SIZES
        ):
            number = last = number + 1
    after = sentence.unit(number + 1)
    size, extra = _size_text(sentence, number)
    last += extra
    after = sentence.unit(last + 1)
    if not size or (after is not None and after.has("currency")):
        return None
    if after is not None and after.has("unit") and sentence.units[number].number is not None:
        return None
    if number == at and not _stands_alone(sentence, number, size, after):
        return None
    if after is not None and after.has("size_after"):
        last += 1
    sentence.take(*range(at, last + 1))
    choices = tuple(n for n in sentence.vocabulary.sizes if holds_size(sentence.vocabulary.values[n].value, size))
    one = Constraint("size", size, choices=choices, words=sentence.said(at, last), start=at)
    return one, last + 1


def _size_text(sentence: Sentence, number: int) -> tuple[str, int]:
    """The size that a unit says, and how many units after it belong to it: "w32", "3xl"."""
    unit = sentence.unit(number)
    if unit is None:
        return "", 0
    if unit.number is not None:
        after = sentence.unit(number + 1)
        if after is not None and sentence.phrase(number + 1) in ("xl", "xs") and sentence.tokens[after.start].glued:
            return f"{unit.number:g}{sentence.phrase(number + 1)}", 1
        return f"{unit.number:g}", 0
    text = sentence.phrase(number)
    after = sentence.unit(number + 1)
    if text == "w" and after is not None and after.number is not None and sentence.tokens[after.start].glued:
        return f"w{after.number:g}", 1
    return (text, 0) if text in LETTER_SIZES else ("", 0)


def _stands_alone(sentence: Sentence, number: int, size: str, after: Unit | None) -> bool:
    """Whether a size is one without the word: "XL" where the shop has sizes, "42码"."""
    if after is not None and after.has("size_after"):
        return not after.has("quantity_after") or sentence.units[number].number is None or not is_cjk(size)
    return bool(sentence.vocabulary.sizes) and (size in _LETTERS or size.startswith("w"))


def read_quantity(sentence: Sentence, at: int) -> tuple[Constraint | None, int] | None:
    """ "pack of 6", "6 pieces", "two"; one of a thing is no wish worth naming."""
    unit = sentence.units[at]
    if at in sentence.taken:
        return None
    if unit.has("quantity"):
        number = sentence.unit(at + 1)
        if number is None or number.number is None or number.number < 2:
            return None
        return _many(sentence, at, at + 1, number.number)
    if unit.number is None or unit.number < 2 or unit.number != int(unit.number) or is_in_a_name(sentence, at):
        return None
    after = sentence.unit(at + 1)
    if after is not None and after.has("quantity_after") and not after.has("unit"):
        return _many(sentence, at, at + 1, unit.number)
    is_said = unit.has("number") and not _is_one_thing(sentence, at)
    if (is_said or _counts_goods(sentence, at)) and not _counts_something_else(sentence, at):
        return _many(sentence, at, at, unit.number)
    return None


def _counts_goods(sentence: Sentence, at: int) -> bool:
    """Whether a number begins the wish, and a category in the plural follows: "4 brass padlocks"."""
    goods = _goods_after(sentence, at)
    begins = all(sentence.units[n].has("filler") for n in range(at))
    return begins and goods is not None and _is_plural(sentence, goods)


def _is_one_thing(sentence: Sentence, at: int) -> bool:
    """Whether the number tells what kind of one thing is meant: "four season tent"."""
    goods = _goods_after(sentence, at)
    return goods is not None and goods > at + 1 and not _is_plural(sentence, goods)


def _goods_after(sentence: Sentence, at: int) -> int | None:
    """The category that follows, with nothing between but values that it may have."""
    at += 1
    while (unit := sentence.unit(at)) is not None and unit.is_value and not unit.has("category", "shelf part"):
        at += 1
    return at if unit is not None and unit.has("category", "shelf part") else None


def _is_plural(sentence: Sentence, at: int) -> bool:
    return sentence.language != "en" or sentence.said(at, at).endswith(("s", "mice", "feet"))


def _counts_something_else(sentence: Sentence, at: int) -> bool:
    before, after = sentence.unit(at - 1), sentence.unit(at + 1)
    if before is not None and (before.has("for", "size", "joiner") or not before.roles):
        return True
    return after is None or after.has("unit", "currency", "years", "months") or after.number is not None


def _many(sentence: Sentence, first: int, last: int, number: float) -> tuple[Constraint, int]:
    sentence.take(*range(first, last + 1), cut=False)
    value = f"{number:g}"
    return Constraint("quantity", value, words=sentence.said(first, last), start=first), last + 1


def is_in_a_name(sentence: Sentence, at: int) -> bool:
    """Whether a number is glued to a word before it, as in "iphone13" and "wh-1000"."""
    token = sentence.tokens[sentence.units[at].start]
    if not token.glued or sentence.units[at].start == 0:
        return False
    before = sentence.tokens[sentence.units[at].start - 1].text
    return before[-1].isalpha() and not is_cjk(before[-1])
