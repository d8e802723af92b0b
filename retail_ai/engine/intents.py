"""Reads a shopper's message without a model: its language, and what kind of answer it asks for.

Rules of words in English, Chinese and German. It answers nothing and knows no customer.
"""

import re
import unicodedata
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


def is_question(text: str) -> bool:
    """Whether the words ask something, rather than name a thing or tell us to do something."""
    return bool(_QUESTION.search(text))
