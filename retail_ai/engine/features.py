"""What speaks for each candidate of a search, as numbers: words by field, their place in the title, meaning, shelf.

Ranks nothing. All numbers are comparable between queries: shares, cosines, or parts of the best candidate's.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.terms import B_PLAIN, FIELDS, K1_PLAIN, unpack

Numbers = NDArray[np.float64]
LEXICAL = (
    "words", "words_best", "plain", "plain_best", "said", "in_title", "whole_title", "focus", "phrase", "early",
    "head_title", "head_shelf", "in_brand", "in_shelf", "in_value", "in_text", "in_purpose", "numbers", "length",
)  # fmt: skip
MEANING = ("cosine", "cosine_best")
SHELF = ("shelf", "aside", "shelf_share", "shelf_clear")
# A cosine with a shelf below this is between things that have little to do with one another, and says nothing.
CLEAR = 0.6
# How often shoppers who searched for the same chose a product, and how much it is wanted at all; 0 where not known.
SHOPPERS = ("chosen", "popular")
_TITLE, _PURPOSE, _BRAND, _SHELF, _PATH, _VALUE, _NAME, _TEXT = range(len(FIELDS))
# Best candidates whose shelves tell what a query is about.
FEEDBACK = 20


@dataclass(frozen=True, slots=True)
class Terms:
    """A query's words in order, their rarity, and the catalogue's mean length in words."""

    words: tuple[str, ...]
    rarity: Numbers
    mean_length: float


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates: folded titles, shelves, lengths in words, and for each word of the query (n, words) the saturated
    weight, the frequency and the packed counts; (n, spaces) cosines, NaN where a vector lacks; what shoppers chose."""

    titles: Sequence[str]
    shelves: Sequence[str]
    lengths: Numbers
    weights: Numbers
    frequencies: Numbers
    counts: NDArray[np.int64]
    cosines: Numbers
    chosen: Numbers | None = None
    popular: Numbers | None = None


def names(spaces: int) -> tuple[str, ...]:
    """Names of the columns of ``features``, with so many vector spaces."""
    return (*LEXICAL, *(f"{name}_{i}" for i in range(spaces) for name in MEANING), *SHELF, *SHOPPERS)


def bm25(terms: Terms, rows: Rows) -> Numbers:
    """BM25 of all words alike, with Lucene's rarity: what bm25s computes by default."""
    room = K1_PLAIN * (1 - B_PLAIN + B_PLAIN * rows.lengths / terms.mean_length)
    frequencies = rows.frequencies
    scores: Numbers = (terms.rarity * frequencies / (frequencies + room[:, None])).sum(axis=1)
    return scores


def features(terms: Terms, rows: Rows, shelves: Numbers | None = None) -> Numbers:
    """(n candidates, columns as ``names`` has them). ``shelves`` (n, 2): the query's cosine with each candidate's
    shelf, and 1 where that is only named after the thing asked for."""
    columns = [*_lexical(terms, rows)]
    for cosines in rows.cosines.T:
        known = np.where(np.isnan(cosines), np.nanmin(cosines) if np.isfinite(cosines).any() else 0.0, cosines)
        columns += [known, known - known.max(initial=-1.0)]
    columns += [*(np.zeros((2, len(rows.titles))) if shelves is None else shelves.T)]
    columns.append(_shelf_share(rows, columns))
    columns.append(np.maximum(0.0, columns[-3] - CLEAR))
    columns += [np.zeros(len(rows.titles)) if one is None else one for one in (rows.chosen, rows.popular)]
    return np.column_stack(columns)


def _lexical(terms: Terms, rows: Rows) -> list[Numbers]:
    total = max(float(terms.rarity.sum()), 1e-9)
    fields = np.asarray(unpack(rows.counts) > 0)
    words, plain = rows.weights @ terms.rarity, bm25(terms, rows)

    def share(*wanted: int) -> Numbers:
        held: Numbers = fields[:, :, list(wanted)].any(axis=2) @ terms.rarity / total
        return held

    said = share(*range(len(FIELDS)))
    # Where even the best says little of the query, its words are no reason to put it first.
    best = float(said.max(initial=0.0)) / max(float(words.max(initial=0.0)), 1e-9)
    in_title = share(_TITLE, _PURPOSE, _SHELF)
    head = fields[:, -1] if len(terms.words) else np.zeros((len(rows.titles), len(FIELDS)), bool)
    digits = np.array([any(c.isdigit() for c in word) for word in terms.words], bool)
    titled = np.asarray(fields[:, :, [_TITLE, _PURPOSE, _BRAND]].any(axis=2))
    place = [_place(title, terms.words) for title in rows.titles]
    title_lengths = np.array([title.count(" ") + 1 for title in rows.titles], float)
    return [
        words / total, words * best,
        plain / total, plain / max(plain.max(initial=0.0), 1e-9),
        said, in_title, (in_title > 0.999).astype(float),
        titled.sum(axis=1) / np.maximum(title_lengths, 1),
        np.array([phrase for phrase, _ in place]), np.array([early for _, early in place]),
        head[:, [_TITLE]].any(axis=1).astype(float), head[:, [_SHELF]].any(axis=1).astype(float),
        share(_BRAND), share(_SHELF, _PATH), share(_VALUE), share(_TEXT), share(_PURPOSE),
        titled[:, digits].mean(axis=1) if digits.any() else np.zeros(len(rows.titles)),
        np.log1p(rows.lengths) / 10,
    ]  # fmt: skip


def _place(title: str, words: Sequence[str]) -> tuple[float, float]:
    """Whether the words stand in the title side by side, and how near to its beginning the first of them stands."""
    if not words:
        return 0.0, 0.0
    padded = f" {title}"
    phrase = len(words) > 1 and f" {' '.join(words)}" in padded
    starts = [at for word in words if (at := padded.find(f" {word}")) >= 0]
    return float(phrase), 1 / (1 + padded.count(" ", 1, min(starts) + 1)) if starts else 0.0


def _shelf_share(rows: Rows, columns: list[Any]) -> Numbers:
    """How much of the best candidates, by words and meaning together, stands on each candidate's shelf."""
    if not rows.shelves:
        return np.zeros(0)
    strength = columns[1] + sum(columns[len(LEXICAL) + 1 :: 2][: rows.cosines.shape[1]], np.zeros(len(rows.titles)))
    best = np.argsort(-strength, kind="stable")[:FEEDBACK]
    counts = Counter(rows.shelves[i] for i in best if rows.shelves[i])
    return np.array([counts[shelf] / len(best) if shelf else 0.0 for shelf in rows.shelves])
