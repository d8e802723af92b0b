"""Reads a shopper's message without a model: its language, what it asks for, and limits such as "under 300".

Rules of words in English and Chinese. It answers nothing and knows no customer.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from retail_ai.engine import intent_words as words

MAX_CHARACTERS = 2_000
# Zero-width joiners hold emoji and some scripts together; other invisible characters only deceive.
JOINERS = "\u200c\u200d"
KEPT = "\n\t" + JOINERS


class Intent(StrEnum):
    """What a message asks for. ``QUESTION`` is all that names no clear wish: policies first, then products."""

    GREETING = "greeting"
    THANKS = "thanks"
    HUMAN = "human"
    ORDERS = "orders"
    PRODUCTS = "products"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Wish:
    """A product search: the words to search for, and prices in the shop's currency."""

    words: str
    min_price: Decimal | None = None
    max_price: Decimal | None = None


_CJK = re.compile(r"[\u3400-\u9fff]")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_RULES = (
    (Intent.GREETING, _any(words.GREETING)),
    (Intent.THANKS, _any(words.THANKS)),
    (Intent.HUMAN, _any(words.HUMAN)),
    (Intent.ORDERS, _any(words.ORDERS)),
    (Intent.PRODUCTS, _any(words.PRODUCTS)),
)
_QUESTION = _any(words.QUESTION)
_POLICY = _any(words.POLICY)
_FILLER = _any(words.FILLER)
_UPPER, _LOWER, _UPPER_ZH = (re.compile(p, re.IGNORECASE) for p in (words.UPPER, words.LOWER, words.UPPER_ZH))


def clean(text: str) -> str:
    """A message fit to be stored and read: no control or invisible characters, at most MAX_CHARACTERS."""
    kept = "".join(c for c in text if c in KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return kept.strip().strip(JOINERS)[:MAX_CHARACTERS]


def language_of(text: str, *, default: str = "en", known: tuple[str, ...] = ("en", "zh-hans")) -> str:
    """The language of a message among those known: by its script, else ``default``. Never a guess between Latin ones
    but that to English from Chinese, since a page in Chinese may be asked in English."""
    chinese = next((code for code in known if code.startswith("zh")), None)
    if chinese and _CJK.search(text) and not _KANA_HANGUL.search(text):
        return chinese
    if default.startswith("zh") and _LATIN.search(text) and not _CJK.search(text) and len(text.split()) > 2:
        return next((code for code in known if not code.startswith("zh")), default)
    return default


def intent_of(text: str) -> Intent:
    """What a message asks for, by the first rule that fits."""
    for intent, rule in _RULES:
        if rule.search(text) and not (intent is Intent.PRODUCTS and _POLICY.search(text)):
            return intent
    return Intent.QUESTION


def wish_of(text: str) -> Wish:
    """The search that a message asks for, with its price limits taken out of the words."""
    upper, lower, upper_zh = _UPPER.search(text), _LOWER.search(text), _UPPER_ZH.search(text)
    rest = text
    for pattern in (_UPPER, _LOWER, _UPPER_ZH):
        rest = pattern.sub(" ", rest)
    rest = " ".join(_FILLER.sub(" ", rest).split()).strip(" ,.;的，")
    return Wish(words=rest or text, min_price=_number(lower), max_price=_number(upper or upper_zh))


def _number(found: re.Match[str] | None) -> Decimal | None:
    return None if found is None else Decimal(found.group(1).replace(",", "."))


def is_question(text: str) -> bool:
    """Whether the words ask something, rather than name a thing or tell us to do something."""
    return bool(_QUESTION.search(text))
