"""Tells the thing from what it is for: "case for iPhone 13" and "phone case" name cases. Knows no products."""

import re

from retail_ai.engine.text import tokens

_FOR = re.compile(r"\s(?:for|fits|für|fuer|pour|para|per|voor|(?:compatible|suitable) (?:with|for))\s", re.IGNORECASE)
_PURPOSE_NAME = re.compile(r"compatib|suitable for|designed for|^(?:fits|for)\b|kompatib|适用|兼容", re.IGNORECASE)
_AND = re.compile(r"\s*[&+/,，、]\s*|\s(?:and|und|et|y|e)\s", re.IGNORECASE)
_CJK_OF = "的"


def split_purpose(text: str) -> tuple[str, str]:
    """(thing, purpose): "case", "iPhone 13" of "case for iPhone 13"; the purpose is empty where none is said."""
    thing, *rest = _FOR.split(text, maxsplit=1)
    return (thing, rest[0]) if rest and thing.strip() and rest[0].strip() else (text, "")


def head_of(query: str) -> str:
    """The thing that a query asks for, without its purpose: "tent" of "tent for two", "手机壳" of "苹果的手机壳"."""
    head = query.rsplit(_CJK_OF, 1)[-1].strip() or query
    return split_purpose(head)[0].strip() or query


def things_of(shelf: str) -> list[str]:
    """The words that name what stands on a shelf: ["Makers", "Kettles"] of "Coffee Makers & Kettles". The last word of
    a compound is its head in English, as it is within the word in German and Chinese."""
    parts = (split_purpose(part)[0].split() for part in _AND.split(shelf))
    return [words[-1] for words in parts if words]


def is_aside(thing: str, shelf: str) -> bool:
    """Whether a shelf is only named after the thing: "phone cases" after a "mobile phone", not after a "case"."""
    asked = set(tokens((thing.split() or [""])[-1]))
    here = {token for word in things_of(shelf) for token in tokens(word)}
    return bool(asked & set(tokens(shelf))) and not asked & here


def is_purpose(attribute_name: str) -> bool:
    """Whether an attribute states what a product goes with, and not what it is or has."""
    return bool(_PURPOSE_NAME.search(attribute_name))
