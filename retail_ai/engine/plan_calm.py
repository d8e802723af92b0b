"""Writes in small letters what a feed SHOUTS, so that it reads like the rest. It changes no fact."""

import re
from dataclasses import replace

from retail_ai.engine.claims_words import PLACES
from retail_ai.engine.grounding_facts import Fact, FactBase
from retail_ai.engine.plan_names import CASED

_WORD = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ']+")
_PLACES = frozenset(
    word for place, joined in PLACES.items() for name in (place, *joined.split("|")) for word in name.split()
)


def calm(fact: Fact, base: FactBase) -> Fact:
    """The fact in small letters where the whole catalogue shouts, and a value that alone does ("UNITED KINGDOM")."""
    if base.shouts:
        return replace(fact, name=fact.name.lower(), value=_WORD.sub(_small, fact.value))
    alone = fact.value.isupper() and all(w.lower() in _PLACES for w in fact.value.split())
    return replace(fact, value=_WORD.sub(_small, fact.value)) if alone else fact


def calm_title(title: str, brand: str) -> str:
    """A title wholly in capitals with one a word: "SOLID OAK TABLE" → "Solid Oak Table"; codes and the brand stay."""
    words = re.findall(r"[A-Za-zÀ-ÿ']{4,}", title)
    if len(words) < 2 or not all(word.isupper() for word in words):
        return title
    own = set(brand.split())
    return " ".join(word if word in own else _WORD.sub(_titled, word) for word in title.split())


def _small(match: re.Match[str]) -> str:
    word = match[0].lower()
    if word in _PLACES:
        return word.upper() if len(word) < 4 else word.capitalize()
    return CASED.get(word, match[0] if len(word) < 3 else word)


def _titled(match: re.Match[str]) -> str:
    word = match[0].lower()
    return CASED.get(word, match[0] if len(word) < 3 else word.capitalize())
