"""Turns what a search found into numbers: what speaks for each candidate. Ranks nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from retail_ai.backends.rerankers import Shortlist
from retail_ai.catalog.meaning import Meaning
from retail_ai.catalog.shelves import shelf_cosines
from retail_ai.catalog.statement import Found
from retail_ai.engine.features import Rows, Terms, features, names
from retail_ai.engine.phrases import is_aside

Path = tuple[str, ...]
_KEY, _EXACT, _TITLE, _SHELF, _BRAND, _LENGTH, _PLACES, _WEIGHTS, _FREQUENCIES, _COUNTS = range(10)
_CHOICE, _POPULARITY, _MARGIN, _SINCE, _FIRST_COSINE = range(10, 15)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Candidates' keys, titles, whether each is an exact match and stands on a shelf, and (n, features) by ``names``;
    ``standing``: (n, 3) popularity, margin and age in days, NaN where the shop does not know."""

    keys: Sequence[Any]
    titles: Sequence[str]
    exact: NDArray[np.bool_]
    on_shelf: NDArray[np.bool_]
    matrix: Any
    names: tuple[str, ...]
    terms: Terms
    rows: Rows
    standing: NDArray[np.float64]

    def shortlist(self, query: str) -> Shortlist:
        """What a reranker is given."""
        return Shortlist(query, self.titles, self.matrix, self.names)

    def matched(self, candidates: Sequence[int]) -> list[tuple[str, ...]]:
        """The query's words that each of these candidates says, rarest first."""
        rarest = np.argsort(-self.terms.rarity, kind="stable")
        words = [self.terms.words[j] for j in rarest]
        says = self.rows.frequencies[np.ix_(np.array(candidates, int), rarest)] > 0
        return [tuple(compress(words, row)) for row in says.tolist()]


def weigh_evidence(found: Found, meaning: Meaning) -> Evidence:
    """What speaks for every candidate that was found."""
    terms = _terms(found)
    rows = _rows(found, len(terms.words), len(meaning.spaces))
    paths = [tuple(row[_SHELF].split(" > ")) if row[_SHELF] else () for row in found.rows]
    matrix = features(terms, rows, _shelves(paths, meaning))
    exact = np.array([row[_EXACT] for row in found.rows], bool)
    on_shelf = np.array([bool(path) for path in paths], bool)
    keys = [row[_KEY] for row in found.rows]
    shown = names(len(meaning.spaces))
    return Evidence(keys, rows.titles, exact, on_shelf, matrix, shown, terms, rows, _standing(found))


def _standing(found: Found) -> NDArray[np.float64]:
    today = timezone.localdate()
    return np.array(
        [(row[_POPULARITY], row[_MARGIN], (today - row[_SINCE]).days if row[_SINCE] else None) for row in found.rows],
        float,
    ).reshape(len(found.rows), 3)


def _terms(found: Found) -> Terms:
    words = found.vocabulary.words
    entries = np.array([word.entries for word in words], float)
    rarity = np.log1p(np.maximum(0, found.vocabulary.entries - entries + 0.5) / (entries + 0.5))
    return Terms(tuple(word.term for word in words), rarity, found.vocabulary.mean_length)


def _rows(found: Found, words: int, spaces: int) -> Rows:
    n = len(found.rows)
    weights, frequencies = np.zeros((n, words)), np.zeros((n, words))
    counts = np.zeros((n, words), np.int64)
    said = [(i, row) for i, row in enumerate(found.rows) if row[_PLACES]]
    rows = np.repeat([i for i, _row in said], [len(row[_PLACES]) for _i, row in said]) if said else np.zeros(0, int)
    places = _joined(said, _PLACES, int) - 1
    weights[rows, places] = _joined(said, _WEIGHTS, float)
    frequencies[rows, places] = _joined(said, _FREQUENCIES, float)
    counts[rows, places] = _joined(said, _COUNTS, np.int64)
    cosines = np.array([row[_FIRST_COSINE:] for row in found.rows], float).reshape(n, spaces)
    lengths = np.array([row[_LENGTH] for row in found.rows], float)
    titles, shelves = [row[_TITLE] for row in found.rows], [row[_SHELF] for row in found.rows]
    chosen = np.array([row[_CHOICE] or 0.0 for row in found.rows], float)
    popular = np.array([row[_POPULARITY] or 0.0 for row in found.rows], float)
    return Rows(titles, shelves, lengths, weights, frequencies, counts, cosines, chosen, popular)


def _joined(said: Sequence[tuple[int, tuple[Any, ...]]], column: int, kind: Any) -> NDArray[Any]:
    """The arrays of a column, end to end."""
    return np.array([value for _i, row in said for value in row[column]], kind)


def _shelves(paths: Sequence[Path], meaning: Meaning) -> NDArray[np.float64] | None:
    """(n, 2): the query's cosine with each candidate's shelf, and whether that is only named after the thing."""
    known = {path for path in paths if path}
    if not known or meaning.embedder is None:
        return None
    cosines = shelf_cosines(known, meaning.both, meaning.embedder)
    of_path = {path: (cosine, float(is_aside(meaning.thing, path[-1]))) for path, cosine in cosines.items()}
    # A product on no shelf is neither favoured nor held back.
    usual = float(np.mean([of_path[path][0] for path in paths if path]))
    return np.array([of_path.get(path, (usual, 0.0)) for path in paths])
