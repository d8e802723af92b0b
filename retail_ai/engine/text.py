"""Turns text in any language into tokens that match however a shopper types them. Knows no weights and no index.

``13inch``, ``13-inch`` and ``13 inch`` give the same tokens; so do ``WH-1000XM4`` and ``wh1000xm4``; accents and
case go; Chinese, Japanese and Korean runs become pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

UNITS = {
    '"': "inch", "″": "inch", "”": "inch", "''": "inch",
    "inches": "inch", "inch": "inch", "zoll": "inch", "英寸": "inch",
    "mm": "mm", "cm": "cm", "m": "m", "km": "km", "mg": "mg", "g": "g", "kg": "kg", "oz": "oz", "lb": "lb",
    "ml": "ml", "cl": "cl", "l": "l", "kb": "kb", "mb": "mb", "gb": "gb", "tb": "tb", "mhz": "mhz", "ghz": "ghz",
    "hz": "hz", "w": "w", "kw": "kw", "wh": "wh", "mah": "mah", "ah": "ah", "v": "v", "mp": "mp", "megapixel": "mp",
    "megapixels": "mp", "pc": "pc", "pcs": "pc", "ft": "ft", "dpi": "dpi", "ppm": "ppm", "va": "va", "rpm": "rpm",
}  # fmt: skip
_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<cjk>[{_CJK}]+)"
    rf"|(?P<number>\d+(?:[.,]\d+)?)[ -]?(?P<unit>{_UNIT})(?![^\W{_CJK}])"
    r"|(?P<decimal>\d+[.,]\d+)(?![.,]?\w)"
    rf"|(?P<word>[^\W_{_CJK}]+(?:[-./'’_][^\W_{_CJK}]+)*)"
)
_PARTS = re.compile(r"[^\W_]+")
_LETTERS_DIGITS = re.compile(r"([^\W\d]{3,})(\d+)$")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_MAX_TOKEN = 60
_SMALL_WORDS = """
a an and any are as at be buy by can do for from get have how i in is it me my need of on or our please show some
that the these this to want we what which who will with you your looking
"""
STOP_WORDS = frozenset(_SMALL_WORDS.split())


def fold(text: str) -> str:
    """Lower case, compatibility forms unified, accents gone, spaces single, control characters out."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        text = unicodedata.normalize("NFKC", _ACCENTS.sub("", text))
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.casefold().replace("\x00", " ").split())


def tokens(text: str) -> tuple[str, ...]:
    """All tokens of a text in order, variants of one word side by side."""
    return _short_tokens(text) if len(text) <= 40 else _tokens(text)


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token[:_MAX_TOKEN] for match in _TOKEN.finditer(fold(text)) for token in _spell(match))


# Attribute names and values come again and again: over a catalogue this halves the time.
_short_tokens = lru_cache(maxsize=20_000)(_tokens)


def query_words(text: str) -> list[str]:
    """The distinct tokens of a query, rare or not, without the words of a wish ("I want to buy a") unless there are no
    others: a letter or a number may be the very thing asked for ("d battery", "iphone x")."""
    found = list(dict.fromkeys(tokens(text)))
    return [t for t in found if t not in STOP_WORDS] or found


def _spell(match: re.Match[str]) -> Iterator[str]:
    if run := match["cjk"]:
        yield from _pairs(run)
    elif number := match["number"]:
        number, unit = number.replace(",", "."), UNITS[match["unit"]]
        yield from (number, unit, number + unit)
    elif decimal := match["decimal"]:
        yield decimal.replace(",", ".")
    else:
        yield from _word(match["word"])


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for i in range(len(run) - 1):
        yield run[i : i + 2]


def _word(word: str) -> Iterator[str]:
    parts = [_singular(part) for part in _PARTS.findall(word)]
    yield from parts
    if len(parts) > 1:
        yield "".join(parts)
    for part in parts:
        if split := _LETTERS_DIGITS.match(part):
            yield from split.groups()


def _singular(word: str) -> str:
    """English plurals only, by Harman's S-stemmer (1991); other words pass through unharmed in most languages."""
    if len(word) < 4 or not word.endswith("s") or not word.isascii():
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


def slips(one: str, other: str) -> int:
    """Typing slips between two words: letters left out, added, changed or swapped (optimal string alignment)."""
    before: list[int] = []
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, last, row = last, row, [i]
        for j, b in enumerate(other, start=1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], before[j - 2] + 1)
    return row[-1]
