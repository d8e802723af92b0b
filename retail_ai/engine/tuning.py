"""Chooses the sequential-linear model's settings on everyone's last item, which it is not trained on.

Settings that change the matrix cost a solve and are tried a few times; those of scoring (recency, popularity, content,
smoothing) cost none and are searched for each matrix (``tuning_exam``). A large shop is tuned on its most frequent
products and a sample of its customers, so the work is bounded. It refits nothing: the caller does, on all the data.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.item_content import ItemContent
from retail_ai.engine.moments import counts_of, most_frequent, pairs_in
from retail_ai.engine.sequential_linear import Settings, solve
from retail_ai.engine.tuning_exam import Exam, Sheets, climb

Items = NDArray[np.int64]

START = Settings(decay=0.9, recall=0.6, popularity_power=0.05, backward=0.3, content=2.0, smooth=1.0)
# Ridge in units of the mean squared weight an item's column has: it carries over to other sizes of shop.
RIDGE_RATIO = 5.0
# What is tuned on at most: products, and pairs of a past item and the next.
MOST_ITEMS, MOST_PAIRS = 12_500, 4_000_000
FEW_ITEMS = 3_000


@dataclass(frozen=True, slots=True)
class Found:
    """The best scoring settings of one matrix and their NDCG@10."""

    settings: Settings
    ndcg10: float


@dataclass(frozen=True, slots=True)
class Tuned:
    """The best of all matrices tried."""

    best: Found
    tried: tuple[Found, ...]

    @property
    def settings(self) -> Settings:
        return self.best.settings


def tune(
    sequences: Sequence[Items],
    n_items: int,
    content: ItemContent | None = None,
    *,
    window: int = 30,
    max_items: int = 200_000,
    head: int = 3_000,
    people: int = 4_000,
    moves: int | None = None,
    seconds: float | None = None,
    seed: int = 0,
) -> Tuned:
    """Settings for ``fit`` on these very sequences, oldest item first. Nobody with two items gives the start's.

    ``moves``: matrices tried beyond the first (None: 3 in a shop of over 3,000 products, else 8).
    ``seconds``: no matrix is begun after so long (None: no limit, every run the same).
    """
    start = replace(START, window=window, max_items=max_items, head=head)
    if content is None:
        start = replace(start, content=0.0, smooth=0.0)
    usual = usual_ridge(sequences, n_items, start)
    small, kept, known = _bounded(sequences, n_items, content, window, seed)
    asked = held_out(small, people=people, seed=seed)
    if not len(asked):
        return Tuned(Found(replace(start, ridge=usual, content=0.0, smooth=0.0), 0.0), ())
    train = [sequence[:-1] for sequence in small]
    exam = Exam.of([train[i] for i in asked], np.array([small[i][-1] for i in asked]), train, len(kept), known)
    start = replace(start, ridge=usual_ridge(train, len(kept), start))
    if moves is None:
        moves = 3 if len(kept) > FEW_ITEMS else 8
    tuned = _walk(start, exam, moves, seconds)
    return _scaled(tuned, usual / start.ridge)


def held_out(sequences: Sequence[Items], *, people: int = 4_000, seed: int = 0) -> Items:
    """Numbers of the sequences whose last item is asked for: it is new to a person who has a past."""
    able = [i for i, s in enumerate(sequences) if len(s) > 1 and s[-1] not in s[:-1]]
    return np.random.default_rng(seed).permutation(np.array(able, dtype=np.int64))[:people]


def usual_ridge(sequences: Sequence[Items], n_items: int, settings: Settings) -> float:
    """RIDGE_RATIO times the mean of the diagonal that the ridge is added to."""
    sources = sum(max(len(sequence) - 1, 0) for sequence in sequences) / (1 - settings.decay**2)
    kept = max(len(most_frequent(counts_of(sequences, n_items), settings.max_items)), 1)
    return max(RIDGE_RATIO * (1 + settings.backward) * sources / kept, 1.0)


def _bounded(
    sequences: Sequence[Items], n_items: int, content: ItemContent | None, window: int, seed: int
) -> tuple[Sequence[Items], Items, ItemContent | None]:
    """(sequences over the most frequent items, numbered anew; those items; their content), of bounded size."""
    pairs = pairs_in(sequences, window)
    if pairs.sum() > MOST_PAIRS:
        order = np.random.default_rng(seed).permutation(len(sequences))
        sequences = [sequences[i] for i in order[: int(np.searchsorted(np.cumsum(pairs[order]), MOST_PAIRS)) + 1]]
    if n_items <= MOST_ITEMS:
        return sequences, np.arange(n_items), content
    kept = most_frequent(counts_of(sequences, n_items), MOST_ITEMS)
    column = np.full(n_items, -1)
    column[kept] = np.arange(len(kept))
    renumbered = [column[sequence] for sequence in sequences]
    small = [sequence[sequence >= 0] for sequence in renumbered]
    return small, kept, ItemContent(content.vectors[kept]) if content else None


def _walk(start: Settings, exam: Exam, moves: int, seconds: float | None = None) -> Tuned:
    """From the start, one change at a time; a change that helped is made once more, else the next one is tried."""
    ends = time.monotonic() + (float("inf") if seconds is None else seconds)
    names = ("content", "smooth") if exam.content else ()
    best = _examine(start, exam, (*names, "recall", "popularity_power", "newest"))
    tried = [best]
    changes = _changes()
    change = next(changes, None)
    while change and len(tried) <= moves and time.monotonic() < ends:
        found = _examine(change(best.settings), exam, ("popularity_power",))
        tried.append(found)
        if found.ndcg10 > best.ndcg10:
            best = found
        else:
            change = next(changes, None)
    return Tuned(best, tuple(tried))


def _changes() -> Iterator[Callable[[Settings], Settings]]:
    yield lambda s: replace(s, ridge=s.ridge / 2)
    yield lambda s: replace(s, ridge=s.ridge * 2)
    yield lambda s: replace(s, backward=s.backward * 2)
    yield lambda s: replace(s, decay=(1 + s.decay) / 2)
    yield lambda s: replace(s, decay=s.decay * 0.7)
    yield lambda s: replace(s, backward=s.backward / 3)


def _examine(settings: Settings, exam: Exam, names: Sequence[str]) -> Found:
    """One solve, then the best way to score with it."""
    kept = np.arange(exam.n_items)
    sheets = Sheets(exam, solve(exam.train, kept, exam.n_items, settings))
    return Found(*climb(settings, sheets.ndcg, names))


def _scaled(tuned: Tuned, ratio: float) -> Tuned:
    """The ridge brought from what was tuned on to the whole data."""

    def grown(found: Found) -> Found:
        return replace(found, settings=replace(found.settings, ridge=found.settings.ridge * ratio))

    return Tuned(grown(tuned.best), tuple(map(grown, tuned.tried)))
