"""Chooses the sequential-linear model's settings on people's last item, or last basket, which it is not trained on.

Settings that change the matrix (ridge, decay, the walk back) cost a solve each: they are searched on the most frequent
products, where a solve is cheap, for what suits a shop's customers shows there already. Those of scoring (recency,
popularity, content, smoothing) cost none and are searched on one matrix of nearly all products, for content matters
where products are rare. A large shop is tuned on a part of its products and customers, so the work is bounded. It
refits nothing: the caller does, on all the data.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine.item_content import ItemContent
from retail_ai.engine.linear_settings import WINDOW, Settings
from retail_ai.engine.moments import counts_of, most_frequent
from retail_ai.engine.sequential_linear import solve
from retail_ai.engine.tuning_exam import Exam, Sheets, climb
from retail_ai.engine.tuning_people import exam_of, sampled

Items = NDArray[np.int64]
Times = NDArray[np.float64]

START = Settings(decay=0.9, recall=0.6, popularity_power=0.05, backward=0.3, content=2.0, smooth=1.0)
# Ridge in units of the mean squared weight an item's column has: it carries over to other sizes of shop.
RIDGE_RATIO = 5.0
# What is tuned on at most: products, and pairs of a past item and the next; products on which matrices are compared.
MOST_ITEMS, MOST_PAIRS = 12_500, 4_000_000
# And for the last look at how to score: people whose like are left out make content seem more needed than it is.
MOST_PAIRS_LAST = 24_000_000
FEW_ITEMS = 3_000
# Where what people did tells nearly as much alone, matrices are compared once more without content.
NEARLY = 0.95


@dataclass(frozen=True, slots=True)
class Found:
    """The best scoring settings of one matrix and their NDCG@10. ``plain``: its best without content, if tried."""

    settings: Settings
    ndcg10: float
    plain: float = 0.0


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
    times: Sequence[Times] | None = None,
    *,
    window: int = WINDOW,
    max_items: int = 200_000,
    head: int = 3_000,
    people: int = 4_000,
    moves: int = 8,
    seconds: float | None = None,
    seed: int = 0,
) -> Tuned:
    """Settings for ``fit`` on these very sequences, oldest item first. Nobody with two items gives the start's.

    ``times``: of each item of each sequence. Items of one moment, such as an order's, are asked for together: the
    order of an order's lines means nothing, and to guess its last line from the others is another task.
    ``moves``: matrices compared beyond the first, and as many again where content tells little. ``seconds``: none is
    begun after so long (None: no limit, every run the same).
    """
    start = replace(START, window=window, max_items=max_items, head=head)
    if content is None:
        start = replace(start, content=0.0, smooth=0.0)
    usual = usual_ridge(sequences, n_items, start)
    few = sampled(sequences, times, window, seed, MOST_PAIRS)
    more = sampled(sequences, times, window, seed, MOST_PAIRS_LAST)
    given = [(few, min(n_items, FEW_ITEMS)), (more, min(n_items, MOST_ITEMS))]
    if n_items <= FEW_ITEMS and len(few[0]) == len(more[0]):
        # The last look would be at the very same.
        given = given[:1]
    exams = [exam_of(*own, n_items, content, most, people, seed) for own, most in given]
    if not all(len(exam.pasts) for exam in exams):
        return Tuned(Found(replace(start, ridge=usual, content=0.0, smooth=0.0), 0.0), ())
    ends = time.monotonic() + (float("inf") if seconds is None else seconds)
    tuned = _search(start, exams, start, moves, ends)
    if content is not None and tuned.best.plain >= NEARLY * tuned.best.ndcg10:
        without = [replace(exam, content=None, near=None, spread=0.0) for exam in exams]
        plain = _search(replace(start, content=0.0, smooth=0.0), without, start, moves, ends)
        best = plain.best if plain.best.ndcg10 >= tuned.best.ndcg10 else tuned.best
        tuned = Tuned(best, (*tuned.tried, *plain.tried))
    return _scaled(tuned, usual / _usual(exams[-1], start))


def _search(begin: Settings, exams: Sequence[Exam], start: Settings, moves: int, ends: float) -> Tuned:
    """Matrices compared on the first exam, and the best one scored in the best way on the last."""
    tuned = _walk(_at(begin, exams[0], start), exams[0], moves, ends)
    if len(exams) == 1:
        return tuned
    found = _examine(_at(tuned.settings, exams[1], start, exams[0]), exams[1], _names(exams[1]))
    return Tuned(found, (*tuned.tried, found))


def _names(exam: Exam) -> tuple[str, ...]:
    return (*(("content", "smooth") if exam.content else ()), "recall", "popularity_power", "newest")


def _at(settings: Settings, exam: Exam, start: Settings, before: Exam | None = None) -> Settings:
    """The settings with the usual ridge of an exam, or with as many times it as they had of the one before."""
    ratio = settings.ridge / _usual(before, start) if before else 1.0
    return replace(settings, ridge=_usual(exam, start) * ratio)


def _usual(exam: Exam, start: Settings) -> float:
    return usual_ridge(exam.train, exam.n_items, start)


def held_out(sequences: Sequence[Items], *, people: int = 4_000, seed: int = 0) -> Items:
    """Numbers of the sequences whose last item is asked for: it is new to a person who has a past."""
    able = [i for i, s in enumerate(sequences) if len(s) > 1 and s[-1] not in s[:-1]]
    return np.random.default_rng(seed).permutation(np.array(able, dtype=np.int64))[:people]


def usual_ridge(sequences: Sequence[Items], n_items: int, settings: Settings) -> float:
    """RIDGE_RATIO times the mean of the diagonal that the ridge is added to."""
    sources = sum(max(len(sequence) - 1, 0) for sequence in sequences) / (1 - settings.decay**2)
    kept = max(len(most_frequent(counts_of(sequences, n_items), settings.max_items)), 1)
    return max(RIDGE_RATIO * (1 + settings.backward) * sources / kept, 1.0)


def _walk(start: Settings, exam: Exam, moves: int, ends: float) -> Tuned:
    """From the start, one change at a time; a change that helped is made once more, else the next one is tried."""
    best = _examine(start, exam, _names(exam))
    tried = [best]
    changes = _changes()
    change = next(changes, None)
    while change and len(tried) <= moves and time.monotonic() < ends:
        found = _examine(change(best.settings), exam, ("popularity_power",))
        tried.append(found)
        if found.ndcg10 > best.ndcg10:
            best = replace(found, plain=max(found.plain, best.plain))
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
    sheets = Sheets(exam, solve(exam.train, kept, exam.n_items, settings, exam.times))
    best = climb(settings, sheets.ndcg, names)
    plain = [height for tried, height in sheets.heights.items() if not tried.content and not tried.smooth]
    return Found(*best, max(plain, default=0.0))


def _scaled(tuned: Tuned, ratio: float) -> Tuned:
    """The ridge brought from what was tuned on to the whole data."""

    def grown(found: Found) -> Found:
        return replace(found, settings=replace(found.settings, ridge=found.settings.ridge * ratio))

    return Tuned(grown(tuned.best), tuple(map(grown, tuned.tried)))
