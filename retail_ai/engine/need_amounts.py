"""Reads amounts with their limits out of a sentence: prices, measures and ages. Sizes and quantities: need_sizes."""

from dataclasses import dataclass, replace

from retail_ai.engine.need_parts import Constraint, Sentence, Unit
from retail_ai.engine.need_sizes import is_in_a_name, read_quantity, read_size
from retail_ai.engine.need_text import is_cjk
from retail_ai.engine.need_units import BASE

# "about 300" takes in a fifth more and less.
ABOUT = 0.2
# A bare range is one of prices where both ends are round: "1000-1500", no "2019-2021" and no "40-47".
ROUND = 50
OLDEST_CHILD = 17
_CUES = ("max", "min", "about", "between", "price")
_AFTER = ("max_after", "min_after", "about_after")
_TIMES = {"k": 1_000, "百": 100, "千": 1_000, "万": 10_000}
_TIMES_IN_WORDS = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "million": 1_000_000}


@dataclass(slots=True)
class _Amount:
    """Units ``first`` to ``last`` say a number, perhaps to another, in a currency or a unit."""

    first: int
    last: int
    low: float
    high: float
    currency: str = ""
    unit: str = ""


def read_amounts(sentence: Sentence) -> list[Constraint]:
    """Constraints of all amounts; the units they are made of are taken."""
    found: list[Constraint] = []
    at = 0
    while at < len(sentence.units):
        one, after = read_size(sentence, at) or read_quantity(sentence, at) or _limited(sentence, at) or (None, at + 1)
        if one is not None:
            found.append(one)
        at = after
    return found


def _limited(sentence: Sentence, at: int) -> tuple[Constraint | None, int] | None:
    """An amount with the words around it that make it a limit."""
    cues, first = _cues(sentence, at)
    amount = _amount(sentence, first)
    if amount is None:
        return None
    after, last = _cues_after(sentence, amount.last + 1)
    if after and not (amount.currency or amount.unit) and (late := sentence.unit(last + 1)) and late.has("currency"):
        amount.currency, last = late.name("currency"), last + 1
    if "min" in cues and (said := _denial(sentence, at)) is not None:
        cues, at = cues - {"min"} | {"max"}, said
    bounds = _bounds(cues, after, amount)
    constraint = (
        _age(sentence, at, amount, bounds) or _price(sentence, amount, bounds, cues) or _measure(amount, bounds)
    )
    if constraint is None:
        return (None, amount.last + 1) if amount.last > at else None
    sentence.take(*range(at, last + 1))
    words = sentence.said(at, last)
    return replace(constraint, words=words, start=at), last + 1


def _cues(sentence: Sentence, at: int) -> tuple[set[str], int]:
    """Roles of the cues from a unit on ("budget", "under"), and where the amount should begin."""
    roles: set[str] = set()
    while (unit := sentence.unit(at)) is not None and unit.number is None:
        here = {role for role, _ in unit.roles if role in _CUES}
        # "not more than" is one phrase of the grammar; a lone "no" before an amount is a negation of something else.
        if not here and not (roles and unit.has("filler")):
            break
        if at in sentence.taken or (unit.is_short_cjk and here == {"price"} and not roles):
            break
        roles |= here
        at += 1
    return roles, at


def _denial(sentence: Sentence, at: int) -> int | None:
    """Where the "don't" of "don't want to spend more than 80" stands: what is not more is at most."""
    at -= 1
    while (unit := sentence.unit(at)) is not None and not unit.has("denies"):
        if not unit.has("goes", "filler", "price") or unit.is_value:
            return None
        at -= 1
    return at if unit is not None and at not in sentence.cut else None


def _cues_after(sentence: Sentence, at: int) -> tuple[set[str], int]:
    unit = sentence.unit(at)
    roles = {role for role, _ in unit.roles if role in _AFTER} if unit is not None else set()
    return roles, at if roles else at - 1


def _bounds(cues: set[str], after: set[str], amount: _Amount) -> tuple[float | None, float | None, bool] | None:
    """(low, high, about), or None where nothing says that the amount is a limit."""
    if amount.low != amount.high:
        return amount.low, amount.high, False
    if "about" in cues or "about_after" in after:
        return amount.low, amount.low, True
    if "max" in cues or "max_after" in after:
        return None, amount.high, False
    if "min" in cues or "min_after" in after:
        return amount.low, None, False
    return (None, amount.high, False) if "price" in cues else None


def _amount(sentence: Sentence, at: int) -> _Amount | None:
    """A number or a range of them, with its currency or unit; None where there is none or it is part of a name."""
    first = _number(sentence, at)
    if first is None:
        return None
    joiner, unit = first.last + 1, sentence.unit(first.last + 1)
    second = _number(sentence, joiner + 1) if unit is not None and unit.has("joiner") else None
    if second is None or second.low <= first.low or (second.first != joiner + 1):
        return first
    unit_name = second.unit or first.unit
    low = first.low * _ratio(first.unit or unit_name, unit_name)
    return _Amount(at, second.last, low, second.high, second.currency or first.currency, unit_name)


def _ratio(one: str, other: str) -> float:
    if one == other or one not in BASE or other not in BASE or BASE[one][0] != BASE[other][0]:
        return 1.0
    return BASE[one][1] / BASE[other][1]


def _number(sentence: Sentence, at: int) -> _Amount | None:
    first, unit = at, sentence.unit(at)
    currency = ""
    if unit is not None and unit.has("currency") and unit.number is None:
        currency, at = unit.name("currency"), at + 1
        unit = sentence.unit(at)
    if unit is None or unit.number is None or at in sentence.taken or (not currency and is_in_a_name(sentence, at)):
        return None
    value, last = unit.number, at
    after = sentence.unit(at + 1)
    if after is not None and (times := _times(sentence, at + 1)):
        value, last, after = value * times, at + 1, sentence.unit(at + 2)
    amount = _Amount(first, last, value, value, currency)
    if after is not None and not after.number:
        _add_unit(amount, after, sentence)
    return amount


def _times(sentence: Sentence, at: int) -> int | None:
    """What a number is to be multiplied with: "2k", "5 thousand", "3千"."""
    said = sentence.phrase(at)
    glued = sentence.tokens[sentence.units[at].start].glued
    return _TIMES.get(said) if glued and said in _TIMES else _TIMES_IN_WORDS.get(said)


def _add_unit(amount: _Amount, after: Unit, sentence: Sentence) -> None:
    currency, unit = after.name("currency"), after.name("unit")
    if after.has("years"):
        unit = "years"
    elif after.has("months"):
        unit = "months"
    elif not unit and after.has("quantity_after", "size_after") and not currency:
        unit = "piece"
    if currency and not amount.currency:
        amount.currency = currency
        amount.last += 1
    elif unit and not amount.currency:
        amount.unit = unit
        amount.last += 1


def _age(
    sentence: Sentence, at: int, amount: _Amount, bounds: tuple[float | None, float | None, bool] | None
) -> Constraint | None:
    people = any(unit.has("people") for unit in sentence.units)
    if amount.unit in ("years", "months"):
        if not (people or _says_age(sentence, amount, at)):
            return None
    elif not (
        (people or _says_age(sentence, amount, at)) and not amount.unit and not amount.currency
        and amount.high <= OLDEST_CHILD and bounds is not None and at > 0 and _follows_people(sentence, at)
    ):  # fmt: skip
        return None
    scale = 1 / 12 if amount.unit == "months" else 1.0
    low, high, _about = bounds or (amount.low, amount.high, False)
    low, high = (None if bound is None else round(bound * scale, 2) for bound in (low, high))
    return Constraint("age", "", low=low, high=high)


def _follows_people(sentence: Sentence, at: int) -> bool:
    before = sentence.unit(at - 1)
    return before is not None and before.has("people", "age")


def _says_age(sentence: Sentence, amount: _Amount, at: int) -> bool:
    said = sentence.phrase(amount.last)
    if not amount.unit:
        said = ""
    before = [sentence.unit(n) for n in (at - 1, at - 2)]
    return " " in said or is_cjk(said) or any(u is not None and u.has("for", "age", "people") for u in before)


def _price(
    sentence: Sentence, amount: _Amount, bounds: tuple[float | None, float | None, bool] | None, cues: set[str]
) -> Constraint | None:
    if amount.unit:
        return None
    if bounds is None:
        if not amount.currency:
            return None
        bounds = amount.low, amount.high, True
    elif _is_bare_range(amount, cues) and (amount.low < ROUND or amount.low % ROUND or amount.high % ROUND):
        return None
    low, high, about = bounds
    return Constraint("price", "", low=low, high=high, about=about, unit=amount.currency)


def _is_bare_range(amount: _Amount, cues: set[str]) -> bool:
    said = amount.currency or cues & {"between", "price", "max", "about"}
    return amount.low != amount.high and not said


def _measure(amount: _Amount, bounds: tuple[float | None, float | None, bool] | None) -> Constraint | None:
    if bounds is None or amount.unit not in BASE:
        return None
    low, high, about = bounds
    return Constraint("measure", "", low=low, high=high, about=about, unit=amount.unit)


__all__ = ["ABOUT", "read_amounts"]
