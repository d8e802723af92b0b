"""The words around a limit in each language: "under", "not", "以内". From need_words/*.toml; no products in them."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from retail_ai.engine.need_text import is_cjk, key_of

WORDS = Path(__file__).parent / "need_words"
# Sections whose every entry is a role of its own: ``sort:price``, ``colour:black``.
_NAMED = {"sort": "sort", "occasion": "occasion", "people": "people", "colours": "colour", "materials": "material",
          "facets": "facet", "units": "unit", "currencies": "currency", "numbers": "number"}  # fmt: skip
# Concepts that stand for one another in any language.
CONCEPTS = ("colour", "people", "material")
Key = tuple[str, ...]


@dataclass(slots=True)
class Grammar:
    """Roles of the phrases of one language, by their tokens. ``head``: whether a noun comes last or first."""

    code: str
    head: str
    phrases: dict[Key, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def add(self, role: str, name: str, phrases: str) -> None:
        for phrase in phrases.replace("\n", "").split("|"):
            if key := key_of(phrase):
                known = self.phrases.get(key, ())
                if (role, name) not in known:
                    self.phrases[key] = (*known, (role, name))


@cache
def grammars() -> dict[str, Grammar]:
    """All languages there are words for, by code."""
    return {grammar.code: grammar for grammar in map(_read, sorted(WORDS.glob("*.toml")))}


def _read(path: Path) -> Grammar:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    grammar = Grammar(data["code"], data["head"])
    grammar.add("filler", "", data["filler"])
    for role, phrases in data["cues"].items():
        grammar.add(role, "", phrases)
    endings = data.get("endings", "")
    for section, role in _NAMED.items():
        for name, phrases in data[section].items():
            grammar.add(role, name, phrases)
            if endings and role == "colour":
                grammar.add(role, name, _inflect(phrases, endings))
    grammar.add("idiom", "", data["idioms"]["words"])
    return grammar


def _inflect(words: str, endings: str) -> str:
    return "|".join(word + ending for word in words.split("|") for ending in endings.split("|"))


@cache
def concepts() -> dict[Key, frozenset[str]]:
    """Concepts ("colour:black") by the tokens of their words, over all languages: what lets "schwarz" find "black"."""
    found: dict[Key, frozenset[str]] = {}
    for grammar in grammars().values():
        for key, roles in grammar.phrases.items():
            named = {f"{role}:{name}" for role, name in roles if role in CONCEPTS}
            if named:
                found[key] = found.get(key, frozenset()) | named
    return found


@cache
def facet_names() -> dict[Key, str]:
    """What the name of an attribute means ("Farbe" is a colour), over all languages."""
    return _all_named("facet")


@cache
def unit_names() -> dict[Key, str]:
    """Units of measure by their words, over all languages."""
    return _all_named("unit")


def _all_named(wanted: str) -> dict[Key, str]:
    return {
        key: name
        for grammar in reversed(list(grammars().values()))
        for key, roles in grammar.phrases.items()
        for role, name in roles
        if role == wanted
    }


@cache
def _sayings() -> dict[str, dict[str, int]]:
    """Single words by language and how much they speak for it: those that only one language has speak loudest."""
    owners: dict[str, set[str]] = {}
    for grammar in grammars().values():
        for key, roles in grammar.phrases.items():
            if any(role not in ("unit", "currency", "idiom", "number") for role, _ in roles):
                for word in key:
                    owners.setdefault(word, set()).add(grammar.code)
    return {word: dict.fromkeys(codes, 6 // len(codes)) for word, codes in owners.items()}


def language_of(text: str, words: list[str], default: str = "en") -> str:
    """The language, among those there are words for, that a query is in: by script, else by its little words."""
    if any("\u3040" <= c <= "\u30fa" or c == "ー" for c in text):
        return "ja"
    if is_cjk(text):
        return "zh"
    votes: dict[str, int] = {}
    for word in words:
        for code, weight in _sayings().get(word, {}).items():
            votes[code] = votes.get(code, 0) + weight
    known = default.split("-")[0].lower()
    return max(votes, key=lambda code: (votes[code], code == known, code == "en"), default=_or_english(known))


def _or_english(code: str) -> str:
    return code if code in grammars() and code not in ("zh", "ja") else "en"


def roles_of(grammar: Grammar, extra: tuple[Grammar, ...] = ()) -> dict[Key, Any]:
    """The phrases of a language, with those of others where it has none."""
    merged: dict[Key, Any] = {}
    for one in (*extra, grammar):
        merged.update(one.phrases)
    return merged
