"""Chooses the sequential-linear model's settings on everyone's last item, which it is not trained on.

Settings that change the matrix cost a solve and are tried a few times; those of scoring (recall, popularity, content)
cost none and are searched for each matrix. It refits nothing: the caller does, on all the data.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retail_ai.engine import metrics
from retail_ai.engine.item_content import ItemContent
from retail_ai.engine.ridge import threads
from retail_ai.engine.sequential_linear import Settings, content_unit, decayed, popularity, solve

Items = NDArray[np.int64]
Floats = NDArray[np.float32]

START = Settings(decay=0.8, recall=0.7, popularity_power=0.1, backward=0.3, content=2.0)
# Ridge in units of the mean squared weight an item's column has: it carries over to other sizes of shop.
RIDGE_RATIO = 5.0
RECALLS = (0.7, 0.6, 0.5, 0.8, 0.9)
POWERS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)
CONTENTS = (0.0, 0.25, 0.5, 1.0, 1.4, 2.0, 2.8, 4.0, 8.0)
FEW_ITEMS = 5_000
# So many scores are held at once (4 bytes each, up to four times over): a shop of 100,000 products asks 2,000 people.
MOST_SCORES = 200_000_000
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Found:
    """The best scoring settings of one matrix and their NDCG@10, and the same where content is left out."""

    settings: Settings
    ndcg10: float
    plain: Settings
    plain_ndcg10: float


@dataclass(frozen=True, slots=True)
class Tuned:
    """The best of all matrices tried; ``best.plain`` shares its matrix, so that content's own gain can be seen."""

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
    max_items: int = 15_000,
    people: int = 4_000,
    seed: int = 0,
) -> Tuned:
    """Settings for ``fit`` on these very sequences, oldest item first. Nobody with two items gives the start's.

    Peak memory is that of one fit and 16 bytes × people × n_items; a shop of over 5,000 products pays two solves.
    """
    train = [sequence[:-1] for sequence in sequences]
    asked = held_out(sequences, people=min(people, MOST_SCORES // max(n_items, 1)), seed=seed)
    start = replace(START, window=window, max_items=max_items, content=START.content if content else 0.0)
    start = replace(start, ridge=_usual_ridge(train, n_items, start))
    if not len(asked):
        return Tuned(Found(start, 0.0, replace(start, content=0.0), 0.0), ())
    exam = _Exam([train[i] for i in asked], np.array([sequences[i][-1] for i in asked]), n_items, content)
    return _climb(
        start,
        lambda settings, recalls: _examine(settings, exam, train, recalls),
        moves=1 if n_items > FEW_ITEMS else 6,
    )


def held_out(sequences: Sequence[Items], *, people: int = 4_000, seed: int = 0) -> Items:
    """Numbers of the sequences whose last item is asked for: it is new to a person who has a past."""
    able = [i for i, s in enumerate(sequences) if len(s) > 1 and s[-1] not in s[:-1]]
    return np.random.default_rng(seed).permutation(np.array(able, dtype=np.int64))[:people]


def _usual_ridge(train: Sequence[Items], n_items: int, settings: Settings) -> float:
    """RIDGE_RATIO times the mean of the diagonal that the ridge is added to."""
    sources = sum(max(len(sequence) - 1, 0) for sequence in train) / (1 - settings.decay**2)
    had = len(np.unique(np.concatenate([*train, np.zeros(0, np.int64)])))
    kept = min(max(had, 1), settings.max_items)
    return max(RIDGE_RATIO * (1 + settings.backward) * sources / kept, 1.0)


def _climb(start: Settings, examine: Callable[[Settings, Sequence[float]], Found], moves: int) -> Tuned:
    """From the start, one change at a time; a change that helped is made once more, else the next one is tried."""
    best = examine(start, RECALLS)
    tried = [best]
    changes = _changes()
    change = next(changes, None)
    while change and len(tried) <= moves:
        found = examine(change(best.settings), ())
        tried.append(found)
        if found.ndcg10 > best.ndcg10:
            best = found
        else:
            change = next(changes, None)
    return Tuned(best, tuple(tried))


def _changes() -> Iterator[Callable[[Settings], Settings]]:
    yield lambda s: replace(s, ridge=s.ridge / 2)
    yield lambda s: replace(s, ridge=s.ridge * 2)
    yield lambda s: replace(s, decay=(1 + s.decay) / 2)
    yield lambda s: replace(s, backward=s.backward * 2)
    yield lambda s: replace(s, backward=s.backward / 3)


@dataclass(frozen=True, slots=True)
class _Exam:
    """Pasts and what each was followed by."""

    pasts: list[Items]
    targets: Items
    n_items: int
    content: ItemContent | None


def _examine(settings: Settings, exam: _Exam, train: Sequence[Items], recalls: Sequence[float]) -> Found:
    """One solve, then the best way to score with it, without content and with it; ``recalls``: others to try."""
    solved = solve(train, exam.n_items, settings)
    plain, plain_height = _search(replace(settings, content=0.0), exam, solved, ("popularity_power",), recalls)
    if not exam.content:
        return Found(plain, plain_height, plain, plain_height)
    start = replace(plain, content=settings.content or START.content)
    best, height = _search(start, exam, solved, ("content", "popularity_power"), recalls)
    if height <= plain_height:
        best, height = plain, plain_height
    return Found(best, height, plain, plain_height)


def _search(
    settings: Settings,
    exam: _Exam,
    solved: tuple[Floats, Items, Items],
    names: tuple[str, ...],
    recalls: Sequence[float],
) -> tuple[Settings, float]:
    """The best scoring settings for one matrix: each recall with the best so far, then one name after the other."""
    best, height = settings, -1.0
    for recall in dict.fromkeys((settings.recall, *recalls)):
        sheet = _Sheet(replace(settings, recall=recall), exam, *solved)
        start = replace(best, recall=recall)
        reached = sheet.ndcg(start)
        if reached <= height:
            continue
        for name in names:
            options = _options(start, name)
            heights = [sheet.ndcg(option) for option in options]
            start, reached = options[int(np.argmax(heights))], max(heights)
        best, height = start, reached
    return best, height


def _options(settings: Settings, name: str) -> list[Settings]:
    """Of equals the first is taken: the least content, the power as it was."""
    if name == "content":
        return [replace(settings, content=value) for value in CONTENTS]
    return [settings, *(replace(settings, popularity_power=value) for value in POWERS)]


class _Sheet:
    """Behaviour's and content's scores of everyone at one recall, so that weighing them anew is cheap."""

    def __init__(self, settings: Settings, exam: _Exam, weights: Floats, kept: Items, counts: Items) -> None:
        sources = decayed(exam.pasts, exam.n_items, settings)
        self.exam, self.kept, self.counts = exam, kept, counts[kept]
        self.behaviour = np.asarray(sources[:, kept] @ weights, dtype=np.float32)
        self.likeness = exam.content.score(sources) if exam.content and settings.content else None
        self.spread = exam.content.spread() if exam.content else 0.0
        self.squares = np.einsum("ij,ij->j", weights, weights, dtype=np.float64)
        self.heights: dict[Settings, float] = {}

    def ndcg(self, settings: Settings) -> float:
        if settings not in self.heights:
            chunks = [slice(at, at + _CHUNK) for at in range(0, len(self.exam.pasts), _CHUNK)]
            with ThreadPoolExecutor(threads()) as pool:
                ranks = list(pool.map(lambda rows: self._ranks(settings, rows), chunks))
            self.heights[settings] = metrics.ndcg(np.concatenate(ranks), 10)
        return self.heights[settings]

    def _ranks(self, settings: Settings, rows: slice) -> NDArray[np.int64]:
        divisor = popularity(self.counts, settings)
        scores = np.zeros((len(self.exam.targets[rows]), self.exam.n_items), dtype=np.float32)
        scores[:, self.kept] = self.behaviour[rows] / divisor
        if self.likeness is not None and settings.content:
            unit = content_unit(float((self.squares / divisor**2).sum()), self.exam.n_items, self.spread)
            scores += np.float32(settings.content * unit) * self.likeness[rows]
        return metrics.ranks_of(scores, self.exam.targets[rows], self.exam.pasts[rows])
