"""The owner's rules for searches: synonyms, and products put first or left out. Read anew as soon as they change."""

import threading
from dataclasses import dataclass
from typing import Any

from retail_ai.catalog.search_models import CuratedQuery, CuratedResult, Synonym
from retail_ai.engine.need_text import is_cjk, key_of, plain

# A query is searched for in its own words and in at most so many others.
MOST_VARIANTS = 2
_lock = threading.Lock()
_current: tuple[int, "Rules"] | None = None


@dataclass(frozen=True, slots=True)
class Arranged:
    """Products to put first, in order, and those to leave out."""

    pinned: tuple[Any, ...] = ()
    hidden: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """All active rules, ready to be applied: (words, words they mean, language) and (query words, match, results)."""

    synonyms: tuple[tuple[tuple[str, ...], str, str], ...] = ()
    curated: tuple[tuple[tuple[str, ...], str, tuple[tuple[Any, str], ...]], ...] = ()


def current_rules(version: int) -> Rules:
    """The rules of a version, read once in each process."""
    global _current
    known = _current
    if known is None or known[0] != version:
        with _lock:
            known = _current = (version, _read())
    return known[1]


def _read() -> Rules:
    synonyms = []
    for one in Synonym.objects.filter(is_active=True):
        synonyms.append((key_of(one.phrase), plain(one.means), one.language))
        if one.direction == Synonym.Direction.TWO_WAY:
            synonyms.append((key_of(one.means), plain(one.phrase), one.language))
    curated = []
    for query in CuratedQuery.objects.filter(is_active=True).prefetch_related("results"):
        results = tuple((result.product_id, result.action) for result in query.results.all())
        curated.append((key_of(query.query), query.match, results))
    return Rules(tuple(synonyms), tuple(curated))


def variants_of(text: str, language: str, rules: Rules) -> list[str]:
    """The text in the other words that synonyms give it, the longest phrases first; without the text itself."""
    found: list[str] = []
    words = key_of(text[:200])
    for phrase, means, code in sorted(rules.synonyms, key=lambda rule: -len(rule[0])):
        at = _find(words, phrase) if not code or code.split("-")[0] == language.split("-")[0] else None
        if at is not None and len(found) < MOST_VARIANTS:
            other = _joined((*words[:at], means, *words[at + len(phrase) :]))
            if other not in found:
                found.append(other)
    return found


def _joined(pieces: tuple[str, ...]) -> str:
    text = ""
    for piece in pieces:
        text += piece if text and is_cjk(text[-1]) and is_cjk(piece) else f" {piece}"
    return text.strip()


def _find(words: tuple[str, ...], phrase: tuple[str, ...]) -> int | None:
    if not phrase:
        return None
    return next((n for n in range(len(words) - len(phrase) + 1) if words[n : n + len(phrase)] == phrase), None)


def arranged_for(text: str, rules: Rules) -> Arranged:
    """What the owner has arranged for a query; an exact rule goes before one for its words."""
    words = key_of(text[:200])
    pinned: dict[Any, None] = {}
    hidden: set[Any] = set()
    for phrase, match, results in sorted(rules.curated, key=lambda rule: rule[1] != CuratedQuery.Match.EXACT):
        if phrase == words or (match == CuratedQuery.Match.CONTAINS and _find(words, phrase) is not None):
            for product, action in results:
                if action == CuratedResult.Action.HIDE:
                    hidden.add(product)
                else:
                    pinned.setdefault(product)
    return Arranged(tuple(key for key in pinned if key not in hidden), frozenset(hidden))
