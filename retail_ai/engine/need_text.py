"""Cuts a shopper's sentence into tokens that keep their place, so that what was understood can be taken out of it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from retail_ai.engine.text import fold

CJK = "\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(
    rf"(?P<cjk>[{CJK}])|(?P<number>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_{CJK}]+)|(?P<sign>[€$£¥₩₹<>=~+/,&|、%-])"
)
_DASHES = str.maketrans({"–": "-", "—": "-", "‒": "-", "−": "-", "～": "~", "〜": "~", "’": "'", "‘": "'", "￥": "¥"})
_IRREGULAR = {"mice": "mouse", "knives": "knife", "shelves": "shelf", "scarves": "scarf", "feet": "foot"}
# American spellings by British ones, where a shop may have either.
_SPELLINGS = {
    "tire": "tyre", "jewelry": "jewellery", "aluminum": "aluminium", "pajama": "pyjama", "fiber": "fibre",
    "theater": "theatre", "mold": "mould", "armor": "armour", "flavor": "flavour", "odor": "odour",
    "moisturizer": "moisturiser", "organizer": "organiser", "sanitizer": "sanitiser", "whiskey": "whisky",
    "yogurt": "yoghurt", "donut": "doughnut", "cozy": "cosy", "gray": "grey", "color": "colour", "colored": "coloured",
}  # fmt: skip
_CJK_CHARACTER = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, CJK character or sign. ``glued``: it follows the token before without a space."""

    text: str
    start: int
    end: int
    is_number: bool = False
    glued: bool = False


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """The text folded, with all dashes, tildes and apostrophes of one kind."""
    return fold(text.translate(_DASHES))


def tokens_of(text: str) -> list[Token]:
    """Tokens of a text that went through ``plain``; apostrophes part words, hyphens are kept between numbers only."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        glued = bool(found) and found[-1].end == match.start()
        found.append(Token(_stem(match[0]), match.start(), match.end(), match["number"] is not None, glued))
    return [token for n, token in enumerate(found) if not _joins_words(found, n)]


def _joins_words(found: list[Token], n: int) -> bool:
    """Whether a token is the hyphen of "sugar-free" and not that of "50-80"."""
    if found[n].text != "-" or len(found) == 1:
        return False
    before = found[n - 1] if n else None
    after = found[n + 1] if n + 1 < len(found) else None
    numeric = [t for t in (before, after) if t is not None and (t.is_number or t.text in "€$£¥元")]
    return len(numeric) < 2


@lru_cache(maxsize=50_000)
def key_of(phrase: str) -> tuple[str, ...]:
    """The tokens of a phrase as they are looked up."""
    return tuple(token.text for token in tokens_of(plain(phrase)))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """English plurals made singular, and American spellings British; other words as they are."""
    single = _singular(word)
    return _SPELLINGS.get(single, single)


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ie") and len(word) > 4 and word.isascii():
        return word[:-2] + "y"
    if len(word) < 4 or not word.endswith("s") or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("shes", "ches", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def as_typed(words: str, text: str) -> str:
    """Folded words with the accents and the capitals that they have in the text: encoders know "Zelt" and "çadır" and
    not "zelt" and "cadir". Words in capitals only stay small."""
    spelled: dict[str, str] = {}
    for piece in text.split():
        bare = piece.strip(".,;:!?()[]\"'“”„«»")
        spelled.setdefault(plain(bare), bare.lower() if bare.isupper() else bare)
    return " ".join(spelled.get(word, word) for word in words.split())


def is_cjk(text: str) -> bool:
    """Whether a text has a Chinese, Japanese or Korean character."""
    return bool(_CJK_CHARACTER.search(text))


_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}


def han_number(characters: str) -> int | None:
    """The number that Chinese numerals spell: 两百五十 is 250, 一万二 is 12,000; None where they spell none."""
    total = section = digit = 0
    last = 1
    for character in characters:
        if character in _DIGITS:
            digit = _DIGITS[character]
            continue
        unit = _TENS.get(character)
        if unit is None:
            return None
        if unit == 10_000:
            total, section = total + max(section + digit, 1) * unit, 0
        else:
            section += (digit or 1) * unit
        digit, last = 0, unit
    return (total + section + digit * (last // 10 if last > 10 else 1)) or None


HAN_NUMERALS = frozenset(_DIGITS) | frozenset(_TENS)
