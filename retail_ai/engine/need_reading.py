"""Cuts a sentence into units: the longest phrases that the language or the shop's vocabulary knows, and numbers."""

from typing import Any

from retail_ai.engine.need_grammar import Key, grammars, language_of
from retail_ai.engine.need_parts import Sentence, Unit
from retail_ai.engine.need_spelling import Spelling
from retail_ai.engine.need_text import HAN_NUMERALS, Token, han_number, is_cjk, plain, tokens_of
from retail_ai.engine.need_units import read_number
from retail_ai.engine.need_vocabulary import Vocabulary

MAX_TOKENS = 240
# What may follow a number that is spelled out in Chinese; elsewhere 三 and 百 are part of some word.
_AFTER_NUMBER = ("currency", "unit", "quantity_after", "max_after", "min_after", "about_after", "years", "size_after")
_COUNTED = ("quantity_after", "unit", "currency", "years", "months", "max_after", "min_after")
# What a mistyped word may be taken for.
_SPELLED = ("category", "brand", "shelf part", "max", "min", "about", "between", "price", "not", "currency", "colour")
_TO = ("到", "至")
_SPOKEN = ("filler", "not", "colour", "people", "price")


def read_sentence(text: str, vocabulary: Vocabulary, language: str) -> Sentence:
    """The text's units, its language, and whether a noun's head comes last in it."""
    folded = plain(text)
    tokens = tokens_of(folded)[:MAX_TOKENS]
    code = language_of(folded, [token.text for token in tokens], language)
    phrases, lengths, spelling = _lexicon(vocabulary, code)
    tokens = spelling.mended(tokens)
    units: list[Unit] = []
    at = 0
    while at < len(tokens):
        unit = _unit(tokens, at, phrases, lengths, grammars()[code].head)
        units.append(unit := _with_the_rest(unit, tokens, phrases, lengths))
        at = unit.end
    sentence = Sentence(folded, tokens, units, vocabulary, code, grammars()[code].head)
    _forget_parts_of_words(sentence)
    return sentence


def _lexicon(vocabulary: Vocabulary, code: str) -> tuple[dict[Key, Any], dict[str, tuple[int, ...]], Spelling]:
    """All phrases of the language and of the shop, how long phrases are by their first token, and how words are
    spelled."""
    known: Any = vocabulary.lexicons.get(code)
    if known is None:
        phrases: dict[Key, Any] = {
            key: roles for key, roles in grammars()[code].phrases.items() if roles != (("facet", "size"),)
        }
        for key, roles in vocabulary.mentions.items():
            phrases[key] = (*phrases.get(key, ()), *roles, *_head_of(key, roles, vocabulary))
        for key in vocabulary.protected:
            phrases.setdefault(key, (("idiom", ""),))
        lengths: dict[str, set[int]] = {}
        spelling = Spelling()
        for key, roles in phrases.items():
            lengths.setdefault(key[0], set()).add(len(key))
            spelling.add(key, is_meant=any(role in _SPELLED for role, _ in roles))
        known = phrases, {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}, spelling
        vocabulary.lexicons[code] = known
    return known  # type: ignore[no-any-return]


def _head_of(key: Key, roles: Any, vocabulary: Vocabulary) -> tuple[tuple[str, int], ...]:
    """The category that the last words of a type name: that of "tea" for "green tea"."""
    if not any(role == "type" for role, _ in roles) or any(role == "category" for role, _ in roles):
        return ()
    shelves = frozenset().union(*(vocabulary.values[n].shelves for role, n in roles if role == "type"))
    for start in range(1, len(key)):
        found = [
            (role, n) for role, n in vocabulary.mentions.get(key[start:], ())
            if role in ("category", "shelf part") and vocabulary.values[n].shelves & shelves
        ]  # fmt: skip
        if found:
            return tuple(found)
    return ()


def _unit(
    tokens: list[Token], at: int, phrases: dict[Key, Any], lengths: dict[str, tuple[int, ...]], head: str
) -> Unit:
    token = tokens[at]
    found = _longest(tokens, at, phrases, lengths)
    if token.is_number and (found is None or found.end == at + 1 or not found.has("brand", "idiom")):
        return Unit(at, at + 1, number=read_number(token.text))
    number = _spelled(tokens, at, phrases, lengths) if token.text in HAN_NUMERALS else None
    if number and (found is None or found.end < number.end or found.has("number")):
        return number
    if found is None:
        return Unit(at, at + 1)
    if found.has("idiom") and not any(isinstance(name, int) for _, name in found.roles):
        # Only the first word is not what it seems; a "black tea" is a tea, and a "no show sock" a sock.
        whole = is_cjk(token.text) or head == "first"
        return Unit(at, found.end if whole else at + 1, (("idiom", ""),))
    names = found.names("number")
    if names and str(names[0]).isdigit():
        found.number = float(names[0])
    return found


def _with_the_rest(
    unit: Unit, tokens: list[Token], phrases: dict[Key, Any], lengths: dict[str, tuple[int, ...]]
) -> Unit:
    """A number in words with the words that go on with it: "two hundred and fifty", "twenty five"."""
    while unit.number is not None and unit.has("number"):
        at = unit.end
        if unit.number >= 100 and at < len(tokens) and tokens[at].text == "and":
            at += 1
        more = _longest(tokens, at, phrases, lengths) if at < len(tokens) else None
        name = more.name("number") if more is not None else ""
        number = _joined(unit.number, float(name)) if name.isdigit() else None
        if more is not None and at > unit.end and _is_multiplied(tokens, more.end):
            # "between six hundred and nine hundred"
            return unit
        if more is None or number is None or (at > unit.end and more.has("quantity")):
            return unit
        unit = Unit(unit.start, more.end, unit.roles, number=number)
    return unit


def _is_multiplied(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text in ("hundred", "thousand")


def _joined(one: float, other: float) -> float | None:
    """Of "two" and "hundred" 200, of "twenty" and "five" 25, of "hundred" and "fifty" 150."""
    if other in (100.0, 1000.0) and one < other:
        return one * other
    fits = (one >= 100 and one % 100 == 0 and other < 100) or (20 <= one < 100 and one % 10 == 0 and other < 10)
    return one + other if fits else None


def _longest(
    tokens: list[Token], at: int, phrases: dict[Key, Any], lengths: dict[str, tuple[int, ...]]
) -> Unit | None:
    for size in lengths.get(tokens[at].text, ()):
        if at + size <= len(tokens):
            key = tuple(token.text for token in tokens[at : at + size])
            if (roles := phrases.get(key)) is not None:
                return Unit(at, at + size, roles, is_short_cjk=size == 1 and is_cjk(key[0]))
    return None


def _spelled(
    tokens: list[Token], at: int, phrases: dict[Key, Any], lengths: dict[str, tuple[int, ...]]
) -> Unit | None:
    end = at
    while end < len(tokens) and tokens[end].text in HAN_NUMERALS:
        end += 1
    after = _longest(tokens, end, phrases, lengths) if end < len(tokens) else None
    number = han_number("".join(token.text for token in tokens[at:end]))
    if number is None or not (_is_of_a_range(tokens, at, end) or (after is not None and after.has(*_AFTER_NUMBER))):
        return None
    return Unit(at, end, number=float(number))


def _is_of_a_range(tokens: list[Token], at: int, end: int) -> bool:
    """Whether numerals stand on either side of 到 or 至: 两千到三千."""
    after = end + 1 < len(tokens) and tokens[end].text in _TO and tokens[end + 1].text in HAN_NUMERALS
    before = at > 1 and tokens[at - 1].text in _TO and tokens[at - 2].text in HAN_NUMERALS
    return end - at > 1 and (after or before)


def _counts(sentence: Sentence, number: int) -> bool:
    """Whether a unit is a number, or the currency or unit of one: what 起 of 5000元起 follows."""
    unit, before = sentence.unit(number), sentence.unit(number - 1)
    if unit is None or unit.number is not None:
        return unit is not None
    return before is not None and before.number is not None and unit.has("currency", "unit", "quantity_after")


def _forget_parts_of_words(sentence: Sentence) -> None:
    """Chinese writes no spaces: a single character next to unknown ones is most often a part of a longer word, as 红
    is in 红枣 and 能 in 智能; and a unit or a cue that is no number's neighbour is none."""
    for number, unit in enumerate(sentence.units):
        if not unit.is_short_cjk:
            continue
        if not _counts(sentence, number - 1):
            unit.roles = tuple(role for role in unit.roles if role[0] not in _COUNTED)
        before = sentence.is_plain(number - 1) and sentence.tokens[unit.start].glued
        after = sentence.is_plain(number + 1) and sentence.tokens[sentence.units[number + 1].start].glued
        if unit.has("colour") and (before or after):
            unit.roles = tuple(role for role in unit.roles if role[0] not in ("colour",))
        if before and unit.has(*_SPOKEN):
            unit.roles = tuple(role for role in unit.roles if role[0] not in _SPOKEN)
