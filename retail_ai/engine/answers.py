"""Finds the passage that answers a question and the sentences of it to say: extractive, nothing is written anew.

The caller embeds; here cosines and shared words are weighed. Below a threshold nothing is said.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.floating]

# Chosen on tests/assistant/questions.tsv for the default embedder, whose cosines these are: a question with an
# answer there passes, one without stays below. Words that both say lift a score, but a lack of them sinks none:
# people ask in words of their own.
THRESHOLD = 0.44
WORDS_BONUS = 0.08
TITLE_BONUS = 0.10
SENTENCE_DISCOUNT = 0.9
MAX_SENTENCES = 3
# A neighbouring sentence is said too when it scores at least this part of the best one's.
NEIGHBOUR_SHARE = 0.5
# A passage in the asker's language is taken when it scores at least this part of the best in any.
OWN_LANGUAGE_SHARE = 0.6
NEARLY = 0.85

_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[^\sa-z])|(?<=[。！？；])|\n+")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[\u3400-\u9fff]+")
_STOP_EN = frozenset(
    """
    a an the i you we they it he she my your our their me us do does did can could may might will would should
    shall is are was were be been am have has had of to in on at for from by with and or but if then so this
    that these those what which who when where why how there here any some please want need like know tell get
    got not no yes about much many long just also i'm i've i'd it's don't can't what's
    """.split()  # noqa: SIM905
)
_STOP_ZH = frozenset("的了吗呢我你您们是在和有请吧啊么什怎可以能会要想这那哪多少几就都也还")


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage cut into its title and sentences; ``vectors`` is (1 + sentences, d), unit rows, title first."""

    id: str
    language: str
    title: str
    sentences: tuple[str, ...]
    vectors: Vectors
    url: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with its score (0 to 1) and those of its sentences that answer, in their order."""

    passage: IndexedPassage
    score: float
    sentences: tuple[str, ...]


def split_sentences(text: str) -> list[str]:
    """The sentences of a text in English or Chinese, as they stand; paragraphs end sentences too."""
    return [part for raw in _END.split(text) if raw and (part := " ".join(raw.split()))]


@lru_cache(maxsize=4096)
def content_words(text: str) -> tuple[str, ...]:
    """Words that carry meaning: Latin ones folded and cut to their stem, Chinese ones as pairs of characters."""
    folded = unicodedata.normalize("NFKD", text.lower())
    folded = "".join(c for c in folded if not unicodedata.combining(c)).replace("’", "'")
    words: list[str] = []
    for word in _WORD.findall(folded):
        if word[0] >= "\u3400":
            words += _pairs(word)
        elif word not in _STOP_EN:
            words.append(_stem(word))
    return tuple(words)


def find(
    question: str,
    vector: Vectors,
    passages: Sequence[IndexedPassage],
    *,
    language: str = "",
    limit: int = 3,
    threshold: float = THRESHOLD,
) -> list[Found]:
    """The best passages above the threshold, best first: those in ``language`` where one of them answers about as
    well as any, else those of all languages. ``vector`` is the question's, of unit length."""
    weights = _word_weights(passages)
    asked = content_words(question)
    scored = sorted(((_score(asked, vector, p, weights), p) for p in passages), key=lambda pair: -pair[0])
    if not scored or scored[0][0] < threshold:
        return []
    # A translation of what passed may itself fall a little short.
    own = [pair for pair in scored if pair[1].language == language and pair[0] >= NEARLY * threshold]
    if own and own[0][0] >= OWN_LANGUAGE_SHARE * scored[0][0]:
        scored = own
    scored = scored[:1] + [pair for pair in scored[1:] if pair[0] >= threshold]
    return [Found(p, score, _sentences(asked, vector, p, weights)) for score, p in scored[:limit]]


def _score(asked: Sequence[str], vector: Vectors, passage: IndexedPassage, weights: dict[str, float]) -> float:
    cosines = passage.vectors @ vector
    meaning = max(float(cosines[0]), SENTENCE_DISCOUNT * float(cosines[1:].max(initial=-1.0)))
    title = set(content_words(passage.title))
    said = title.union(*(content_words(sentence) for sentence in passage.sentences))
    bonus = WORDS_BONUS * _share(asked, said, weights) + TITLE_BONUS * _share(asked, title, weights)
    return min(1.0, meaning + bonus)


def _share(asked: Iterable[str], said: set[str], weights: dict[str, float]) -> float:
    """How much of the question's words, by weight, the passage says. Words no passage knows weigh most."""
    unknown = max(weights.values(), default=1.0)
    total = sum(weights.get(word, unknown) for word in asked)
    return sum(weights.get(word, unknown) for word in asked if word in said) / total if total else 0.0


def _word_weights(passages: Sequence[IndexedPassage]) -> dict[str, float]:
    """Inverse document frequencies (Spärck Jones 1972) over the passages."""
    counts: Counter[str] = Counter()
    for passage in passages:
        counts.update({w for part in (passage.title, *passage.sentences) for w in content_words(part)})
    return {word: math.log(1 + len(passages) / count) for word, count in counts.items()}


def _sentences(
    asked: Sequence[str], vector: Vectors, passage: IndexedPassage, weights: dict[str, float]
) -> tuple[str, ...]:
    """All of a short passage; of a longer one the best sentence and its better neighbours, in order."""
    if len(passage.sentences) <= MAX_SENTENCES:
        return passage.sentences
    meaning = passage.vectors[1:] @ vector
    shared = np.array([_share(asked, set(content_words(s)), weights) for s in passage.sentences])
    scores = meaning + TITLE_BONUS * shared
    first = last = int(np.argmax(scores))
    while last - first + 1 < MAX_SENTENCES:
        before = scores[first - 1] if first else -math.inf
        after = scores[last + 1] if last + 1 < len(scores) else -math.inf
        if max(before, after) < NEIGHBOUR_SHARE * scores.max():
            break
        first, last = (first - 1, last) if before > after else (first, last + 1)
    return passage.sentences[first : last + 1]


def _pairs(run: str) -> list[str]:
    kept = "".join(" " if c in _STOP_ZH else c for c in run)
    found: list[str] = []
    for part in kept.split():
        found += [part[i : i + 2] for i in range(len(part) - 1)] or [part]
    return found


def _stem(word: str) -> str:
    for end in ("ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[: -len(end)]
    return word
